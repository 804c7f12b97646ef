// Which words of the texts seen so far are synonyms.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace vernier::meteor {

/// A meaning is a set of WordNet synsets that some word has. Two words are synonyms when their
/// meanings are related: when they share a synset. Knowing the related meanings of each beforehand
/// makes that one look-up for each pair of words, whereas common words ("play", "in") have so many
/// synsets that comparing them took a quarter of the scoring time.
class Meanings {
 public:
  /// The meaning of words without synsets, related to none.
  static constexpr std::uint32_t kNone = 0;

  Meanings() : meanings_(1) {}

  /// The meaning with these synsets (ascending small numbers), added when it is new.
  std::uint32_t find_or_add(const std::vector<std::uint32_t>& synsets);

  /// All meanings that share a synset with this one, itself included, in no order. Found out when
  /// first asked for: half of the words of captions occur in references only, and are never asked.
  std::span<const std::uint32_t> related(std::uint32_t meaning) {
    Meaning& m = meanings_[meaning];
    if (!m.asked) ask(meaning);
    return m.related;
  }
  std::size_t size() const { return meanings_.size(); }

 private:
  struct HashList {
    std::size_t operator()(const std::vector<std::uint32_t>& list) const;
  };
  std::unordered_map<std::vector<std::uint32_t>, std::uint32_t, HashList> index_;
  struct Meaning {
    const std::vector<std::uint32_t>* synsets = nullptr;  // the key in index_
    bool asked = false;
    std::uint32_t mark = 0;
    std::vector<std::uint32_t> related;  // complete when asked for
  };
  void ask(std::uint32_t meaning);
  template <class Visit>
  void for_each_holder(const std::vector<std::uint32_t>& synsets, Visit visit);

  std::vector<Meaning> meanings_;
  std::vector<std::vector<std::uint32_t>> holders_;  // by synset: meanings that hold it
  std::uint32_t mark_ = 0;
};

}  // namespace vernier::meteor
