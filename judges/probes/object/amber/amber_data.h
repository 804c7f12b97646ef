// The annotations of AMBER (Wang et al. 2023): what its images hold, and the words it knows.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/text/text_set.h"

namespace vernier::probes {

enum class AmberTask : std::uint8_t {
  kGenerative,
  kState,
  kNumber,
  kAction,
  kExistence,
  kRelation
};

struct AmberAnnotation {
  std::string id;
  AmberTask task = AmberTask::kGenerative;
  bool yes = false;                 ///< the right answer; of all but kGenerative
  std::vector<std::string> truth;   ///< objects of the image; of kGenerative
  std::vector<std::string> absent;  ///< objects that models like to invent there; likewise
};

class AmberData {
 public:
  /// Reads annotations.json, relation.json (`.gz` or not) and safe_words.txt from a folder. Throws
  /// Error(kUsage) where one is missing, Error(kBadInput), FILE:LINE:, for what is not as expected.
  static AmberData read(const std::string& folder);

  const std::vector<AmberAnnotation>& annotations() const { return annotations_; }
  /// Null for an unknown id.
  const AmberAnnotation* find(std::string_view id) const;
  bool in_lexicon(std::string_view noun) const { return lexicon_.contains(noun); }
  bool is_safe(std::string_view noun) const { return safe_.contains(noun); }
  /// Words that stand for a word as well; none for unknown words.
  const std::vector<std::string>& associations(std::string_view word) const;
  std::uint64_t digest() const { return digest_; }

 private:
  void read_annotations(const std::string& path);
  void read_associations(const std::string& path);
  void read_safe_words(const std::string& path);

  std::vector<AmberAnnotation> annotations_;
  text::TextMap<std::size_t> index_;
  text::TextMap<std::vector<std::string>> associations_;
  text::TextSet lexicon_, safe_;
  std::uint64_t digest_ = 0;
};

}  // namespace vernier::probes
