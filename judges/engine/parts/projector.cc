#include "judges/engine/parts/projector.h"

#include <algorithm>
#include <utility>

namespace vernier::engine {
namespace {

/// Images that are merged at a time: NVILA's have up to 12 tiles, and a row of merged features is
/// four times as wide as a token, so that all of them would take 170 MiB in each of three places.
constexpr std::size_t kMostAtOnce = 4;

}  // namespace

Projector::Projector(Backend& backend, std::size_t side, std::size_t merge,
                     std::vector<ProjectorStep> steps)
    : backend_(backend), side_(side), merge_(merge), steps_(std::move(steps)) {}

std::size_t Projector::tokens(std::size_t features) const {
  if (merge_ == 1) return features;
  const std::size_t cells = (side_ + merge_ - 1) / merge_;
  return features / (side_ * side_) * cells * cells;
}

Rows Projector::merged(Rows features) {
  const std::size_t images = features.count / (side_ * side_);
  const std::size_t cells = (side_ + merge_ - 1) / merge_, parts = merge_ * merge_;
  std::vector<std::uint32_t> from, to;
  for (std::size_t i = 0; i < images; ++i) {
    for (std::size_t y = 0; y < side_; ++y) {
      for (std::size_t x = 0; x < side_; ++x) {
        const std::size_t cell = (i * cells + y / merge_) * cells + x / merge_;
        from.push_back(static_cast<std::uint32_t>((i * side_ + y) * side_ + x));
        to.push_back(static_cast<std::uint32_t>(cell * parts + y % merge_ * merge_ + x % merge_));
      }
    }
  }
  const Rows out{nullptr, images * cells * cells, features.width * parts};
  if (merged_ == nullptr || merged_->floats() < out.size()) merged_ = backend_.allocate(out.size());
  backend_.scatter(features, from, to, {merged_->data(), out.count * parts, features.width});
  return {merged_->data(), out.count, out.width};
}

void Projector::run(Rows features, Rows out) {
  if (merge_ == 1) return run_steps(features, out);
  const std::size_t own = side_ * side_, images = features.count / own;
  for (std::size_t first = 0; first < images; first += kMostAtOnce) {
    const std::size_t n = std::min(kMostAtOnce, images - first);
    run_steps(merged(features.from(first * own, n * own)),
              out.from(tokens(first * own), tokens(n * own)));
  }
}

void Projector::run_steps(Rows x, Rows out) {
  std::size_t width = x.width, widest = 0;
  for (const ProjectorStep& step : steps_) {
    if (step.kind == ProjectorStep::Kind::kActivation) continue;
    if (step.kind == ProjectorStep::Kind::kLinear) width = step.matrix.rows;
    widest = std::max(widest, width);
  }
  const std::size_t needed = 2 * out.count * widest;
  if (memory_ == nullptr || memory_->floats() < needed) memory_ = backend_.allocate(needed);
  float* free = memory_->data();
  float* other = free + out.count * widest;
  for (const ProjectorStep& step : steps_) {
    if (step.kind == ProjectorStep::Kind::kActivation) {
      backend_.activate(step.activation, x);
      continue;
    }
    const bool norm = step.kind == ProjectorStep::Kind::kLayerNorm;
    const Rows y{free, x.count, norm ? x.width : step.matrix.rows};
    if (norm) {
      backend_.layer_norm(x, step.weight, step.bias, step.eps, y);
    } else {
      backend_.linear(x, step.matrix, step.bias, y);
    }
    x = y;
    std::swap(free, other);
  }
  backend_.copy(x.data, out.data, out.size());
}

}  // namespace vernier::engine
