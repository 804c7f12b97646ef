#include "judges/engine/serve/embedding.h"

namespace vernier::engine {

std::vector<std::uint32_t> table_ids(std::span<const std::uint32_t> ids, std::size_t known) {
  std::vector<std::uint32_t> out(ids.begin(), ids.end());
  for (std::uint32_t& id : out) id = id < known ? id : 0;
  return out;
}

void place_image(Backend& backend, const PromptImage& image, std::size_t first,
                 const std::function<Rows(const VisionInput&)>& features, Rows x) {
  std::vector<std::uint32_t> from, to;
  for (std::size_t i = 0; i < image.places.size(); ++i) {
    const std::size_t place = image.places[i];
    if (place < first || place >= first + x.count) continue;
    from.push_back(static_cast<std::uint32_t>(i));
    to.push_back(static_cast<std::uint32_t>(place - first));
  }
  if (!from.empty()) backend.scatter(features(*image.input), from, to, x);
}

}  // namespace vernier::engine
