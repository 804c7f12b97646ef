#include "judges/engine/container/names/quantised_weights.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/error.h"
#include "judges/engine/quantisation/layouts/layout.h"

namespace vernier::engine {
namespace {

constexpr std::string_view kWeight = ".weight", kCodes = ".qweight", kHead = "lm_head.weight";

std::string_view without(std::string_view name, std::string_view ending) {
  return name.substr(0, name.size() - ending.size());
}

std::string part_name(std::string_view weight, std::string_view part) {
  return fmt::format("{}.{}", without(weight, kWeight), part);
}

bool is_like(const TensorView& view, const LayerPart& part) {
  return view.shape == part.shape && std::ranges::find(part.types, view.dtype) != part.types.end();
}

/// What else codes of this type and shape would be: "int4-g128-gptq".
std::optional<std::string> looks_like(const TensorView& codes, const QuantisationFormat& format,
                                      std::uint64_t rows, std::uint64_t columns) {
  constexpr std::array kOthers = {
      std::pair(QuantisationLayout::kAwqGemm, 4U), std::pair(QuantisationLayout::kLlmAwq, 4U),
      std::pair(QuantisationLayout::kGptq, 4U), std::pair(QuantisationLayout::kGptq, 8U)};
  for (const auto& [layout, bits] : kOthers) {
    QuantisationFormat other = format;
    other.layout = layout;
    other.bits = bits;
    if (!misfit(other, rows, columns) && is_like(codes, layer_parts(other, rows, columns)[0])) {
      return text_of(other);
    }
  }
  return std::nullopt;
}

void check_codes(const TensorStore& store, const TensorStore::Tensor& codes,
                 const QuantisationFormat& format, const Shape& shape) {
  const std::uint64_t rows = shape[0], columns = shape[1];
  if (const auto reason = misfit(format, rows, columns)) {
    refuse_tensor(store, codes,
                  fmt::format("cannot stand for a weight {} as {}: {}", text_of(shape),
                              text_of(format), *reason));
  }
  const LayerPart expected = layer_parts(format, rows, columns)[0];
  if (is_like(codes.view, expected)) return;
  const auto other = looks_like(codes.view, format, rows, columns);
  refuse_tensor(
      store, codes,
      fmt::format("is {} {}, expected {} {} for {}, which quantization_config in config.json says"
                  "{}",
                  name_of(codes.view.dtype), text_of(codes.view.shape), name_of(expected.types[0]),
                  text_of(expected.shape), text_of(format),
                  other ? fmt::format("; it looks like {}", *other) : ""));
}

/// Some tools store one for every layer in few bits, whatever the model has.
void add_bias(const ExpectedTensor& weight, const std::vector<ExpectedTensor>& expected,
              std::vector<ExpectedTensor>& parts) {
  std::string name = part_name(weight.name, "bias");
  if (weight.name == kHead ||
      std::ranges::binary_search(expected, name, {}, &ExpectedTensor::name)) {
    return;
  }
  parts.push_back({std::move(name), {weight.shape[0]}, false});
}

}  // namespace

bool may_be_quantised(std::string_view canonical) {
  return canonical == kHead ||
         (canonical.starts_with("llm.layers.") && canonical.ends_with("_proj.weight"));
}

std::vector<ExpectedTensor> take_quantised(const TensorStore& store,
                                           const std::vector<NamedTensor>& found,
                                           const std::optional<QuantisationFormat>& format,
                                           std::vector<ExpectedTensor>& expected) {
  std::vector<ExpectedTensor> taken, parts;
  for (const NamedTensor& codes : found) {
    if (!codes.name.ends_with(kCodes)) continue;
    const std::string name = fmt::format("{}{}", without(codes.name, kCodes), kWeight);
    const auto weight = std::ranges::lower_bound(expected, name, {}, &ExpectedTensor::name);
    if (weight == expected.end() || weight->name != name) continue;  // unknown
    if (!may_be_quantised(name)) {
      refuse_tensor(store, *codes.stored,
                    "is a weight in few bits, which are read in the language model's layers only");
    }
    if (!format) {
      refuse_tensor(
          store, *codes.stored,
          "is a weight in few bits, but config.json lacks quantization_config, which says "
          "how they are stored (quant_method, bits, group_size; older folders have it in a "
          "file quantize_config.json or quant_config.json of its own)");
    }
    if (const NamedTensor* const plain = find_tensor(found, name)) {
      refuse_tensor(store, *codes.stored,
                    fmt::format("is there as {}, too; keep one of them", plain->stored->name));
    }
    check_codes(store, *codes.stored, *format, weight->shape);
    for (LayerPart& part : layer_parts(*format, weight->shape[0], weight->shape[1])) {
      parts.push_back(
          {part_name(name, part.name), std::move(part.shape), part.required, part.types});
    }
    add_bias(*weight, expected, parts);
    taken.push_back(std::move(*weight));
    expected.erase(weight);
  }
  if (format && taken.empty()) {
    throw Error(ExitCode::kResource,
                fmt::format("{}: holds no tensor X.qweight, but config.json has a "
                            "quantization_config; config.json and weights are of different models",
                            store.name()));
  }
  expected.insert(expected.end(), std::make_move_iterator(parts.begin()),
                  std::make_move_iterator(parts.end()));
  std::ranges::sort(expected, {}, &ExpectedTensor::name);
  return taken;
}

QuantisedMatrix unpack_weight(const TensorStore& store, const std::vector<NamedTensor>& tensors,
                              const QuantisationFormat& format, const ExpectedTensor& weight) {
  std::vector<StoredPart> parts;
  const std::uint64_t rows = weight.shape[0], columns = weight.shape[1];
  for (const LayerPart& part : layer_parts(format, rows, columns)) {
    const NamedTensor* const tensor = find_tensor(tensors, part_name(weight.name, part.name));
    if (tensor == nullptr) continue;  // one that is not required
    const TensorStore::Tensor& stored = *tensor->stored;
    parts.push_back({part.name, store.file_of(stored), stored.name, stored.view});
  }
  return unpack(format, rows, columns, parts);
}

}  // namespace vernier::engine
