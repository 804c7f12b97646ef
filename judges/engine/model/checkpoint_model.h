// A model from a folder as transformers writes it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "judges/engine/container/tensor_store.h"
#include "judges/engine/model/model.h"
#include "judges/engine/model/weights.h"
#include "judges/engine/parts/kept_looks.h"
#include "judges/engine/parts/scale_merger.h"

namespace vernier::engine {

/// Where a model's weights lie: nothing is copied with it.
struct ModelWeights {
  VitWeights tower;
  std::vector<ProjectorStep> projector;
  Vector newline;  ///< LLaVA-NeXT
  LanguageWeights language;
};

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

  ModelWeights weights() const;
  /// Computes with these from now on: its own, or some of those of another model that has the same
  /// shapes, lies on a backend of the same kind and outlives their use. Whoever remembers what was
  /// computed before must forget it (Engine::forget).
  void use(ModelWeights weights);

  /// What look() saw is kept in `looks`, and taken from there: null, as at first, is neither.
  /// Weights of tower and projector must not change meanwhile.
  void keep_looks(KeptLooks* looks) { looks_ = looks; }
  KeptLooks* kept_looks() const { return looks_; }

 private:
  void look_anew(const VisionInput& input, Rows out);
  /// Those of the projected features that become tokens; the last row is for the newline.
  void pick(std::vector<std::uint32_t> from, Rows projected, Rows out);

  ModelConfig config_;
  TensorStore store_;
  ModelTensors tensors_;
  Backend& backend_;
  Vit vit_;
  std::optional<ScaleMerger> scales_;
  Projector projector_;
  LanguageModel language_;
  Vector newline_;
  KeptLooks* looks_ = nullptr;
};

}  // namespace vernier::engine
