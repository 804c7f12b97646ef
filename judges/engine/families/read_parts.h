// Pieces that readers of several families share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "judges/engine/config/json/config_object.h"
#include "judges/engine/config/model_config.h"

namespace vernier::engine {

/// "float16", "torch.bfloat16", ... under the first of the keys that is there.
std::optional<DType> read_dtype(const ConfigObject& object,
                                const std::vector<std::string_view>& keys);

/// Tokens that end an answer, begin a prompt, pad: of the first of the places that has some, then
/// Llama's defaults, if the language model `text` is one. Pads are looked for in `pad_places`.
void read_special_tokens(const std::vector<const ConfigObject*>& places,
                         const std::vector<const ConfigObject*>& pad_places,
                         const ConfigObject& text, ModelConfig& config);

/// The token that stands for images, `absent` where config.json has none under `key`. Throws for
/// one beyond the vocabulary of config.text.
void set_image_token(const ConfigObject& top, std::string_view key, std::uint32_t absent,
                     ModelConfig& config);

/// Type of numbers, weights in few bits and special tokens of a config.json that describes all of
/// the model, with `text` for the language model. `top_pads`: pad_token_id of its top counts.
void read_rest(const ConfigFiles& files, const ConfigObject& text, bool top_pads,
               ModelConfig& config);

/// A layer counted from the front (0: the embeddings) or from the back (-1: the last one).
std::uint32_t layer_number(std::int64_t layer, std::uint32_t layers);

/// Of a projector.
ProjectorLayer linear_layer(std::string_view name, std::uint32_t in, std::uint32_t out, bool bias);
ProjectorLayer activation_layer(Activation activation);
ProjectorLayer norm_layer(std::string_view name, std::uint32_t width);

/// `text` so many times.
std::string repeated(std::string_view text, std::size_t times);

}  // namespace vernier::engine
