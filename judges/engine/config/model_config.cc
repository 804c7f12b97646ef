#include "judges/engine/config/model_config.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string_view>

#include "judges/engine/config/json/config_object.h"
#include "judges/engine/config/limits.h"
#include "judges/engine/config/quantisation_config.h"

namespace vernier::engine {
namespace {

Family read_family(const ConfigObject& top) {
  constexpr std::string_view kSupported = "llava, llava_next, idefics3 or smolvlm";
  // The research code's own checkpoints call themselves "llava" too, but describe a language model.
  if (top.has("mm_projector_type")) {
    top.refuse("mm_projector_type",
               "a checkpoint for transformers (names often end in -hf), not of the original LLaVA");
  }
  const std::string type = top.text("model_type").value_or("");
  if (type == "llava") return Family::kLlava;
  if (type == "llava_next") return Family::kLlavaNext;
  if (type == "idefics3") return Family::kIdefics3;
  if (type == "smolvlm") return Family::kSmolVlm;
  top.refuse("model_type", kSupported);
}

std::uint32_t read_image_token(const ConfigObject& top, const ModelConfig& config) {
  std::string_view key = "image_token_id";
  std::uint32_t absent = 128257;
  if (!is_idefics(config.family)) {
    absent = 32000;
    // Later files have both, earlier ones image_token_index.
    if (top.has("image_token_index")) key = "image_token_index";
    const auto other = top.whole("image_token_id", limits::kToken);
    const auto index = top.whole("image_token_index", limits::kToken);
    if (other && index && *other != *index) {
      top.refuse("image_token_id", fmt::format("image_token_index {}", *index));
    }
  }
  const std::uint32_t token = top.whole(key, absent, limits::kToken);
  if (token >= config.text.vocabulary) {
    top.refuse(key, fmt::format("a token below text_config.vocab_size {} (it is {})",
                                config.text.vocabulary, token));
  }
  return token;
}

void read_llava(const ConfigObject& top, ModelConfig& config) {
  const std::int64_t layers = config.vision.layers;
  const auto chosen =
      top.wholes("vision_feature_layer", {-layers - 1, layers}, limits::kFeatureLayers)
          .value_or(std::vector<std::int64_t>{-2});
  if (chosen.empty()) top.refuse("vision_feature_layer", "a layer or a list of layers");
  config.feature_layers.reserve(chosen.size());
  for (const std::int64_t layer : chosen) {
    config.feature_layers.push_back(
        static_cast<std::uint32_t>(layer < 0 ? layers + 1 + layer : layer));
  }
  const auto strategy = top.text("vision_feature_select_strategy").value_or("default");
  config.drop_first_token = strategy == "default";
  if (!config.drop_first_token && strategy != "full") {
    top.refuse("vision_feature_select_strategy", "default or full");
  }
  if (config.drop_first_token && config.vision.tokens() == 1) {
    top.refuse("vision_feature_select_strategy", "full: the image has one token");
  }
  config.projector_activation = read_activation(top, "projector_hidden_act", Activation::kGelu);
  config.projector_bias = top.flag("multimodal_projector_bias", true);
}

void read_idefics3(const ConfigObject& top, ModelConfig& config) {
  config.feature_layers = {config.vision.layers};
  config.projector_bias = false;
  config.merge = top.whole("scale_factor", 2, limits::kMerge);
  if (config.vision.side() % config.merge != 0) {
    top.refuse("scale_factor",
               fmt::format("a divisor of the {} patches of an image's side", config.vision.side()));
  }
}

std::optional<DType> read_dtype(const ConfigObject& object) {
  const std::string_view key = object.has("dtype") ? "dtype" : "torch_dtype";
  auto name = object.text(key);
  if (!name) return std::nullopt;
  constexpr std::string_view kPrefix = "torch.";
  if (name->starts_with(kPrefix)) name->erase(0, kPrefix.size());
  if (*name == "float16") return DType::kF16;
  if (*name == "bfloat16") return DType::kBf16;
  if (*name == "float32") return DType::kF32;
  object.refuse(key, "float16, bfloat16 or float32");
}

/// The tokens under `key` from the first of the files and parts that has any.
std::vector<std::uint32_t> read_tokens(std::string_view key,
                                       const std::vector<const ConfigObject*>& places) {
  for (const ConfigObject* place : places) {
    const auto tokens = place->wholes(key, limits::kToken, limits::kEndTokens);
    if (tokens) return {tokens->begin(), tokens->end()};
  }
  return {};
}

void read_special_tokens(const ConfigObject& generation, const ConfigObject& top,
                         const ConfigObject& text, ModelConfig& config) {
  const auto first = [](const std::vector<std::uint32_t>& tokens) {
    return tokens.empty() ? std::nullopt : std::optional(tokens.front());
  };
  const std::vector<const ConfigObject*> places = {&generation, &top, &text};
  config.end_tokens = read_tokens("eos_token_id", places);
  config.begin_token = first(read_tokens("bos_token_id", places));
  // Idefics3's own pad_token_id is a left-over of another vocabulary.
  config.pad_token = first(read_tokens(
      "pad_token_id",
      is_idefics(config.family) ? std::vector<const ConfigObject*>{&generation, &text} : places));
  if (config.text.kind != TextKind::kLlama) return;  // Qwen2 has no defaults
  const bool nulls = text.is_null("eos_token_id");
  if (config.end_tokens.empty() && !nulls) config.end_tokens = {2};
  if (!config.begin_token && !text.is_null("bos_token_id")) config.begin_token = 1;
}

}  // namespace

std::uint32_t ModelConfig::layers_run() const { return std::ranges::max(feature_layers); }

std::uint32_t ModelConfig::feature_width() const {
  return vision.width * static_cast<std::uint32_t>(feature_layers.size()) * merge * merge;
}

ModelConfig read_model_config(const ConfigFile& file, const std::optional<ConfigFile>& generation) {
  const ConfigObject top(file);
  ModelConfig config;
  config.family = read_family(top);
  const ConfigObject vision = top.object("vision_config"), text = top.object("text_config");
  config.vision = read_vision_config(vision, config.family);
  config.text = read_text_config(text, config.family);
  if (is_idefics(config.family)) {
    read_idefics3(top, config);
  } else {
    read_llava(top, config);
  }
  if (config.family == Family::kLlavaNext) config.grid_pinpoints = read_grid_points(top);
  // LLaVA takes the language model's word as well, Idefics3 does not.
  config.tied =
      top.flag("tie_word_embeddings", false) || (!is_idefics(config.family) && config.text.tied);
  config.dtype = read_dtype(top);
  if (!config.dtype) config.dtype = read_dtype(text);
  config.quantisation = read_quantisation_config(top, text);
  config.image_token = read_image_token(top, config);
  read_special_tokens(generation ? ConfigObject(*generation) : ConfigObject::absent(file), top,
                      text, config);
  return config;
}

ModelConfig load_model_config(const std::string& folder) {
  const std::filesystem::path path(folder);
  return read_model_config(ConfigFile::open(path / "config.json"),
                           ConfigFile::open_if_there(path / "generation_config.json"));
}

}  // namespace vernier::engine
