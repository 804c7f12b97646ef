// Where rows stand, on the device: copied once for all layers of a pass.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "judges/engine/backend/tensor.h"
#include "judges/engine/cuda/attention/attention.h"
#include "judges/engine/cuda/device_memory.h"

namespace vernier::engine::cuda {

class KeptPlaces {
 public:
  /// Of these stretches; valid until the call after the next with others.
  DevicePlaces of(std::span<const Stretch> stretches, cudaStream_t stream);

 private:
  struct Kept {
    std::vector<DeviceStretch> stretches;
    std::vector<const void*> pages;
    DevicePlaces places;
    DeviceRoom stretch_room, row_room, page_room;
  };
  /// The last layer looks from fewer rows than the others store from.
  Kept kept_[2];
  std::size_t newest_ = 0;
};

}  // namespace vernier::engine::cuda
