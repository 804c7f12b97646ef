#include "judges/engine/container/names/model_tensors.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/printable.h"
#include "judges/engine/container/names/canonical_name.h"
#include "judges/engine/container/values/finite.h"

namespace vernier::engine {
namespace {

using Tensor = ModelTensors::Tensor;

[[noreturn]] void fail(const std::string& file, std::string_view tensor, const std::string& what) {
  throw Error(ExitCode::kResource, fmt::format("{}: tensor {} {}", file, printable(tensor), what));
}

/// What canonical names a checkpoint has, and what has none.
struct Named {
  std::vector<Tensor> tensors;  // by name
  std::vector<const TensorStore::Tensor*> unknown;
};

Named named(const TensorStore& store, Family family) {
  Named out;
  out.tensors.reserve(store.tensors().size());
  for (const TensorStore::Tensor& stored : store.tensors()) {
    if (is_of_no_use(stored.name, family)) continue;
    std::string name = canonical_name(family, stored.name);
    if (name.empty()) {
      out.unknown.push_back(&stored);
    } else {
      out.tensors.push_back({std::move(name), &stored});
    }
  }
  std::ranges::sort(out.tensors, {}, &Tensor::name);
  const auto twice = std::ranges::adjacent_find(out.tensors, {}, &Tensor::name);
  if (twice != out.tensors.end()) {
    fail(store.file_of(*twice->stored), twice->stored->name,
         fmt::format("is there as {}, too; keep one of them",
                     printable(std::next(twice)->stored->name)));
  }
  return out;
}

void check(const TensorStore& store, const ExpectedTensor& expected,
           const TensorStore::Tensor& found) {
  if (found.view.shape != expected.shape) {
    fail(store.file_of(found), found.name,
         fmt::format("has shape {}, expected {}; config.json and weights are of different models",
                     text_of(found.view.shape), text_of(expected.shape)));
  }
  if (!is_float(found.view.dtype)) {
    fail(store.file_of(found), found.name,
         fmt::format("has dtype {}, expected F32, F16, BF16 or F64; quantised checkpoints of other "
                     "tools are not read",
                     name_of(found.view.dtype)));
  }
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
    : ModelTensors(store, config.family, expected_tensors(config), unknown) {}

ModelTensors::ModelTensors(const TensorStore& store, Family family,
                           std::span<const ExpectedTensor> expected, UnknownTensors unknown)
    : store_(store) {
  Named found = named(store, family);
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
    fail(store.file_of(first), first.name,
         fmt::format("belongs to no part of the model ({} such tensors)", found.unknown.size()));
  }
  unknown_.reserve(found.unknown.size());
  for (const TensorStore::Tensor* tensor : found.unknown) unknown_.push_back(tensor->name);
}

const TensorView* ModelTensors::find(std::string_view canonical) const {
  const auto place = std::ranges::lower_bound(tensors_, canonical, {}, &Tensor::name);
  return place != tensors_.end() && place->name == canonical ? &place->stored->view : nullptr;
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
