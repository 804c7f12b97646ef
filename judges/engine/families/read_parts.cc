#include "judges/engine/families/read_parts.h"

#include <fmt/format.h>

#include <algorithm>

#include "judges/engine/config/limits.h"
#include "judges/engine/config/quantisation_config.h"

namespace vernier::engine {
namespace {

/// The tokens under `key` from the first of the files and parts that has any.
std::vector<std::uint32_t> read_tokens(std::string_view key,
                                       const std::vector<const ConfigObject*>& places) {
  for (const ConfigObject* place : places) {
    const auto tokens = place->wholes(key, limits::kToken, limits::kEndTokens);
    if (tokens) return {tokens->begin(), tokens->end()};
  }
  return {};
}

}  // namespace

std::optional<DType> read_dtype(const ConfigObject& object,
                                const std::vector<std::string_view>& keys) {
  const auto key =
      std::ranges::find_if(keys, [&](std::string_view one) { return object.has(one); });
  if (key == keys.end()) return std::nullopt;
  std::string name = *object.text(*key);
  constexpr std::string_view kPrefix = "torch.";
  if (name.starts_with(kPrefix)) name.erase(0, kPrefix.size());
  if (name == "float16") return DType::kF16;
  if (name == "bfloat16") return DType::kBf16;
  if (name == "float32") return DType::kF32;
  object.refuse(*key, "float16, bfloat16 or float32");
}

void read_special_tokens(const std::vector<const ConfigObject*>& places,
                         const std::vector<const ConfigObject*>& pad_places,
                         const ConfigObject& text, ModelConfig& config) {
  const auto first = [](const std::vector<std::uint32_t>& tokens) {
    return tokens.empty() ? std::nullopt : std::optional(tokens.front());
  };
  config.end_tokens = read_tokens("eos_token_id", places);
  config.begin_token = first(read_tokens("bos_token_id", places));
  config.pad_token = first(read_tokens("pad_token_id", pad_places));
  if (config.text.kind != TextKind::kLlama) return;  // Qwen2 has no defaults
  if (config.end_tokens.empty() && !text.is_null("eos_token_id")) config.end_tokens = {2};
  if (!config.begin_token && !text.is_null("bos_token_id")) config.begin_token = 1;
}

void set_image_token(const ConfigObject& top, std::string_view key, std::uint32_t absent,
                     ModelConfig& config) {
  const std::uint32_t token = top.whole(key, absent, limits::kToken);
  if (token >= config.text.vocabulary) {
    top.refuse(key, fmt::format("a token below text_config.vocab_size {} (it is {})",
                                config.text.vocabulary, token));
  }
  config.image_token = token;
}

void read_rest(const ConfigFiles& files, const ConfigObject& text, bool top_pads,
               ModelConfig& config) {
  const ConfigObject top(files.config);
  config.dtype = read_dtype(top, {"dtype", "torch_dtype"});
  if (!config.dtype) config.dtype = read_dtype(text, {"dtype", "torch_dtype"});
  config.quantisation = read_quantisation_config(top, text);
  const ConfigObject generation =
      files.generation ? ConfigObject(*files.generation) : ConfigObject::absent(files.config);
  const std::vector<const ConfigObject*> places = {&generation, &top, &text};
  const std::vector<const ConfigObject*> without_top = {&generation, &text};
  read_special_tokens(places, top_pads ? places : without_top, text, config);
}

std::uint32_t layer_number(std::int64_t layer, std::uint32_t layers) {
  return static_cast<std::uint32_t>(layer < 0 ? std::int64_t{layers} + 1 + layer : layer);
}

ProjectorLayer linear_layer(std::string_view name, std::uint32_t in, std::uint32_t out, bool bias) {
  ProjectorLayer layer;
  layer.name = name;
  layer.in = in;
  layer.out = out;
  layer.bias = bias;
  return layer;
}

ProjectorLayer activation_layer(Activation activation) {
  ProjectorLayer layer;
  layer.kind = ProjectorLayer::Kind::kActivation;
  layer.activation = activation;
  return layer;
}

ProjectorLayer norm_layer(std::string_view name, std::uint32_t width) {
  ProjectorLayer layer;
  layer.kind = ProjectorLayer::Kind::kLayerNorm;
  layer.name = name;
  layer.in = layer.out = width;
  return layer;
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

}  // namespace vernier::engine
