// The tensors of a model by canonical name, all there and of the right shape.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "judges/engine/config/model_config.h"
#include "judges/engine/container/names/expected_tensors.h"
#include "judges/engine/container/names/named_tensors.h"
#include "judges/engine/container/tensor_store.h"
#include "judges/engine/quantisation/quantised_matrix.h"

namespace vernier::engine {

/// What to do with tensors that the model does not have.
enum class UnknownTensors { kReport, kRefuse };

/// Weights of the language model's layers, and its head, may be in few bits (quantised_weights.h):
/// tensors() has llm.layers.0.mlp.up_proj.qweight, .scales, ... then, and no .weight.
class ModelTensors {
 public:
  using Tensor = NamedTensor;

  /// Throws Error(kResource) naming file and tensor for one that is missing, has another shape than
  /// the config says (both are shown), is not of floating point, or is there in two spellings; for
  /// weights in few bits as take_quantised() does; and for an unknown tensor with kRefuse. Values
  /// are not read: see check_finite(). The store must outlive the object.
  ModelTensors(const TensorStore& store, const ModelConfig& config, UnknownTensors unknown);
  /// The same of any model: its family, and the tensors that it has, by name.
  ModelTensors(const TensorStore& store, Family family, std::vector<ExpectedTensor> expected,
               UnknownTensors unknown,
               const std::optional<QuantisationFormat>& format = std::nullopt);

  /// Null where the checkpoint has none: only tensors that are not required (expected_tensors.h).
  const TensorView* find(std::string_view canonical) const;
  /// Throws Error(kInternal) where find() gives none.
  const TensorView& at(std::string_view canonical) const;

  /// Whether the checkpoint has the weight ("....weight") in few bits.
  bool is_quantised(std::string_view canonical) const;
  /// Unpacks it, anew at each call: a model's weights are many times as large unpacked. Throws
  /// Error(kResource) for values that cannot be (layout.h).
  QuantisedMatrix quantised(std::string_view canonical) const;
  /// Of all that are; nothing for plain checkpoints.
  const std::optional<QuantisationFormat>& quantisation() const { return format_; }

  const TensorStore& store() const { return store_; }
  /// By name.
  const std::vector<Tensor>& tensors() const { return tensors_; }
  /// The checkpoint's names of what the model does not have, sorted; tensors of no use
  /// (is_of_no_use) are not among them.
  const std::vector<std::string>& unknown() const { return unknown_; }

  /// Reads all values and throws Error(kResource) for the first tensor that holds NaN or infinity.
  void check_finite() const;

 private:
  const ExpectedTensor* find_quantised(std::string_view canonical) const;

  const TensorStore& store_;
  std::optional<QuantisationFormat> format_;
  std::vector<ExpectedTensor> quantised_;  // weights, by name
  std::vector<Tensor> tensors_;
  std::vector<std::string> unknown_;
};

}  // namespace vernier::engine
