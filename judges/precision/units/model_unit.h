// The units of a model that can have the weights of another checkpoint of the same shape.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "judges/engine/model/checkpoint_model.h"

namespace vernier::logits {

/// In the order in which they are computed.
enum class UnitKind : std::uint8_t {
  kTowerEmbeddings,  ///< patches, positions, class token, and the norm before the layers
  kTowerLayer,
  kTowerNorm,  ///< behind the layers, where it is run
  kProjector,  ///< with the embedding that ends a row (LLaVA-NeXT)
  kEmbedding,  ///< of tokens that are read
  kAttention,  ///< of a layer of the language model, with the norm before it
  kMlp,        ///< with the norm before it
  kHead,       ///< with the last norm; the embedding's table where it is tied
};

struct ModelUnit {
  UnitKind kind = UnitKind::kHead;
  std::uint32_t layer = 0;  ///< from 0, as in tensors' names

  bool operator==(const ModelUnit&) const = default;
  /// Is it behind what is seen in a picture?
  bool of_language() const { return kind >= UnitKind::kEmbedding; }
};

/// For people: "vision layer 0", "language layer 3, mlp".
std::string name_of(const ModelUnit& unit);

/// In the order in which they are computed.
std::vector<ModelUnit> units_of(const engine::ModelConfig& config);

/// Those whose stored tensors differ in names, types or bytes, or that have weights in few bits in
/// another format; nothing is computed. Throws
/// Error(kIncomplete), saying in what they differ, for models of different shapes.
std::vector<ModelUnit> differing_units(const engine::CheckpointModel& a,
                                       const engine::CheckpointModel& b);

}  // namespace vernier::logits
