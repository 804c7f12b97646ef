// Groups of images to be shown together, so that no image is tied to a position.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace vernier::probes {

/// One prompt: images in the order in which they are to be shown.
struct PlannedOrder {
  std::size_t group = 0, order = 0;
  std::vector<std::size_t> images;  ///< numbers of the images planned for
};

struct GroupPlan {
  std::vector<PlannedOrder> orders;
  std::size_t groups = 0;
  std::size_t filled = 0;  ///< places of the last group that images of others had to fill
};

/// Cyclic Latin squares: images are shuffled (by their names and the seed) and cut into groups of
/// `size`; every group is shown in `size` rotations, so that each image stands at each position
/// once; with `reversed` also in the rotations of the reversed order, so that neighbours change
/// sides. A last group that is not full is filled with images of the first. 2 <= size <= images.
GroupPlan plan_groups(const std::vector<std::string>& images, std::size_t size, bool reversed,
                      std::uint64_t seed);

}  // namespace vernier::probes
