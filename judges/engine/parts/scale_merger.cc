#include "judges/engine/parts/scale_merger.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>

namespace vernier::engine {
namespace {

/// Features of a scale as a map of its whole grid.
class FeatureMap {
 public:
  FeatureMap(const float* features, TileGrid grid, std::size_t side, std::size_t width)
      : features_(features), grid_(grid), side_(side), width_(width) {}

  std::size_t rows() const { return grid_.rows * side_; }
  std::size_t columns() const { return grid_.columns * side_; }

  const float* at(std::size_t y, std::size_t x) const {
    const std::size_t tile = y / side_ * grid_.columns + x / side_;
    return features_ + ((tile * side_ + y % side_) * side_ + x % side_) * width_;
  }

 private:
  const float* features_;
  TileGrid grid_;
  std::size_t side_, width_;
};

/// What place `i` of `m` covers of `n` places: [first, last).
struct Cover {
  Cover(std::size_t i, std::size_t m, std::size_t n)
      : first(i * n / m), last(((i + 1) * n + m - 1) / m) {}
  std::size_t first, last;
};

void mean_of(const FeatureMap& map, Cover rows, Cover columns, std::span<float> out) {
  std::ranges::fill(out, 0.0F);
  for (std::size_t y = rows.first; y < rows.last; ++y) {
    for (std::size_t x = columns.first; x < columns.last; ++x) {
      const float* const feature = map.at(y, x);
      for (std::size_t c = 0; c < out.size(); ++c) out[c] += feature[c];
    }
  }
  const auto count = static_cast<float>((rows.last - rows.first) * (columns.last - columns.first));
  if (count > 1) {
    for (float& number : out) number /= count;
  }
}

}  // namespace

ScaleMerger::ScaleMerger(Backend& backend, std::size_t side, std::vector<std::size_t> scales,
                         std::size_t target)
    : backend_(backend), side_(side), scales_(std::move(scales)), target_(target) {}

TileGrid ScaleMerger::target(TileGrid last) const {
  if (target_ + 1 == scales_.size()) return last;
  return {scales_[target_], scales_[target_]};
}

void ScaleMerger::run(Rows features, TileGrid last, Rows out) const {
  const std::size_t width = features.width, tile = side_ * side_;
  std::vector<float> from(features.size()), to(out.size());
  backend_.to_host(features.data, from);
  const TileGrid grid = target(last);
  // For its places: where they lie, tile by tile.
  const FeatureMap places(to.data(), grid, side_, out.width);
  std::size_t done = 0;
  for (std::size_t s = 0; s < scales_.size(); ++s) {
    const bool is_last = s + 1 == scales_.size();
    const TileGrid own = is_last ? last : TileGrid{scales_[s], scales_[s]};
    const FeatureMap map(from.data() + done * tile * width, own, side_, width);
    done += own.tiles();
    for (std::size_t y = 0; y < places.rows(); ++y) {
      const Cover rows(y, places.rows(), map.rows());
      for (std::size_t x = 0; x < places.columns(); ++x) {
        const auto offset = static_cast<std::size_t>(places.at(y, x) - to.data());
        mean_of(map, rows, Cover(x, places.columns(), map.columns()),
                std::span(to).subspan(offset + s * width, width));
      }
    }
  }
  backend_.from_host(to, out.data);
}

void ScaleMerger::repeat(Rows features, Rows out) const {
  std::vector<std::uint32_t> from, to;
  for (std::size_t i = 0; i < features.count; ++i) {
    for (std::size_t s = 0; s < scales_.size(); ++s) {
      from.push_back(static_cast<std::uint32_t>(i));
      to.push_back(static_cast<std::uint32_t>(i * scales_.size() + s));
    }
  }
  backend_.scatter(features, from, to, {out.data, out.count * scales_.size(), features.width});
}

}  // namespace vernier::engine
