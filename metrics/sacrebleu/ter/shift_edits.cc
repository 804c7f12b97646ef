#include "metrics/sacrebleu/ter/shift_edits.h"

#include <algorithm>
#include <tuple>

namespace vernier {
namespace {

constexpr std::uint32_t kMaxLength = 10, kMaxReach = 50;
constexpr std::size_t kMaxChecked = 1000;
// Beyond it (two texts of 2,000 words) the bit-parallel distance would take more than 1 MB.
constexpr std::size_t kMaxBitBlocks = std::size_t{1} << 16;

}  // namespace

std::uint64_t ShiftEdits::count(std::span<const WordId> hypothesis,
                                std::span<const WordId> reference) {
  if (reference.empty() || hypothesis.empty()) return std::max(hypothesis.size(), reference.size());
  number_words(hypothesis, reference);
  beam_.set_reference(reference_);
  beam_.set_length(hypothesis_.size());
  all_in_beam_ = beam_.covers_everything();
  use_bits_ = (hypothesis.size() + 1) * (reference.size() / 64 + 1) <= kMaxBitBlocks;
  if (use_bits_) {
    bits_.set_reference(reference_, static_cast<std::uint32_t>(begin_.size() - 1));
  }
  checked_ = 0;
  std::uint64_t shifts = 0;
  std::uint32_t distance = beam_.set_base(hypothesis_, 0);
  while (distance > 0) {
    const std::optional<Shift> shift = best_shift(distance);
    if (!shift) break;
    const std::size_t same = apply(*shift, shifted_);
    hypothesis_.swap(shifted_);
    ++shifts;
    distance = beam_.set_base(hypothesis_, same);
  }
  return shifts + distance;
}

void ShiftEdits::number_words(std::span<const WordId> hypothesis,
                              std::span<const WordId> reference) {
  numbers_.clear();
  for (const WordId word : reference) numbers_.emplace_back(word, 0);
  std::sort(numbers_.begin(), numbers_.end());
  numbers_.erase(std::unique(numbers_.begin(), numbers_.end()), numbers_.end());
  for (std::uint32_t n = 0; n < numbers_.size(); ++n) numbers_[n].second = n + 1;
  const auto number = [this](WordId word) {
    const auto at = std::lower_bound(numbers_.begin(), numbers_.end(), std::pair(word, 0u));
    return at == numbers_.end() || at->first != word ? 0 : at->second;
  };
  hypothesis_.resize(hypothesis.size());
  reference_.resize(reference.size());
  std::transform(hypothesis.begin(), hypothesis.end(), hypothesis_.begin(), number);
  std::transform(reference.begin(), reference.end(), reference_.begin(), number);
  begin_.assign(numbers_.size() + 2, 0);
  for (const std::uint32_t n : reference_) ++begin_[n + 1];
  for (std::size_t n = 1; n < begin_.size(); ++n) begin_[n] += begin_[n - 1];
  positions_.resize(reference_.size());
  for (std::uint32_t j = static_cast<std::uint32_t>(reference_.size()); j-- > 0;) {
    positions_[--begin_[reference_[j] + 1]] = j;
  }
  // Filling moved every begin to the one before it.
  begin_.erase(begin_.begin());
  begin_.push_back(static_cast<std::uint32_t>(reference_.size()));
}

// The shift that lowers the distance most; of equals the longest, then the one of the earliest
// block, then to the earliest place. None when nothing lowers it or the limit of shifts looked at
// is reached: the limit also throws away the best shift found so far.
std::optional<ShiftEdits::Shift> ShiftEdits::best_shift(std::uint32_t distance) {
  const BeamEditDistance::Alignment& alignment = beam_.align();
  if (use_bits_) bits_.set_base(hypothesis_);
  Shift best;
  const auto hypothesis_size = static_cast<std::uint32_t>(hypothesis_.size());
  const auto reference_size = static_cast<std::uint32_t>(reference_.size());
  for (std::uint32_t i = 0; i < hypothesis_size; ++i) {
    const std::uint32_t word = hypothesis_[i];
    if (word == 0) continue;
    const auto end = positions_.begin() + begin_[word + 1];
    const std::uint32_t first = i < kMaxReach ? 0 : i - kMaxReach;
    auto position = std::lower_bound(positions_.begin() + begin_[word], end, first);
    for (; position != end && *position <= i + kMaxReach; ++position) {
      const std::uint32_t j = *position;
      for (std::uint32_t length = 1;; ++length) {
        try_block(i, j, length, alignment, distance, best);
        if (checked_ >= kMaxChecked) return std::nullopt;
        if (i + length == hypothesis_size || j + length == reference_size || length == kMaxLength ||
            hypothesis_[i + length] != reference_[j + length]) {
          break;
        }
      }
    }
  }
  if (best.gain == 0) return std::nullopt;
  return best;
}

// Looks at all places for a block that equals the reference words from `reference_start`.
void ShiftEdits::try_block(std::uint32_t start, std::uint32_t reference_start, std::uint32_t length,
                           const BeamEditDistance::Alignment& alignment, std::uint32_t distance,
                           Shift& best) {
  const auto has_error = [](const std::vector<std::uint32_t>& before, std::uint32_t begin,
                            std::uint32_t words) { return before[begin + words] > before[begin]; };
  if (!has_error(alignment.errors_before, start, length) ||
      !has_error(alignment.reference_errors_before, reference_start, length)) {
    return;
  }
  const std::int64_t aligned = alignment.position[reference_start];
  if (aligned >= start && aligned < std::int64_t{start} + length) return;
  std::int64_t previous = -1;
  for (std::uint32_t k = 0; k <= length; ++k) {
    const std::uint32_t behind = reference_start + k;  // the place is behind the word before it
    const std::int64_t target = behind == 0 ? 0 : alignment.position[behind - 1] + 1;
    if (target == previous) continue;
    previous = target;
    ++checked_;
    Shift shift{0, length, start, static_cast<std::uint32_t>(target)};
    // Only what would beat the best so far has to be known exactly.
    const bool wins_ties = std::tuple(shift.length, best.start, best.target) >
                           std::tuple(best.length, shift.start, shift.target);
    const std::uint32_t needed = best.gain + (wins_ties && best.gain > 0 ? 0 : 1);
    if (needed > distance) continue;
    const std::uint32_t after = distance_after(shift, distance - needed + 1);
    if (after + needed > distance) continue;
    shift.gain = distance - after;
    best = shift;
  }
}

// Distance of the shifted hypothesis, or anything not below `limit` when it is not below it.
std::uint32_t ShiftEdits::distance_after(const Shift& shift, std::uint32_t limit) {
  const std::size_t same = apply(shift, shifted_);
  if (use_bits_) {
    const std::uint32_t unbanded = bits_.distance(shifted_, same);
    if (all_in_beam_ || unbanded >= limit) return unbanded;
  }
  return beam_.distance(shifted_, same, limit);
}

// Writes the shifted hypothesis; returns how many words at its start have stayed. A target inside
// the block or right behind it moves the block as far beyond its end as it lies beyond its start.
std::size_t ShiftEdits::apply(const Shift& shift, std::vector<std::uint32_t>& words) const {
  words.assign(hypothesis_.begin(), hypothesis_.end());
  const auto at = [&](std::size_t i) { return words.begin() + static_cast<std::ptrdiff_t>(i); };
  const std::size_t start = shift.start, end = start + shift.length, target = shift.target;
  if (target < start) {
    std::rotate(at(target), at(start), at(end));
    return target;
  }
  const std::size_t to = target > end ? target : std::min(shift.length + target, words.size());
  std::rotate(at(start), at(end), at(to));
  return start;
}

}  // namespace vernier
