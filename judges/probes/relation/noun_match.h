// Whether two nouns may name one thing.
#pragma once

#include <string>
#include <string_view>

#include "metrics/text/lemmas/word_net.h"
#include "metrics/text/senses/sense_net.h"
#include "metrics/text/text_set.h"

namespace vernier::probes {

/// One thread's part: a pair of nouns is compared once and remembered.
class NounMatch {
 public:
  /// Both must outlive it.
  NounMatch(const text::WordNet& word_net, const text::SenseNet& senses)
      : word_net_(word_net), senses_(senses) {}

  /// A form of one is a form of the other, both have a frequent sense in common, or one is a kind
  /// of the other: "woman" and "person". Of names of several words the last one counts where
  /// WordNet does not have the whole: "wooden table" is "table".
  bool same(std::string_view a, std::string_view b);

  /// WordNet's forms of a name, compounds joined by '_'; the last word where it has none.
  std::vector<std::string> forms(std::string_view name) const;

 private:
  bool compare(std::string_view a, std::string_view b) const;

  const text::WordNet& word_net_;
  const text::SenseNet& senses_;
  static constexpr std::size_t kMostKnown = 1 << 20;
  text::TextMap<bool> known_;
  std::string key_;
};

}  // namespace vernier::probes
