#include "judges/probes/position/group_plan.h"

#include <algorithm>
#include <numeric>

#include "base/hash.h"

namespace vernier::probes {

GroupPlan plan_groups(const std::vector<std::string>& images, std::size_t size, bool reversed,
                      std::uint64_t seed) {
  std::vector<std::size_t> shuffled(images.size());
  std::iota(shuffled.begin(), shuffled.end(), std::size_t{0});
  std::ranges::stable_sort(
      shuffled, {}, [&](std::size_t image) { return hash_more(seed, hash_bytes(images[image])); });
  GroupPlan plan;
  plan.groups = (shuffled.size() + size - 1) / size;
  plan.filled = plan.groups * size - shuffled.size();
  for (std::size_t i = 0; i < plan.filled; ++i) shuffled.push_back(shuffled[i]);
  for (std::size_t g = 0; g < plan.groups; ++g) {
    std::vector<std::size_t> group(shuffled.begin() + static_cast<std::ptrdiff_t>(g * size),
                                   shuffled.begin() + static_cast<std::ptrdiff_t>((g + 1) * size));
    for (std::size_t order = 0; order < (reversed ? 2 : 1) * size; ++order) {
      if (order == size) std::ranges::reverse(group);
      PlannedOrder& planned = plan.orders.emplace_back(PlannedOrder{g, order, group});
      std::rotate(planned.images.begin(),
                  planned.images.begin() + static_cast<std::ptrdiff_t>(order % size),
                  planned.images.end());
    }
  }
  return plan;
}

}  // namespace vernier::probes
