// `model` of a tokenizer.json.
#pragma once

#include "judges/engine/tokenizer/bpe/bpe.h"
#include "judges/engine/tokenizer/file/file_node.h"

namespace vernier::engine {

/// BPE; other models (Unigram, WordPiece, WordLevel) and what makes tokens random or marks parts of
/// words (dropout, prefixes, suffixes) are refused by name. Merges must be of tokens, and their
/// results be tokens. Throws Error(kResource).
Bpe read_bpe(const FileNode& model, bool byte_level);

}  // namespace vernier::engine
