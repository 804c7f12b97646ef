// From an image's features to tokens of the language model.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "judges/engine/backend/backend.h"

namespace vernier::engine {

/// One step of a projector.
struct ProjectorStep {
  enum class Kind : std::uint8_t { kLinear, kActivation, kLayerNorm };
  Kind kind = Kind::kLinear;
  Matrix matrix;        ///< linear
  Vector weight, bias;  ///< layer norm; bias: linear too, where it has one
  float eps = 1e-5F;
  Activation activation = Activation::kGelu;
};

/// s x s neighbouring features become one, s * s times as wide: of cell (i, j), channel (dy * s +
/// dx) * C + c is channel c of feature (i * s + dy, j * s + dx), or 0 where there is none; then the
/// steps.
class Projector {
 public:
  /// `side`: features of an image's side; `merge`: s. With s = 1 an image may have any number.
  Projector(Backend& backend, std::size_t side, std::size_t merge,
            std::vector<ProjectorStep> steps);

  /// Tokens that come of so many features.
  std::size_t tokens(std::size_t features) const;

  const std::vector<ProjectorStep>& steps() const { return steps_; }
  /// Others of the same shapes.
  void use(std::vector<ProjectorStep> steps) { steps_ = std::move(steps); }

  /// features [images * side * side, C] -> out [tokens(images * side * side), width of the last
  /// step].
  void run(Rows features, Rows out);

 private:
  Rows merged(Rows features);
  void run_steps(Rows x, Rows out);

  Backend& backend_;
  std::size_t side_, merge_;
  std::vector<ProjectorStep> steps_;
  std::unique_ptr<Memory> memory_;
  std::unique_ptr<Memory> merged_;  ///< its own, as the places of no feature stay zeros
};

}  // namespace vernier::engine
