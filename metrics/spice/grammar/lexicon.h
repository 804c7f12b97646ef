// Which tags a word may have, and how well.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/spice/grammar/file/grammar_tables.h"

namespace vernier::spice {

struct TagScore {
  std::uint16_t tag;
  float score;  ///< natural logarithm of P(word | tag)
};

/// Follows the Stanford parser's BaseLexicon and EnglishUnknownWordModel (CoreNLP 3.6.0): double
/// arithmetic in its order, rounded to float at the end. Read-only and thread safe.
class Lexicon {
 public:
  /// Takes the words and counts out of the tables. Throws Error(kResource) where the counts are
  /// not those of a lexicon.
  explicit Lexicon(GrammarTables& tables);

  /// Replaces `out` by the tags that the parser tries for a word (respelt, not empty), in ascending
  /// order. `first` says that the word begins the sentence; it matters only where
  /// depends_on_place() says so.
  void tags(std::string_view word, bool first, std::vector<TagScore>& out) const;

  /// Likewise every tag that the word can have at all.
  void all_tags(std::string_view word, bool first, std::vector<TagScore>& out) const;

  /// Whether the grammar was trained on text with this word; others get the open tags alone, by how
  /// they look.
  bool lists(std::string_view word) const;

  /// True for unknown words that begin with a capital.
  bool depends_on_place(std::string_view word) const;

  /// The score of a tag that the lexicon gives the word; lower than any score for one that it
  /// cannot have.
  float score(std::string_view word, bool first, std::uint16_t tag) const;

  std::size_t open_class_tags() const { return open_class_.size(); }

 private:
  struct Count {
    std::uint16_t tag;
    double count;
  };
  struct Word {
    double seen = 0, unseen = 0;                     // with any tag
    std::uint32_t begin = 0, end = 0;                // in seen_
    std::uint32_t unseen_begin = 0, unseen_end = 0;  // in unseen_
  };
  /// What of a word the score of a tag depends on; counts by tag lie in `with_tag`.
  struct Sight;

  std::uint32_t find(std::string_view word) const;
  Sight look_at(std::string_view word, bool first) const;
  float score(const Sight& sight, std::uint16_t tag, double with_tag) const;
  void score_all(const Sight& sight, std::vector<TagScore>& out) const;

  std::vector<std::string> names_;
  std::vector<std::uint32_t> slots_;  // by hash of the name: its number + 1
  std::vector<Word> words_;           // and an empty one for those not there
  std::vector<Count> seen_, unseen_;  // by word, tags ascending
  std::vector<double> tag_seen_, tag_unseen_;
  std::vector<std::uint16_t> open_class_;
  double total_seen_ = 0, total_unseen_ = 0;
  double smooth_unseen_, smooth_seen_, threshold_;
};

}  // namespace vernier::spice
