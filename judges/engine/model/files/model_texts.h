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
/// names, else the folder's (template_folder.h), else the family's usual one. Where the family has
/// it so (FamilyProfile::follows_template), `config` is fitted to it: the token that it puts behind
/// an answer ends answers, too, and there is no image_end where it puts line ends behind images.
ModelTexts load_model_texts(const std::string& folder, ModelConfig& config,
                            const std::string& name);

}  // namespace vernier::engine
