#include "metrics/sacrebleu/ter/bit_edit_distance.h"

#include <algorithm>

namespace vernier {

void BitEditDistance::set_reference(std::span<const std::uint32_t> words, std::uint32_t numbers) {
  length_ = words.size();
  blocks_ = (length_ + 63) / 64;
  last_ = std::uint64_t{1} << (length_ - 1) % 64;
  masks_.assign(numbers * blocks_, 0);
  for (std::size_t j = 0; j < length_; ++j) {
    masks_[words[j] * blocks_ + j / 64] |= std::uint64_t{1} << j % 64;
  }
}

// One more hypothesis word; returns by how much the distance to the whole reference changes.
int BitEditDistance::step(std::span<Block> row, std::uint32_t word) const {
  const std::uint64_t* masks = masks_.data() + word * blocks_;
  // What comes in from the cell before: the carry of the addition and the horizontal differences.
  // Before the first reference word the distance grows by one with each hypothesis word.
  std::uint64_t carry = 0, rise = 1, fall = 0;
  int change = 0;
  for (std::size_t b = 0; b < blocks_; ++b) {
    const auto [rises, falls] = row[b];
    const std::uint64_t equal = masks[b] | falls;
    const std::uint64_t partial = (equal & rises) + carry;
    const std::uint64_t sum = partial + rises;
    carry = static_cast<std::uint64_t>((partial < carry) | (sum < rises));
    const std::uint64_t diagonal = (sum ^ rises) | equal;
    std::uint64_t down = rises & diagonal;
    std::uint64_t up = falls | ~(rises | diagonal);
    if (b + 1 == blocks_) change = ((up & last_) != 0) - ((down & last_) != 0);
    const std::uint64_t next_rise = up >> 63, next_fall = down >> 63;
    up = up << 1 | rise;
    down = down << 1 | fall;
    rise = next_rise;
    fall = next_fall;
    row[b] = {down | ~(up | diagonal), up & diagonal};
  }
  return change;
}

void BitEditDistance::set_base(std::span<const std::uint32_t> hypothesis) {
  base_.assign((hypothesis.size() + 1) * blocks_, Block{~std::uint64_t{0}, 0});
  base_distance_.assign(hypothesis.size() + 1, static_cast<std::uint32_t>(length_));
  for (std::size_t i = 0; i < hypothesis.size(); ++i) {
    const std::span<Block> next = std::span(base_).subspan((i + 1) * blocks_, blocks_);
    std::copy_n(base_.begin() + static_cast<std::ptrdiff_t>(i * blocks_), blocks_, next.begin());
    base_distance_[i + 1] = base_distance_[i] + step(next, hypothesis[i]);
  }
}

std::uint32_t BitEditDistance::distance(std::span<const std::uint32_t> hypothesis,
                                        std::size_t same) {
  const auto begin = base_.begin() + static_cast<std::ptrdiff_t>(same * blocks_);
  row_.assign(begin, begin + static_cast<std::ptrdiff_t>(blocks_));
  std::uint32_t distance = base_distance_[same];
  for (const std::uint32_t word : hypothesis.subspan(same)) distance += step(row_, word);
  return distance;
}

}  // namespace vernier
