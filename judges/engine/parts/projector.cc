#include "judges/engine/parts/projector.h"

#include <algorithm>
#include <utility>

namespace vernier::engine {

Projector::Projector(Backend& backend, std::size_t side, std::size_t merge,
                     std::vector<ProjectorStep> steps)
    : backend_(backend), side_(side), merge_(merge), steps_(std::move(steps)) {}

std::size_t Projector::width(std::size_t features) const {
  std::size_t width = features * merge_ * merge_;
  for (const ProjectorStep& step : steps_) {
    if (step.kind == ProjectorStep::Kind::kLinear) width = step.matrix.rows;
  }
  return width;
}

Rows Projector::merged(Rows features, float* memory) {
  const std::size_t images = features.count / (side_ * side_);
  std::vector<std::uint32_t> from, to;
  for (std::size_t i = 0; i < images; ++i) {
    for (std::size_t y = 0; y < side_; ++y) {
      for (std::size_t x = 0; x < side_; ++x) {
        const std::size_t cell =
            (i * (side_ / merge_) + y / merge_) * (side_ / merge_) + x / merge_;
        from.push_back(static_cast<std::uint32_t>((i * side_ + y) * side_ + x));
        to.push_back(
            static_cast<std::uint32_t>(cell * merge_ * merge_ + y % merge_ * merge_ + x % merge_));
      }
    }
  }
  backend_.scatter(features, from, to, {memory, features.count, features.width});
  return {memory, images * tokens(), features.width * merge_ * merge_};
}

void Projector::run(Rows features, Rows out) {
  std::size_t widest = 0;
  for (const ProjectorStep& step : steps_) widest = std::max(widest, step.matrix.rows);
  const std::size_t needed = features.size() + 2 * out.count * widest;
  if (memory_ == nullptr || memory_->floats() < needed) memory_ = backend_.allocate(needed);
  Rows x = merge_ == 1 ? features : merged(features, memory_->data());
  float* free = memory_->data() + features.size();
  float* other = free + out.count * widest;
  for (const ProjectorStep& step : steps_) {
    switch (step.kind) {
      case ProjectorStep::Kind::kLinear: {
        const Rows y{free, x.count, step.matrix.rows};
        backend_.linear(x, step.matrix, step.bias, y);
        x = y;
        std::swap(free, other);
        break;
      }
      case ProjectorStep::Kind::kActivation:
        backend_.activate(step.activation, x);
        break;
      case ProjectorStep::Kind::kLayerNorm:
        backend_.layer_norm(x, step.weight, step.bias, step.eps, x);
        break;
    }
  }
  backend_.copy(x.data, out.data, out.size());
}

}  // namespace vernier::engine
