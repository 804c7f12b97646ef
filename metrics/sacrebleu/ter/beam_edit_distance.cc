#include "metrics/sacrebleu/ter/beam_edit_distance.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace vernier {
namespace {

constexpr std::uint32_t kInfinity = 1u << 30;

}  // namespace

void BeamEditDistance::set_reference(std::span<const std::uint32_t> words) {
  reference_.assign(words.begin(), words.end());
}

void BeamEditDistance::set_length(std::size_t hypothesis_length) {
  const std::size_t length = reference_.size();
  // In floating point, like the original: rounding decides where the band steps.
  const double ratio = static_cast<double>(length) / static_cast<double>(hypothesis_length);
  constexpr double usual_beam = 25;
  const double beam = usual_beam < ratio / 2 ? std::ceil(ratio / 2 + usual_beam) : usual_beam;
  rows_.assign(1, {0, static_cast<std::uint32_t>(length + 1)});
  width_ = 0;
  for (std::size_t i = 1; i <= hypothesis_length; ++i) {
    const double diagonal = std::floor(static_cast<double>(i) * ratio);
    const auto begin = static_cast<std::uint32_t>(std::max(0.0, diagonal - beam));
    auto end = static_cast<std::uint32_t>(length + 1);
    if (i < hypothesis_length) end = std::min(end, static_cast<std::uint32_t>(diagonal + beam));
    rows_.push_back({begin, end});
    width_ = std::max<std::size_t>(width_, end - begin);
  }
  values_.resize(length + 1 + hypothesis_length * width_);
  std::iota(values_.begin(), values_.begin() + static_cast<std::ptrdiff_t>(length + 1), 0u);
  for (auto& row : scratch_) row.resize(width_);
  hypothesis_.clear();
}

bool BeamEditDistance::covers_everything() const {
  return std::all_of(rows_.begin(), rows_.end(), [this](const Row& row) {
    return row.begin == 0 && row.end == reference_.size() + 1;
  });
}

// Fills a row from the one above it; returns its least value. Bands move to the right only.
std::uint32_t BeamEditDistance::compute(std::size_t row, const std::uint32_t* above,
                                        std::uint32_t word, std::uint32_t* out) const {
  const auto [begin, end] = rows_[row];
  const Row upper = rows_[row - 1];
  above -= upper.begin;
  out -= begin;
  std::uint32_t left = kInfinity, diagonal = kInfinity, least = kInfinity;
  std::uint32_t j = begin;
  if (j == 0) {
    diagonal = above[0];
    out[0] = left = least = diagonal + 1;
    j = 1;
  } else if (j > upper.begin && j - 1 < upper.end) {
    diagonal = above[j - 1];
  }
  for (const std::uint32_t stop = std::min(end, upper.end); j < stop; ++j) {
    const std::uint32_t replaced = diagonal + (word != reference_[j - 1]);
    diagonal = above[j];
    left = std::min(replaced, std::min(diagonal, left) + 1);
    out[j] = left;
    least = std::min(least, left);
  }
  for (; j < end; ++j) {
    left = std::min(diagonal + (word != reference_[j - 1]), left + 1);
    diagonal = kInfinity;
    out[j] = left;
    least = std::min(least, left);
  }
  return least;
}

std::uint32_t BeamEditDistance::set_base(std::span<const std::uint32_t> hypothesis,
                                         std::size_t same) {
  hypothesis_.assign(hypothesis.begin(), hypothesis.end());
  for (std::size_t i = same + 1; i <= hypothesis.size(); ++i) {
    compute(i, values(i - 1), hypothesis[i - 1], values(i));
  }
  return at(hypothesis.size(), reference_.size());
}

std::uint32_t BeamEditDistance::at(std::size_t row, std::size_t j) const {
  const Row r = rows_[row];
  if (j < r.begin || j >= r.end) return kInfinity;
  return values_[row == 0 ? j : offset(row) + j - r.begin];
}

const BeamEditDistance::Alignment& BeamEditDistance::align() {
  std::size_t i = hypothesis_.size(), j = reference_.size();
  alignment_.position.resize(j);
  alignment_.errors_before.assign(i + 1, 0);
  alignment_.reference_errors_before.assign(j + 1, 0);
  // First errors[k + 1] says whether word k is an error. The way back stays among finite cells,
  // hence in the bands, and always ends at (0, 0).
  while (i > 0 || j > 0) {
    const std::uint32_t here = at(i, j);
    const bool replace = i > 0 && j > 0;
    const std::uint32_t cost = replace && hypothesis_[i - 1] == reference_[j - 1] ? 0 : 1;
    if (replace && here == at(i - 1, j - 1) + cost) {
      --i, --j;
      alignment_.position[j] = static_cast<std::int32_t>(i);
      alignment_.errors_before[i + 1] = alignment_.reference_errors_before[j + 1] = cost;
    } else if (i > 0 && here == at(i - 1, j) + 1) {
      alignment_.errors_before[i--] = 1;
    } else {
      alignment_.reference_errors_before[j--] = 1;
      alignment_.position[j] = static_cast<std::int32_t>(i) - 1;
    }
  }
  for (auto* errors : {&alignment_.errors_before, &alignment_.reference_errors_before}) {
    std::partial_sum(errors->begin(), errors->end(), errors->begin());
  }
  return alignment_;
}

std::uint32_t BeamEditDistance::distance(std::span<const std::uint32_t> hypothesis,
                                         std::size_t same, std::uint32_t limit) {
  const std::uint32_t* above = values(same);
  for (std::size_t i = same + 1; i <= hypothesis.size(); ++i) {
    std::uint32_t* const row = scratch_[i % 2].data();
    const std::uint32_t least = compute(i, above, hypothesis[i - 1], row);
    if (least >= limit) return least;
    above = row;
  }
  return above[reference_.size() - rows_[hypothesis.size()].begin];
}

}  // namespace vernier
