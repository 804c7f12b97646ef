// Any bytes as a layer in few bits, and as a small checkpoint with such layers: weights that make
// sense and can be packed to the same bytes, or one Error(kResource). The first byte chooses the
// format.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "judges/engine/container/names/model_tensors.h"
#include "judges/engine/quantisation/layouts/layout.h"
#include "tests/fuzz/input.h"

namespace {

using namespace vernier;
using namespace vernier::engine;
using fuzz::require;

constexpr std::array<QuantisationFormat, 8> kFormats{{
    {QuantisationLayout::kAwqGemm, 4, 32, false},
    {QuantisationLayout::kAwqGemm, 4, 0, false},
    {QuantisationLayout::kLlmAwq, 4, 32, false},
    {QuantisationLayout::kLlmAwq, 4, 64, false},
    {QuantisationLayout::kGptq, 4, 32, true},
    {QuantisationLayout::kGptq, 8, 64, false},
    {QuantisationLayout::kGptqV2, 4, 64, false},
    {QuantisationLayout::kGptqV2, 8, 32, true},
}};
constexpr std::size_t kRows = 8, kColumns = 64;  // of a layer
constexpr std::uint32_t kWidth = 32;             // of the checkpoint

void check(const QuantisedMatrix& weights) {
  require(weights.codes.size() == weights.rows * weights.columns);
  require(weights.scales.size() == weights.rows * weights.groups());
  require(weights.offsets.size() == weights.scales.size());
  for (const unsigned code : weights.codes) require(code >> weights.bits == 0);
  for (std::size_t n = 0; n < weights.scales.size(); ++n) {
    require(weights.scales[n] >= 0 && std::isfinite(weights.scales[n]));
    require(std::isfinite(weights.offsets[n]));
  }
  if (weights.order.empty()) return;
  std::vector<std::uint32_t> columns = weights.order, all(weights.columns);
  std::ranges::sort(columns);
  std::iota(all.begin(), all.end(), 0U);
  require(columns == all);
}

/// The layer's tensors one after the other: what of them is read is taken from the bytes.
void unpack_layer(const QuantisationFormat& format, std::span<const std::byte> bytes) {
  std::vector<std::vector<std::byte>> stored;
  std::vector<StoredPart> parts;
  const std::size_t groups = kColumns / format.group_of(kColumns);
  for (const LayerPart& part : layer_parts(format, kRows, kColumns)) {
    std::uint64_t size = size_of(part.types[0]);
    for (const std::uint64_t extent : part.shape) size *= extent;
    std::vector<std::byte>& copy = stored.emplace_back(size);
    // Lines behind the last group's are padding.
    const std::size_t used = part.types[0] == DType::kF16 ? groups * kRows * 2 : size;
    const auto taken = bytes.first(std::min(used, bytes.size()));
    std::ranges::copy(taken, copy.begin());
    bytes = bytes.subspan(taken.size());
    parts.push_back({part.name, "fuzz", part.name, {part.types[0], part.shape, {}}});
  }
  for (std::size_t n = 0; n < parts.size(); ++n) parts[n].view.bytes = stored[n];
  const QuantisedMatrix weights = unpack(format, kRows, kColumns, parts);
  check(weights);
  // A scale of zero, of either sign, forgets its zero point.
  if (std::ranges::find(weights.scales, 0.0F) != weights.scales.end()) return;
  const auto packed = pack(format, weights);
  require(packed.size() == parts.size());
  for (std::size_t n = 0; n < packed.size(); ++n) {
    require(packed[n].shape == parts[n].view.shape);
    require(std::ranges::equal(packed[n].bytes, parts[n].view.bytes));
  }
}

ModelConfig small_config(const QuantisationFormat& format) {
  ModelConfig config;
  config.family = Family::kLlava;
  config.vision = {};
  config.vision.width = config.vision.mlp = 4;
  config.vision.heads = config.vision.layers = 1;
  config.vision.image = config.vision.patch = 1;
  config.feature_layers = {0};
  config.text.width = config.text.mlp = config.text.head_size = kWidth;
  config.text.layers = config.text.heads = config.text.kv_heads = 1;
  config.text.vocabulary = kRows;
  config.quantisation = format;
  return config;
}

void read_checkpoint(const QuantisationFormat& format, std::span<const std::byte> bytes) {
  const TensorStore store = TensorStore::from_memory(bytes, "fuzz");
  const ModelTensors tensors(store, small_config(format), UnknownTensors::kReport);
  for (const ModelTensors::Tensor& tensor : tensors.tensors()) {
    constexpr std::string_view kEnding = ".qweight";
    if (!tensor.name.ends_with(kEnding)) continue;
    const std::string weight =
        tensor.name.substr(0, tensor.name.size() - kEnding.size()) + ".weight";
    require(tensors.is_quantised(weight) && tensors.find(weight) == nullptr);
    fuzz::answered_or_refused([&] { check(tensors.quantised(weight)); }, ExitCode::kResource);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const QuantisationFormat& format = kFormats.at(data[0] % kFormats.size());
  const auto bytes = std::as_bytes(std::span(data, size)).subspan(1);
  fuzz::answered_or_refused([&] { unpack_layer(format, bytes); }, ExitCode::kResource);
  fuzz::answered_or_refused([&] { read_checkpoint(format, bytes); }, ExitCode::kResource);
  return 0;
}
