// Idefics3 and SmolVLM, which differ in names only (Laurençon et al. 2024, arXiv 2408.12637;
// Marafioti et al. 2025, arXiv 2504.05299).
#include <fmt/format.h>

#include <array>
#include <string>

#include "judges/engine/config/limits.h"
#include "judges/engine/families/profile.h"
#include "judges/engine/families/read_parts.h"

namespace vernier::engine {
namespace {

constexpr std::array kNames = {
    NameRewrite{"model.vision_model.", "vit."},
    NameRewrite{"model.connector.modality_projection.proj.", "proj.0."},
    NameRewrite{"model.text_model.", "llm."},
    NameRewrite{"lm_head.", "lm_head."},
};

constexpr std::array<std::string_view, 4> kPlainModules = {"vision_model", "model.vision_model",
                                                           "connector", "model.connector"};

constexpr std::array kProcessors = {ImageProcessorKind::kIdefics3};

constexpr std::string_view kAround = "<fake_token_around_image>", kGlobal = "<global-img>";
constexpr std::array kMarkers = {kAround, kGlobal};

void read(const ConfigFiles& files, ModelConfig& config) {
  const ConfigObject top(files.config);
  const ConfigObject vision = top.object("vision_config"), text = top.object("text_config");
  // transformers does not look at the tower's type either; early files say "idefics3".
  config.vision = read_vision_config(vision, kIdefics3Tower);
  config.text = read_text_config(text, 1e-5);
  config.feature_layers = {config.vision.layers};
  config.last_norm = true;
  const std::uint32_t merge = top.whole("scale_factor", 2, limits::kMerge);
  if (config.vision.side() % merge != 0) {
    top.refuse("scale_factor",
               fmt::format("a divisor of the {} patches of an image's side", config.vision.side()));
  }
  config.projector.merge = merge;
  config.projector.layers = {
      linear_layer("0", config.feature_width() * merge * merge, config.text.width, false)};
  config.tied = top.flag("tie_word_embeddings", false);
  set_image_token(top, "image_token_id", 128257, config);
  // Its own pad_token_id is a left-over of another vocabulary.
  read_rest(files, text, false, config);
}

bool is_of_type(const ConfigFiles& files, std::string_view type) {
  return ConfigObject(files.config).text("model_type") == type;
}

std::string expansion(const VisionInput& input, std::string_view token) {
  const std::string tile = repeated(token, input.tokens / input.tiles);
  std::string out;
  for (std::size_t r = 1; r <= input.rows; ++r) {
    for (std::size_t c = 1; c <= input.columns; ++c) {
      out += fmt::format("{}<row_{}_col_{}>{}", kAround, r, c, tile);
    }
    out += '\n';
  }
  if (input.rows > 0) out += '\n';
  out += fmt::format("{}{}{}{}", kAround, kGlobal, tile, kAround);
  return out;
}

constexpr FamilyProfile profile(Family family, bool (*describes)(const ConfigFiles&)) {
  return {
      .family = family,
      .describes = describes,
      .read = read,
      .names = kNames,
      .plain_modules = kPlainModules,
      .processors = kProcessors,
      .processor_names = "Idefics3- or SmolVLMImageProcessor",
      .expansion = expansion,
      .markers = kMarkers,
  };
}

}  // namespace

constinit const FamilyProfile kIdefics3Profile = profile(
    Family::kIdefics3, [](const ConfigFiles& files) { return is_of_type(files, "idefics3"); });

constinit const FamilyProfile kSmolVlmProfile = profile(
    Family::kSmolVlm, [](const ConfigFiles& files) { return is_of_type(files, "smolvlm"); });

}  // namespace vernier::engine
