// VILA-1.5, NVILA and NVILA-Lite (Lin et al. 2023, arXiv 2312.07533; Liu et al. 2024, arXiv
// 2412.04468): a folder with a folder each for the language model, the tower and the projector.
#include <fmt/format.h>

#include <array>
#include <string>

#include "judges/engine/config/limits.h"
#include "judges/engine/config/quantisation_config.h"
#include "judges/engine/families/profile.h"
#include "judges/engine/families/read_parts.h"
#include "judges/engine/families/vila/vila_parts.h"

namespace vernier::engine {
namespace {

/// Behind the names of the folders.
constexpr std::array kNames = {
    NameRewrite{"vision_tower.vision_model.", "vit."},
    NameRewrite{"vision_tower.", "vit."},
    NameRewrite{"mm_projector.layers.weight", "proj.0.weight", true},  // one layer has no number
    NameRewrite{"mm_projector.layers.bias", "proj.0.bias", true},
    NameRewrite{"mm_projector.layers.", "proj."},
    NameRewrite{"llm.lm_head.", "lm_head."},
    NameRewrite{"llm.model.", "llm."},
};

constexpr std::array kProcessors = {ImageProcessorKind::kSiglip, ImageProcessorKind::kClip};
constexpr std::array<std::string_view, 1> kAddedTokens = {"<image>"};

bool describes(const ConfigFiles& files) {
  const ConfigObject top(files.config);
  const std::string type = top.text("model_type").value_or("");
  const bool named = type == "llava_llama" || type == "llava_qwen2" || type == "llava_mistral" ||
                     type == "llava" || type == "vila";
  return named && (files.llm.has_value() || top.has("llm_cfg"));
}

/// The config of one of the three: of its folder, else inside config.json.
ConfigObject part_of(const ConfigFiles& files, const std::optional<ConfigFile>& own,
                     std::string_view folder) {
  if (own) return ConfigObject(*own);
  const ConfigObject top(files.config);
  const std::string key = fmt::format("{}_cfg", folder);
  if (!top.is_object(key)) {
    top.refuse(key, fmt::format("an object, or a folder {} with config.json", folder));
  }
  return top.object(key);
}

/// A layer and which of its tokens count.
void read_features(const ConfigObject& top, ModelConfig& config) {
  const std::int64_t layers = config.vision.layers;
  const std::int64_t layer =
      top.whole("mm_vision_select_layer", Range{-layers - 1, layers}).value_or(-2);
  config.feature_layers = {layer_number(layer, config.vision.layers)};
  const std::string feature = top.text("mm_vision_select_feature").value_or("patch");
  if (feature != "patch" && feature != "cls_patch") {
    top.refuse("mm_vision_select_feature", "patch or cls_patch");
  }
  config.drop_first_token = feature == "patch";
  if (config.drop_first_token != config.vision.has_class_token()) {
    top.refuse("mm_vision_select_feature", config.vision.has_class_token()
                                               ? "patch: the tower has a class token"
                                               : "cls_patch: the tower has no class token");
  }
}

/// What newer code puts around the features of each image.
void read_image_encoder(const ConfigFiles& files, ModelConfig& config) {
  constexpr std::string_view kKey = "image_encoder";
  const ConfigObject top(files.config);
  if (!top.has(kKey)) return;
  const auto read = [&](const ConfigObject& encoder) {
    if (!encoder.text("_target_").value_or("").ends_with(".BasicImageEncoder")) {
      encoder.refuse("_target_", "llava.model.encoders.BasicImageEncoder");
    }
    config.image_start = encoder.text("start_tokens").value_or("");
    config.image_end =
        encoder.is_null("end_tokens") ? std::string() : encoder.text("end_tokens").value_or("\n");
  };
  if (top.is_object(kKey)) return read(top.object(kKey));
  const ConfigFile inside(*top.text(kKey), fmt::format("{}: {}", files.config.name(), kKey));
  read(ConfigObject(inside));
}

void refuse_other_kinds(const ConfigObject& top) {
  const auto refuse = [&](std::string_view key, std::string_view why) {
    if (top.flag(key, false)) top.refuse(key, why);
  };
  refuse("s2", "false: of the ways to see a picture at several scales dynamic_s2 is read");
  refuse("ps3", "false: VILA-HD's tower is not read");
  refuse("mm_use_im_start_end", "false");
}

void read_chat_template_name(const ConfigObject& top, ModelConfig& config) {
  const auto name = top.text("chat_template");
  if (!name) return;
  if (*name != "qwen2") top.refuse("chat_template", "qwen2, or null: the tokenizer's own");
  config.chat_template = "nvila";
}

void read(const ConfigFiles& files, ModelConfig& config) {
  const ConfigObject top(files.config);
  const ConfigObject llm = part_of(files, files.llm, "llm");
  const ConfigObject tower = part_of(files, files.vision_tower, "vision_tower");
  const ConfigObject projector = part_of(files, files.mm_projector, "mm_projector");
  refuse_other_kinds(top);
  config.vision = read_vision_config(tower, tower_of_type(tower));
  config.text = read_text_config(llm);
  read_features(top, config);
  config.tiling = read_vila_tiling(top, config.vision);
  config.projector = read_vila_projector(projector, config.feature_width(), config.text.width);
  read_image_encoder(files, config);
  read_chat_template_name(top, config);
  config.tied = config.text.tied;
  config.dtype = read_dtype(top, {"model_dtype"});
  if (!config.dtype) config.dtype = read_dtype(llm, {"dtype", "torch_dtype"});
  config.quantisation = read_quantisation_config(llm, llm);
  const ConfigObject generation =
      files.generation ? ConfigObject(*files.generation) : ConfigObject::absent(files.config);
  const std::vector<const ConfigObject*> places = {&generation, &llm};
  read_special_tokens(places, places, llm, config);
}

std::string expansion(const VisionInput& input, std::string_view token) {
  std::string part = repeated(token, input.tokens / input.parts);
  if (input.lines) part += '\n';
  return repeated(part, input.parts);
}

/// NVILA's folders have a template. For VILA-1.5 its own code chooses by the folder's name, among
/// the conversations that it was trained on; their tokenizers tell them apart as well.
std::string_view usual_template(const ModelConfig& config, const Tokenizer& tokenizer) {
  if (config.text.kind == TextKind::kQwen2) return "nvila";
  if (tokenizer.id_of("<|eot_id|>")) return "llama-3";
  return tokenizer.id_of("<|im_start|>") ? "hermes-2" : "vicuna-v1";
}

}  // namespace

constinit const FamilyProfile kVilaProfile = {
    .family = Family::kVila,
    .describes = describes,
    .read = read,
    .text_folder = "llm",
    .vision_folder = "vision_tower",
    .names = kNames,
    .processors = kProcessors,
    .processor_names = "Siglip- or CLIPImageProcessor",
    .drops_alpha = true,
    .expansion = expansion,
    .added_tokens = kAddedTokens,
    .usual_template = usual_template,
    .follows_template = true,
};

}  // namespace vernier::engine
