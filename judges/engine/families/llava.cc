// LLaVA 1.5 and LLaVA-NeXT (Liu et al. 2023, arXiv 2310.03744), as transformers stores them.
#include <fmt/format.h>

#include <array>
#include <string>

#include "judges/engine/config/limits.h"
#include "judges/engine/families/profile.h"
#include "judges/engine/families/read_parts.h"

namespace vernier::engine {
namespace {

constexpr std::array kNames = {
    NameRewrite{"model.vision_tower.vision_tower.vision_model.", "vit."},
    NameRewrite{"model.vision_tower.vision_model.", "vit."},
    NameRewrite{"model.vision_tower.", "vit."},
    NameRewrite{"vision_tower.vision_model.", "vit."},
    NameRewrite{"vision_tower.", "vit."},
    NameRewrite{"model.multi_modal_projector.linear_1.", "proj.0."},
    NameRewrite{"model.multi_modal_projector.linear_2.", "proj.2."},
    NameRewrite{"multi_modal_projector.linear_1.", "proj.0."},
    NameRewrite{"multi_modal_projector.linear_2.", "proj.2."},
    NameRewrite{"model.mm_projector.", "proj."},
    NameRewrite{"model.image_newline", "image_newline", true},
    NameRewrite{"image_newline", "image_newline", true},
    NameRewrite{"language_model.lm_head.", "lm_head."},
    NameRewrite{"lm_head.", "lm_head."},
    NameRewrite{"language_model.model.", "llm."},
    NameRewrite{"model.language_model.", "llm."},
    NameRewrite{"model.", "llm."},
};

constexpr std::array<std::string_view, 4> kPlainModules = {
    "vision_tower", "model.vision_tower", "multi_modal_projector", "model.multi_modal_projector"};

constexpr std::array kProcessors = {ImageProcessorKind::kClip, ImageProcessorKind::kSiglip};
constexpr std::array kNextProcessors = {ImageProcessorKind::kLlavaNext};

bool is_of_type(const ConfigFiles& files, std::string_view type) {
  const ConfigObject top(files.config);
  // The research code's own checkpoints call themselves "llava" too, and so do folders of VILA.
  return top.text("model_type") == type && !top.has("mm_projector_type") &&
         !kVilaProfile.describes(files);
}

void read_features(const ConfigObject& top, ModelConfig& config) {
  const std::int64_t layers = config.vision.layers;
  const auto chosen =
      top.wholes("vision_feature_layer", {-layers - 1, layers}, limits::kFeatureLayers)
          .value_or(std::vector<std::int64_t>{-2});
  if (chosen.empty()) top.refuse("vision_feature_layer", "a layer or a list of layers");
  for (const std::int64_t layer : chosen) {
    config.feature_layers.push_back(layer_number(layer, config.vision.layers));
  }
  const auto strategy = top.text("vision_feature_select_strategy").value_or("default");
  config.drop_first_token = strategy == "default";
  if (!config.drop_first_token && strategy != "full") {
    top.refuse("vision_feature_select_strategy", "default or full");
  }
  if (config.drop_first_token && config.vision.tokens() == 1) {
    top.refuse("vision_feature_select_strategy", "full: the image has one token");
  }
}

void read_image_token(const ConfigObject& top, ModelConfig& config) {
  // Later files have both, earlier ones image_token_index.
  const bool index_is_there = top.has("image_token_index");
  const auto other = top.whole("image_token_id", limits::kToken);
  const auto index = top.whole("image_token_index", limits::kToken);
  if (other && index && *other != *index) {
    top.refuse("image_token_id", fmt::format("image_token_index {}", *index));
  }
  set_image_token(top, index_is_there ? "image_token_index" : "image_token_id", 32000, config);
}

void read(const ConfigFiles& files, ModelConfig& config) {
  const ConfigObject top(files.config);
  const ConfigObject vision = top.object("vision_config"), text = top.object("text_config");
  config.vision =
      read_vision_config(vision, vision.present() ? tower_of_type(vision) : kClipLargeTower);
  config.text = read_text_config(text);
  read_features(top, config);
  const Activation activation = read_activation(top, "projector_hidden_act", Activation::kGelu);
  const bool bias = top.flag("multimodal_projector_bias", true);
  const std::uint32_t width = config.text.width;
  config.projector.layers = {linear_layer("0", config.feature_width(), width, bias),
                             activation_layer(activation), linear_layer("2", width, width, bias)};
  // The language model's word counts as well.
  config.tied = top.flag("tie_word_embeddings", false) || config.text.tied;
  read_image_token(top, config);
  read_rest(files, text, true, config);
}

void read_next(const ConfigFiles& files, ModelConfig& config) {
  read(files, config);
  config.row_newline = true;
  config.grid_pinpoints = read_grid_points(ConfigObject(files.config));
}

std::string expansion(const VisionInput& input, std::string_view token) {
  return repeated(token, input.tokens);
}

}  // namespace

constinit const FamilyProfile kLlavaProfile = {
    .family = Family::kLlava,
    .describes = [](const ConfigFiles& files) { return is_of_type(files, "llava"); },
    .read = read,
    .names = kNames,
    .plain_modules = kPlainModules,
    .processors = kProcessors,
    .processor_names = "CLIP-, Llava- or SiglipImageProcessor",
    .expansion = expansion,
};

constinit const FamilyProfile kLlavaNextProfile = {
    .family = Family::kLlavaNext,
    .describes = [](const ConfigFiles& files) { return is_of_type(files, "llava_next"); },
    .read = read_next,
    .names = kNames,
    .plain_modules = kPlainModules,
    .processors = kNextProcessors,
    .processor_names = "LlavaNextImageProcessor",
    .expansion = expansion,
};

}  // namespace vernier::engine
