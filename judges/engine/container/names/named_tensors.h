// The tensors of a checkpoint under their canonical names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "judges/engine/config/family.h"
#include "judges/engine/container/tensor_store.h"

namespace vernier::engine {

struct NamedTensor {
  std::string name;  ///< canonical (canonical_name.h)
  const TensorStore::Tensor* stored;
};

struct NamedTensors {
  std::vector<NamedTensor> tensors;  ///< by name
  std::vector<const TensorStore::Tensor*> unknown;
};

/// Without those of no use. Throws Error(kResource) for one in two spellings.
NamedTensors named_tensors(const TensorStore& store, Family family);

/// Null where there is none.
const NamedTensor* find_tensor(const std::vector<NamedTensor>& tensors, std::string_view name);

/// Error(kResource) with the file and the checkpoint's name of the tensor.
[[noreturn]] void refuse_tensor(const TensorStore& store, const TensorStore::Tensor& tensor,
                                std::string_view what);

}  // namespace vernier::engine
