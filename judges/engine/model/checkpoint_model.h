// A model from a folder as transformers writes it.
#pragma once

#include <memory>
#include <string>

#include "judges/engine/container/tensor_store.h"
#include "judges/engine/model/model.h"
#include "judges/engine/model/weights.h"

namespace vernier::engine {

class CheckpointModel final : public Model {
 public:
  /// Throws Error(kResource) for tensors that are missing or of the wrong shape. Weights are not
  /// read before they are used.
  CheckpointModel(const ModelConfig& config, TensorStore store, Backend& backend,
                  UnknownTensors unknown = UnknownTensors::kReport);

  Backend& backend() override { return backend_; }
  LanguageModel& language() override { return language_; }
  std::size_t context() const override { return config_.text.positions; }
  void look(const VisionInput& input, Rows out) override;

  const ModelConfig& config() const { return config_; }
  const ModelTensors& tensors() const { return tensors_; }

 private:
  ModelConfig config_;
  TensorStore store_;
  ModelTensors tensors_;
  Backend& backend_;
  Vit vit_;
  Projector projector_;
  LanguageModel language_;
  Vector newline_;
};

}  // namespace vernier::engine
