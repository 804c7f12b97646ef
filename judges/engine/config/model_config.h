// A vision-language model as its config.json and generation_config.json describe it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "judges/engine/config/family.h"
#include "judges/engine/config/images/grid_points.h"
#include "judges/engine/config/images/tiling_config.h"
#include "judges/engine/config/json/config_file.h"
#include "judges/engine/config/parts/projector_config.h"
#include "judges/engine/config/parts/text_config.h"
#include "judges/engine/config/parts/vision_config.h"
#include "judges/engine/container/values/dtype.h"
#include "judges/engine/quantisation/quantisation_format.h"

namespace vernier::engine {

struct ModelConfig {
  Family family = Family::kLlava;
  VisionConfig vision;
  TextConfig text;
  /// Stands where features of an image go; below text.vocabulary. None: the tokenizer says which
  /// one it is ("<image>").
  std::optional<std::uint32_t> image_token;

  /// After how many of the tower's layers features are taken (0: the embeddings), each up to
  /// vision.layers; several are put side by side. No layer behind the last of them need be run.
  /// Idefics3: after all.
  std::vector<std::uint32_t> feature_layers;
  bool last_norm = false;  ///< features are taken behind the tower's last norm
  /// The first token of the tower, CLIP's class token, is left out; a tower without one loses its
  /// first patch, as in transformers.
  bool drop_first_token = false;

  ProjectorConfig projector;
  bool row_newline = false;               ///< an embedding "image_newline" ends rows of tiles
  std::vector<GridPoint> grid_pinpoints;  ///< LLaVA-NeXT, in the file's order
  TilingConfig tiling;
  /// Texts whose tokens stand around those of each image, of each tile where they are apart.
  std::string image_start, image_end;
  std::string chat_template;  ///< name of a renderer (chat_template.h), where config.json says one

  bool tied = false;           ///< the head is the embedding, where the checkpoint has no head
  std::optional<DType> dtype;  ///< as the file says; the tensors' own are what counts
  std::optional<QuantisationFormat> quantisation;  ///< of weights in few bits, where there are any

  std::vector<std::uint32_t> end_tokens;     ///< any of them ends an answer
  std::optional<std::uint32_t> begin_token;  ///< for prompts, where the tokenizer says so
  std::optional<std::uint32_t> pad_token;

  std::uint32_t layers_run() const;
  /// Channels of a feature as the projector gets it, before neighbours are merged.
  std::uint32_t feature_width() const;
};

/// The files that describe a model.
struct ConfigFiles {
  ConfigFile config;
  std::optional<ConfigFile> generation = {};  ///< generation_config.json
  /// VILA: config.json of its folders, where they have one.
  std::optional<ConfigFile> llm = {}, vision_tower = {}, mm_projector = {};
};

/// Absent keys have the default of their class in transformers 5.24, at every level; spellings of
/// transformers 4 and 5 are read; tokens of generation_config.json come first. Throws
/// Error(kResource) with file, key, value and what is accepted.
ModelConfig read_model_config(const ConfigFiles& files);

/// Reads them from a folder.
ModelConfig load_model_config(const std::string& folder);

}  // namespace vernier::engine
