// The tensors of a checkpoint as the weights of the parts.
#pragma once

#include <cstdint>

#include "judges/engine/backend/backend.h"
#include "judges/engine/config/model_config.h"
#include "judges/engine/container/names/model_tensors.h"
#include "judges/engine/parts/language/language_model.h"
#include "judges/engine/parts/projector.h"
#include "judges/engine/parts/vit.h"

namespace vernier::engine {

/// Without what is to be taken of the tower.
VitShape vit_shape(const VisionConfig& vision);
VitShape vit_shape(const ModelConfig& config);
/// The first `layers` of the tower; `last_norm`: and the norm behind them.
VitWeights vit_weights(std::uint32_t layers, bool last_norm, const ModelTensors& tensors,
                       Backend& backend);
VitWeights vit_weights(const ModelConfig& config, const ModelTensors& tensors, Backend& backend);

Projector make_projector(const ModelConfig& config, const ModelTensors& tensors, Backend& backend);

LanguageShape language_shape(const TextConfig& text);
LanguageWeights language_weights(const ModelConfig& config, const ModelTensors& tensors,
                                 Backend& backend);
Rope make_rope(const TextConfig& text);

}  // namespace vernier::engine
