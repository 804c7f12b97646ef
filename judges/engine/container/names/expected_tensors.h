// Which tensors a model has, and of which shape.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "judges/engine/config/clip_config.h"
#include "judges/engine/config/model_config.h"
#include "judges/engine/container/tensor_view.h"

namespace vernier::engine {

struct ExpectedTensor {
  std::string name;  ///< canonical (canonical_name.h)
  Shape shape;
  bool required = true;               ///< else it may be absent: nothing of what is run needs it
  std::span<const DType> types = {};  ///< any of these; none: any of floating point
};

/// By name. Not required are the tower's layers behind the last one that features are taken from,
/// its last norm where features are taken before it, and the head of a tied model.
std::vector<ExpectedTensor> expected_tensors(const ModelConfig& config);

/// CLIP's, all required but logit_scale, which no cosine depends on.
std::vector<ExpectedTensor> expected_tensors(const ClipConfig& config);

}  // namespace vernier::engine
