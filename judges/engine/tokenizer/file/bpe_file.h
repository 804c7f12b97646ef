// `model` of a tokenizer.json.
#pragma once

#include "judges/engine/tokenizer/bpe/bpe.h"
#include "judges/engine/tokenizer/file/file_node.h"

namespace vernier::engine {

/// BPE, with a mark of words' ends where the file has one (CLIP); other models (Unigram, WordPiece,
/// WordLevel), marks of words' later parts and what makes tokens random are refused by name. Merges
/// must be of tokens, and their results be tokens. Throws Error(kResource).
Bpe read_bpe(const FileNode& model, bool byte_level);

}  // namespace vernier::engine
