// Do weights of one model fit another one?
#pragma once

#include "judges/engine/config/model_config.h"

namespace vernier::logits {

/// Throws Error(kIncomplete), with the first difference, for two models that are not built alike:
/// other extents, activations, norms, rotary positions, features. Types, tied heads and weights in
/// few bits make no difference.
void check_same_shape(const engine::ModelConfig& a, const engine::ModelConfig& b);

}  // namespace vernier::logits
