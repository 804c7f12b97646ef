// A tokenizer.json as Hugging Face's tokenizers writes it.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "judges/engine/tokenizer/bpe/bpe.h"
#include "judges/engine/tokenizer/decode/decoder.h"
#include "judges/engine/tokenizer/parts/added_tokens.h"
#include "judges/engine/tokenizer/parts/normalizer.h"
#include "judges/engine/tokenizer/parts/post_processor.h"
#include "judges/engine/tokenizer/parts/pre_tokenizer.h"

namespace vernier::engine {

struct TokenizerParts {
  Normalizer normalizer;
  AddedTokens added;
  PreTokenizer pre_tokenizer;
  Bpe bpe;
  PostProcessor post_processor;
  Decoder decoder;
  TokenId size = 0;  ///< the largest id and one, added tokens included
};

/// `json`: the file's text; `file`: its name in messages. `truncation` and `padding` are not looked
/// at, as transformers replaces them by what a call asks for. Throws Error(kResource) with the
/// place of what is broken or not supported. `more`: special tokens that get the next free ids
/// where the file has none of them.
TokenizerParts read_tokenizer_file(std::string_view json, const std::string& file,
                                   std::span<const std::string_view> more = {});

}  // namespace vernier::engine
