#include "metrics/lcs.h"

#include <algorithm>
#include <bit>

namespace vernier {

std::size_t LcsLength::find(WordId word) const {
  std::size_t i = (word * 0x9E3779B1u >> 8) & (slots_.size() - 1);
  while (slots_[i].index != 0 && slots_[i].word != word) i = (i + 1) & (slots_.size() - 1);
  return i;
}

void LcsLength::prepare(std::span<const WordId> a) {
  words_.assign(a.begin(), a.end());
  size_ = a.size();
  blocks_ = (size_ + 63) / 64;
  slots_.assign(std::bit_ceil(std::max<std::size_t>(32, size_ * 2)), Slot{});
  masks_.clear();
  std::uint32_t distinct = 0;
  for (std::size_t i = 0; i < size_; ++i) {
    Slot& slot = slots_[find(a[i])];
    if (slot.index == 0) {
      slot = {a[i], ++distinct};
      masks_.resize(distinct * blocks_);
    }
    masks_[(slot.index - 1) * blocks_ + i / 64] |= std::uint64_t{1} << (i % 64);
  }
}

std::size_t LcsLength::length(std::span<const WordId> b) {
  if (size_ == 0 || b.empty()) return 0;
  if (blocks_ == 1) {
    std::uint64_t v = ~std::uint64_t{0};
    for (const WordId word : b) {
      const Slot& slot = slots_[find(word)];
      if (slot.index == 0) continue;
      const std::uint64_t u = v & masks_[slot.index - 1];
      v = (v + u) | (v - u);
    }
    const std::uint64_t used = size_ == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << size_) - 1;
    return static_cast<std::size_t>(std::popcount(~v & used));
  }
  // Long texts that agree at both ends, such as one word a million times, need the middle only.
  const auto [ours, theirs] = std::mismatch(words_.begin(), words_.end(), b.begin(), b.end());
  const std::size_t prefix = static_cast<std::size_t>(ours - words_.begin());
  const auto [ours_back, theirs_back] =
      std::mismatch(words_.rbegin(), words_.rend() - static_cast<std::ptrdiff_t>(prefix),
                    b.rbegin(), b.rend() - static_cast<std::ptrdiff_t>(prefix));
  const std::size_t suffix = static_cast<std::size_t>(ours_back - words_.rbegin());
  if (prefix + suffix > 0) {
    LcsLength middle;
    middle.prepare(std::span(words_).subspan(prefix, size_ - prefix - suffix));
    return prefix + suffix + middle.length(b.subspan(prefix, b.size() - prefix - suffix));
  }
  state_.assign(blocks_, ~std::uint64_t{0});
  for (const WordId word : b) {
    const Slot& slot = slots_[find(word)];
    if (slot.index == 0) continue;
    const std::uint64_t* mask = masks_.data() + (slot.index - 1) * blocks_;
    unsigned carry = 0;
    for (std::size_t k = 0; k < blocks_; ++k) {
      const std::uint64_t v = state_[k], u = v & mask[k];
      const std::uint64_t sum = v + u;
      const std::uint64_t with_carry = sum + carry;
      carry = (sum < v) | (with_carry < sum);
      state_[k] = with_carry | (v - u);
    }
  }
  std::size_t length = 0;
  for (std::size_t k = 0; k < blocks_; ++k) {
    std::uint64_t unset = ~state_[k];
    if (k + 1 == blocks_ && size_ % 64 != 0) unset &= (std::uint64_t{1} << (size_ % 64)) - 1;
    length += static_cast<std::size_t>(std::popcount(unset));
  }
  return length;
}

}  // namespace vernier
