#include "judges/engine/serve/prompt.h"

namespace vernier::engine {

std::vector<Symbol> Prompt::symbols() const {
  std::vector<Symbol> out(ids.begin(), ids.end());
  for (const PromptImage& image : images) {
    for (std::size_t i = 0; i < image.places.size(); ++i) {
      // Ids are below 2^32. An odd factor keeps different places different.
      const Symbol mixed = (image.input->hash ^ i) * 0x9e3779b97f4a7c15U;
      out[image.places[i]] = (mixed ^ mixed >> 29) | Symbol{1} << 63;
    }
  }
  return out;
}

}  // namespace vernier::engine
