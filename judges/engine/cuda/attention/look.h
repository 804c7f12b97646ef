// What the kernels of attention are given.
#pragma once

#include "judges/engine/cuda/attention/attention.h"

namespace vernier::engine::cuda {

struct Look {
  DevicePlaces places;
  PagePart part;
  const float* q;
  float* out;
  std::uint32_t heads;  ///< of queries
  std::uint32_t group;  ///< heads of queries to one of keys
  bool causal;
};

}  // namespace vernier::engine::cuda
