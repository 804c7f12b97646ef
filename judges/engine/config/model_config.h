// A vision-language model as its config.json and generation_config.json describe it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "judges/engine/config/family.h"
#include "judges/engine/config/images/grid_points.h"
#include "judges/engine/config/json/config_file.h"
#include "judges/engine/config/parts/text_config.h"
#include "judges/engine/config/parts/vision_config.h"
#include "judges/engine/container/values/dtype.h"
#include "judges/engine/quantisation/quantisation_format.h"

namespace vernier::engine {

struct ModelConfig {
  Family family = Family::kLlava;
  VisionConfig vision;
  TextConfig text;
  std::uint32_t image_token = 0;  ///< stands where features of an image go; below text.vocabulary

  /// After how many of the tower's layers features are taken (0: the embeddings), each up to
  /// vision.layers; several are put side by side. No layer behind the last of them need be run.
  /// Idefics3: after all, and the last norm.
  std::vector<std::uint32_t> feature_layers;
  /// LLaVA's select strategy "default": the first token of the tower, CLIP's class token, is left
  /// out; a tower without one loses its first patch, as in transformers.
  bool drop_first_token = false;

  Activation projector_activation = Activation::kGelu;  ///< LLaVA: between its two layers
  bool projector_bias = true;
  /// Idefics3: merge x merge features become one token; LLaVA: 1. Divides vision.side().
  std::uint32_t merge = 1;
  std::vector<GridPoint> grid_pinpoints;  ///< LLaVA-NeXT, in the file's order

  bool tied = false;           ///< the head is the embedding, where the checkpoint has no head
  std::optional<DType> dtype;  ///< as the file says; the tensors' own are what counts
  std::optional<QuantisationFormat> quantisation;  ///< of weights in few bits, where there are any

  std::vector<std::uint32_t> end_tokens;     ///< any of them ends an answer
  std::optional<std::uint32_t> begin_token;  ///< for prompts, where the tokenizer says so
  std::optional<std::uint32_t> pad_token;

  std::uint32_t layers_run() const;
  /// Channels of a feature as the projector sees it.
  std::uint32_t feature_width() const;
};

/// Reads config.json. Absent keys have the default of their class in transformers 5.24, at every
/// level; spellings of transformers 4 and 5 are read. `generation`: generation_config.json, whose
/// tokens come first. Throws Error(kResource) with file, key, value and what is accepted.
ModelConfig read_model_config(const ConfigFile& config,
                              const std::optional<ConfigFile>& generation);

/// Reads both from a folder.
ModelConfig load_model_config(const std::string& folder);

}  // namespace vernier::engine
