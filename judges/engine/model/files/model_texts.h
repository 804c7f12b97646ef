// What a model's folder says about texts, wherever its family keeps it.
#pragma once

#include <string>

#include "judges/engine/config/model_config.h"
#include "judges/engine/tokenizer/chat/chat_template.h"
#include "judges/engine/tokenizer/tokenizer.h"

namespace vernier::engine {

struct ModelTexts {
  Tokenizer tokenizer;
  ChatTemplate chat;
};

/// The tokenizer with what its family adds to it. Throws Error(kResource) where there is no
/// tokenizer.json, with the way to make one of what is there.
Tokenizer load_tokenizer(const std::string& folder, const ModelConfig& config);

/// And the chat template: that of `name` (ChatTemplate::of_name), else the one that config.json
/// names, else the folder's (template_folder.h), else the family's usual one.
ModelTexts load_model_texts(const std::string& folder, const ModelConfig& config,
                            const std::string& name);

/// Where the family has it so: the token that the template puts behind an answer ends answers.
void add_template_end(const ModelTexts& texts, ModelConfig& config);

}  // namespace vernier::engine
