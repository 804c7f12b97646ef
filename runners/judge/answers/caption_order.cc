#include "runners/judge/answers/caption_order.h"

#include <algorithm>
#include <numeric>
#include <string_view>
#include <unordered_map>

namespace vernier {

std::vector<std::size_t> by_image(const CaptionFile& file) {
  std::unordered_map<std::string_view, std::size_t> first;
  for (std::size_t i = 0; i < file.captions.size(); ++i) {
    first.try_emplace(file.captions[i].image_id, i);
  }
  std::vector<std::size_t> order(file.captions.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {},
                           [&](std::size_t i) { return first.at(file.captions[i].image_id); });
  return order;
}

}  // namespace vernier
