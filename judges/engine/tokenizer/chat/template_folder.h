// Which chat template a model's folder holds.
#pragma once

#include <string>

#include "judges/engine/tokenizer/chat/chat_template.h"

namespace vernier::engine {

/// From chat_template.jinja, chat_template.json or tokenizer_config.json, the first of them that
/// has one (transformers' order); texts of tokens from tokenizer_config.json, else from
/// special_tokens_map.json. `name`, where it is not empty, is taken instead
/// (ChatTemplate::of_name), and `usual` where the folder has none. Throws Error(kResource): no
/// template, an unknown one, a broken file.
ChatTemplate read_chat_template(const std::string& folder, const std::string& name,
                                const std::string& usual = "");

}  // namespace vernier::engine
