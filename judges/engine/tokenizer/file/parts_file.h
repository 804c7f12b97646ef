// `normalizer`, `pre_tokenizer`, `post_processor` and `decoder` of a tokenizer.json.
#pragma once

#include "judges/engine/tokenizer/decode/decoder.h"
#include "judges/engine/tokenizer/file/file_node.h"
#include "judges/engine/tokenizer/parts/normalizer.h"
#include "judges/engine/tokenizer/parts/post_processor.h"
#include "judges/engine/tokenizer/parts/pre_tokenizer.h"

namespace vernier::engine {

// All take the file's root and throw Error(kResource), which names a part that is not supported.
// Sequences inside of sequences are one sequence.

Normalizer read_normalizer(const FileNode& root);

struct SplitSteps {
  PreTokenizer steps;
  bool byte_level = false;  ///< ends with ByteLevel: the model's characters are letters of bytes
};
SplitSteps read_pre_tokenizer(const FileNode& root);

/// `size`: ids are below it.
PostProcessor read_post_processor(const FileNode& root, TokenId size);

Decoder read_decoder(const FileNode& root);

}  // namespace vernier::engine
