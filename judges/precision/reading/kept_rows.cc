#include "judges/precision/reading/kept_rows.h"

#include <algorithm>

namespace vernier::logits {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{1} << 20;

}  // namespace

KeptRows::KeptRows(std::size_t width, std::size_t bytes)
    : width_(width),
      most_(std::max<std::size_t>(1, bytes / (width * sizeof(float)))),
      together_(std::max<std::size_t>(1, kBlockBytes / (width * sizeof(float)))) {}

std::optional<std::size_t> KeptRows::add(std::span<const float> row) {
  if (used_ == most_) return std::nullopt;
  if (used_ == taken_) {
    const std::size_t rows = std::min(together_, most_ - taken_);
    blocks_.push_back(std::make_unique_for_overwrite<float[]>(rows * width_));
    taken_ += rows;
  }
  const std::size_t number = used_++;
  std::ranges::copy(row, blocks_[number / together_].get() + number % together_ * width_);
  return number;
}

std::span<const float> KeptRows::row(std::size_t number) const {
  return {blocks_[number / together_].get() + number % together_ * width_, width_};
}

}  // namespace vernier::logits
