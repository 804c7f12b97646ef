// Tokens around a text: `post_processor` of a tokenizer.json.
#pragma once

#include <vector>

#include "judges/engine/tokenizer/bpe/vocabulary.h"

namespace vernier::engine {

/// What TemplateProcessing, RobertaProcessing or BertProcessing puts around a single text;
/// ByteLevel changes offsets only, which nobody asks for here.
struct PostProcessor {
  std::vector<TokenId> before, after;
};

}  // namespace vernier::engine
