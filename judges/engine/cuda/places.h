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
  /// Of these stretches; valid until they are asked for of others. Those that were kept last are
  /// found again. `group`: heads that share keys, where units are wanted; else 0.
  DevicePlaces of(std::span<const Stretch> stretches, std::uint32_t group, cudaStream_t stream);
  /// Keeps those of these stretches, always in the same memory as long as it is large enough:
  /// recorded work finds them there. With units for the group that was last asked for.
  void keep(std::span<const Stretch> stretches, cudaStream_t stream);
  /// Other where launches for what is kept are of another size.
  std::uint64_t size() const {
    return std::uint64_t{kept_.places.units.most_units} << 32 | kept_.places.units.most_parts;
  }

 private:
  struct Kept {
    std::vector<DeviceStretch> stretches;
    std::vector<const void*> pages;
    std::uint32_t group = 0;
    DevicePlaces places;
    DeviceRoom stretch_room, row_room, page_room, tall_room;
    DeviceRoom unit_room, unit_query_room, unit_row_room, unit_page_room, count_room;

    bool is(std::span<const Stretch> others) const;
    void fill(std::span<const Stretch> others, cudaStream_t stream);
    void plan(std::uint32_t of_group, cudaStream_t stream);
  };
  Kept kept_;
  Kept other_;  ///< the last layer looks from fewer rows than the others store from
};

}  // namespace vernier::engine::cuda
