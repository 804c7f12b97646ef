#include "judges/engine/container/names/named_tensors.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/error.h"
#include "base/printable.h"
#include "judges/engine/container/names/canonical_name.h"

namespace vernier::engine {

NamedTensors named_tensors(const TensorStore& store, Family family) {
  NamedTensors out;
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
  std::ranges::sort(out.tensors, {}, &NamedTensor::name);
  const auto twice = std::ranges::adjacent_find(out.tensors, {}, &NamedTensor::name);
  if (twice != out.tensors.end()) {
    refuse_tensor(store, *twice->stored,
                  fmt::format("is there as {}, too; keep one of them",
                              printable(std::next(twice)->stored->name)));
  }
  return out;
}

const NamedTensor* find_tensor(const std::vector<NamedTensor>& tensors, std::string_view name) {
  const auto place = std::ranges::lower_bound(tensors, name, {}, &NamedTensor::name);
  return place != tensors.end() && place->name == name ? &*place : nullptr;
}

void refuse_tensor(const TensorStore& store, const TensorStore::Tensor& tensor,
                   std::string_view what) {
  throw Error(ExitCode::kResource,
              fmt::format("{}: tensor {} {}", store.file_of(tensor), printable(tensor.name), what));
}

}  // namespace vernier::engine
