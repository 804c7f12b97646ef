// The tensors of a model by canonical name, all there and of the right shape.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "judges/engine/config/model_config.h"
#include "judges/engine/container/names/expected_tensors.h"
#include "judges/engine/container/tensor_store.h"

namespace vernier::engine {

/// What to do with tensors that the model does not have.
enum class UnknownTensors { kReport, kRefuse };

class ModelTensors {
 public:
  struct Tensor {
    std::string name;  ///< canonical (canonical_name.h)
    const TensorStore::Tensor* stored;
  };

  /// Throws Error(kResource) naming file and tensor for one that is missing, has another shape than
  /// the config says (both are shown), is not of floating point, or is there in two spellings; and
  /// for an unknown one with kRefuse. Values are not read: see check_finite(). The store must
  /// outlive the object.
  ModelTensors(const TensorStore& store, const ModelConfig& config, UnknownTensors unknown);
  /// The same of any model: its family, and the tensors that it has, by name.
  ModelTensors(const TensorStore& store, Family family, std::span<const ExpectedTensor> expected,
               UnknownTensors unknown);

  /// Null where the checkpoint has none: only tensors that are not required (expected_tensors.h).
  const TensorView* find(std::string_view canonical) const;
  /// Throws Error(kInternal) where find() gives none.
  const TensorView& at(std::string_view canonical) const;

  /// By name.
  const std::vector<Tensor>& tensors() const { return tensors_; }
  /// The checkpoint's names of what the model does not have, sorted; tensors of no use
  /// (is_of_no_use) are not among them.
  const std::vector<std::string>& unknown() const { return unknown_; }

  /// Reads all values and throws Error(kResource) for the first tensor that holds NaN or infinity.
  void check_finite() const;

 private:
  const TensorStore& store_;
  std::vector<Tensor> tensors_;
  std::vector<std::string> unknown_;
};

}  // namespace vernier::engine
