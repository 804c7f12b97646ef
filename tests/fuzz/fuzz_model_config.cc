// Any bytes as config.json and as preprocessor_config.json: numbers that fit together, or one
// Error(kResource). The first byte chooses the family of the image processor.
#include <algorithm>
#include <optional>
#include <string_view>

#include "base/error.h"
#include "judges/engine/config/images/image_processor_config.h"
#include "judges/engine/config/model_config.h"
#include "judges/engine/container/names/expected_tensors.h"
#include "tests/fuzz/input.h"

namespace {

using namespace vernier;
using namespace vernier::engine;
using fuzz::require;

void read_config(std::string_view text) {
  const ConfigFile file(text, "config.json");
  const ModelConfig config = read_model_config({file, file});
  require(config.vision.width % config.vision.heads == 0 && config.vision.side() >= 1);
  require(config.text.heads % config.text.kv_heads == 0 && config.text.head_size % 2 == 0);
  require(config.image_token.value_or(0) < config.text.vocabulary);
  require(config.layers_run() <= config.vision.layers);
  require(config.projector.tokens(config.vision.side()) >= 1);
  std::uint32_t width = config.feature_width() * config.projector.merge * config.projector.merge;
  for (const ProjectorLayer& layer : config.projector.layers) {
    if (layer.kind == ProjectorLayer::Kind::kActivation) continue;
    require(layer.in == width);
    width = layer.out;
  }
  require(width == config.text.width);
  require(config.tiling.scales.empty() || config.tiling.target < config.tiling.scales.size());
  if (config.vision.layers > 8 || config.text.layers > 8) return;  // only more of the same
  const auto tensors = expected_tensors(config);
  require(std::ranges::adjacent_find(tensors, std::ranges::greater_equal{},
                                     &ExpectedTensor::name) == tensors.end());
  for (const ExpectedTensor& tensor : tensors) {
    std::uint64_t bytes = 8;
    for (const std::uint64_t extent : tensor.shape) {
      require(extent > 0 && !__builtin_mul_overflow(bytes, extent, &bytes));
    }
  }
}

void read_processor(std::string_view text, Family family) {
  const ConfigFile file(text, "processor_config.json");
  const auto config = read_image_processor_config(file, file, family);
  require(config.size.height > 0 && config.size.width > 0 && config.rescale_factor > 0);
  require(std::ranges::all_of(config.std, [](double std) { return std > 0; }));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text = fuzz::as_text(data, size).substr(1);
  fuzz::answered_or_refused([&] { read_config(text); }, ExitCode::kResource);
  fuzz::answered_or_refused([&] { read_processor(text, static_cast<Family>(data[0] % 5)); },
                            ExitCode::kResource);
  return 0;
}
