#include "judges/engine/container/names/model_tensors.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "base/printable.h"
#include "judges/engine/container/names/quantised_weights.h"
#include "judges/engine/container/values/finite.h"

namespace vernier::engine {
namespace {

void check(const TensorStore& store, const ExpectedTensor& expected,
           const TensorStore::Tensor& found) {
  if (found.view.shape != expected.shape) {
    refuse_tensor(
        store, found,
        fmt::format("has shape {}, expected {}; config.json and weights are of different models",
                    text_of(found.view.shape), text_of(expected.shape)));
  }
  if (expected.types.empty()
          ? is_float(found.view.dtype)
          : std::ranges::find(expected.types, found.view.dtype) != expected.types.end()) {
    return;
  }
  std::vector<std::string_view> names;
  for (const DType type : expected.types) names.push_back(name_of(type));
  refuse_tensor(
      store, found,
      fmt::format("has dtype {}, expected {}", name_of(found.view.dtype),
                  names.empty() ? "F32, F16, BF16 or F64; weights in few bits are read as "
                                  "AWQ and GPTQ store them (X.qweight)"
                                : fmt::format("{}", fmt::join(names, " or "))));
}

[[noreturn]] void fail_missing(const TensorStore& store, const std::string& name) {
  throw Error(ExitCode::kResource,
              fmt::format("{}: lacks tensor {}{}", store.name(), name,
                          name == "lm_head.weight"
                              ? ", and config.json does not say \"tie_word_embeddings\": true"
                              : "; config.json and weights are of different models, or a file is "
                                "missing"));
}

}  // namespace

ModelTensors::ModelTensors(const TensorStore& store, const ModelConfig& config,
                           UnknownTensors unknown)
    : ModelTensors(store, config.family, expected_tensors(config), unknown, config.quantisation) {}

ModelTensors::ModelTensors(const TensorStore& store, Family family,
                           std::vector<ExpectedTensor> expected, UnknownTensors unknown,
                           const std::optional<QuantisationFormat>& format)
    : store_(store), format_(format) {
  NamedTensors found = named_tensors(store, family);
  quantised_ = take_quantised(store, found.tensors, format, expected);
  auto next = expected.begin();
  for (Tensor& tensor : found.tensors) {
    for (; next != expected.end() && next->name < tensor.name; ++next) {
      if (next->required) fail_missing(store, next->name);
    }
    if (next == expected.end() || next->name != tensor.name) {
      found.unknown.push_back(tensor.stored);
      continue;
    }
    check(store, *next++, *tensor.stored);
    tensors_.push_back(std::move(tensor));
  }
  for (; next != expected.end(); ++next) {
    if (next->required) fail_missing(store, next->name);
  }
  std::ranges::sort(found.unknown, {}, &TensorStore::Tensor::name);
  if (unknown == UnknownTensors::kRefuse && !found.unknown.empty()) {
    const TensorStore::Tensor& first = *found.unknown.front();
    refuse_tensor(
        store, first,
        fmt::format("belongs to no part of the model ({} such tensors)", found.unknown.size()));
  }
  unknown_.reserve(found.unknown.size());
  for (const TensorStore::Tensor* tensor : found.unknown) unknown_.push_back(tensor->name);
}

const TensorView* ModelTensors::find(std::string_view canonical) const {
  const Tensor* const tensor = find_tensor(tensors_, canonical);
  return tensor == nullptr ? nullptr : &tensor->stored->view;
}

const ExpectedTensor* ModelTensors::find_quantised(std::string_view canonical) const {
  const auto place = std::ranges::lower_bound(quantised_, canonical, {}, &ExpectedTensor::name);
  return place != quantised_.end() && place->name == canonical ? &*place : nullptr;
}

bool ModelTensors::is_quantised(std::string_view canonical) const {
  return find_quantised(canonical) != nullptr;
}

QuantisedMatrix ModelTensors::quantised(std::string_view canonical) const {
  const ExpectedTensor* const weight = find_quantised(canonical);
  if (weight == nullptr) {
    throw Error(ExitCode::kInternal,
                fmt::format("{}: no weight {} in few bits", store_.name(), printable(canonical)));
  }
  return unpack_weight(store_, tensors_, *format_, *weight);
}

const TensorView& ModelTensors::at(std::string_view canonical) const {
  const TensorView* const view = find(canonical);
  if (view != nullptr) return *view;
  throw Error(ExitCode::kInternal,
              fmt::format("{}: no tensor {}", store_.name(), printable(canonical)));
}

void ModelTensors::check_finite() const {
  for (const Tensor& tensor : tensors_) {
    engine::check_finite(store_.file_of(*tensor.stored), tensor.stored->name, tensor.stored->view);
  }
}

}  // namespace vernier::engine
