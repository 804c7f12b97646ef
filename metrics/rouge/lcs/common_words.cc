#include "metrics/rouge/lcs/common_words.h"

#include <unordered_map>

#include "metrics/rouge/lcs/union_lcs.h"

namespace vernier {

CommonWords common_words(std::span<const WordId> a, std::span<const WordId> b) {
  std::unordered_map<WordId, std::uint32_t> numbers;
  std::vector<std::uint32_t> ours, theirs;
  for (const WordId word : a) {
    ours.push_back(
        numbers.try_emplace(word, static_cast<std::uint32_t>(numbers.size())).first->second);
  }
  for (const WordId word : b) {
    const auto known = numbers.find(word);
    theirs.push_back(known == numbers.end() ? UnionLcs::kNoWord : known->second);
  }
  UnionLcs lcs;
  lcs.start(theirs, static_cast<std::uint32_t>(numbers.size()));
  lcs.add(ours);
  CommonWords out;
  std::size_t i = 0;
  for (std::size_t j = 0; j < b.size(); ++j) {
    if (lcs.marked()[j] == 0) continue;
    while (ours[i] != theirs[j]) ++i;
    out.in_a.push_back(i++);
    out.in_b.push_back(j);
  }
  return out;
}

}  // namespace vernier
