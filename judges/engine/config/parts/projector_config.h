// The projector that a config.json describes: from features of the tower to tokens.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "judges/engine/backend/backend.h"

namespace vernier::engine {

struct ProjectorLayer {
  enum class Kind : std::uint8_t { kLinear, kActivation, kLayerNorm };
  Kind kind = Kind::kLinear;
  std::string name;               ///< of its tensors, behind "proj."; activations have none
  std::uint32_t in = 0, out = 0;  ///< numbers of a row; of a norm alike
  bool bias = true;               ///< of linear ones
  Activation activation = Activation::kGelu;

  bool operator==(const ProjectorLayer&) const = default;
};

struct ProjectorConfig {
  /// merge x merge neighbouring features become one token; what is missing at the right and the
  /// bottom for that is zeros.
  std::uint32_t merge = 1;
  std::vector<ProjectorLayer> layers;

  /// Tokens of a side that has so many features.
  std::uint32_t tokens(std::uint32_t side) const { return (side + merge - 1) / merge; }
};

}  // namespace vernier::engine
