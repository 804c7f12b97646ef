#include "metrics/rouge/lcs/lcs.h"

#include <algorithm>
#include <bit>

namespace vernier {

std::size_t LcsLength::find(WordId word) const {
  std::size_t i = (word * 0x9E3779B1u >> 8) & (slots_.size() - 1);
  while (slots_[i].index != 0 && slots_[i].word != word) i = (i + 1) & (slots_.size() - 1);
  return i;
}

void LcsLength::prepare(std::span<const WordId> a) {
  slots_.assign(std::bit_ceil(std::max<std::size_t>(32, a.size() * 2)), Slot{});
  ours_.resize(a.size());
  std::uint32_t distinct = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    Slot& slot = slots_[find(a[i])];
    if (slot.index == 0) slot = {a[i], ++distinct};
    ours_[i] = slot.index;
  }
  masks_.assign(distinct + 1, 0);
  if (a.size() > 64) return;
  for (std::size_t i = 0; i < a.size(); ++i) masks_[ours_[i]] |= std::uint64_t{1} << i;
}

// One strip against all of b: the bits of the words of `ours` that the subsequence does not use.
std::uint64_t LcsLength::strip(std::span<const std::uint32_t> ours,
                               std::span<const std::uint32_t> theirs) {
  for (std::size_t i = 0; i < ours.size(); ++i) masks_[ours[i]] |= std::uint64_t{1} << i;
  std::uint64_t v = ~std::uint64_t{0};
  for (std::size_t j = 0; j < theirs.size(); ++j) {
    const std::uint64_t u = v & masks_[theirs[j]];
    const std::uint64_t sum = v + u;
    const std::uint64_t with_carry = sum + carries_[j];
    carries_[j] = (sum < v) | (with_carry < sum);
    v = with_carry | (v - u);
  }
  for (const std::uint32_t word : ours) masks_[word] = 0;
  return v;
}

std::size_t LcsLength::length(std::span<const WordId> b) {
  if (ours_.empty() || b.empty()) return 0;
  const auto used = [](std::size_t words) {
    return words == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << words) - 1;
  };
  if (ours_.size() <= 64) {
    std::uint64_t v = ~std::uint64_t{0};
    for (const WordId word : b) {
      const std::uint64_t u = v & masks_[slots_[find(word)].index];
      v = (v + u) | (v - u);
    }
    return static_cast<std::size_t>(std::popcount(~v & used(ours_.size())));
  }
  theirs_.resize(b.size());
  for (std::size_t j = 0; j < b.size(); ++j) theirs_[j] = slots_[find(b[j])].index;
  // Long texts that agree at both ends, such as one word a million times, need the middle only.
  std::span<const std::uint32_t> ours(ours_), theirs(theirs_);
  const auto prefix = static_cast<std::size_t>(
      std::mismatch(ours.begin(), ours.end(), theirs.begin(), theirs.end()).first - ours.begin());
  ours = ours.subspan(prefix);
  theirs = theirs.subspan(prefix);
  const auto suffix = static_cast<std::size_t>(
      std::mismatch(ours.rbegin(), ours.rend(), theirs.rbegin(), theirs.rend()).first -
      ours.rbegin());
  ours = ours.first(ours.size() - suffix);
  theirs = theirs.first(theirs.size() - suffix);
  // Words that `a` has not leave every strip as it is.
  theirs_.resize(static_cast<std::size_t>(theirs.data() + theirs.size() - theirs_.data()));
  theirs_.erase(theirs_.begin(), theirs_.begin() + static_cast<std::ptrdiff_t>(prefix));
  std::erase(theirs_, 0u);
  carries_.assign(theirs_.size(), 0);
  std::size_t length = prefix + suffix;
  for (std::size_t begin = 0; begin < ours.size(); begin += 64) {
    const auto strip_words = ours.subspan(begin, std::min<std::size_t>(64, ours.size() - begin));
    const std::uint64_t v = strip(strip_words, theirs_);
    length += static_cast<std::size_t>(std::popcount(~v & used(strip_words.size())));
  }
  return length;
}

}  // namespace vernier
