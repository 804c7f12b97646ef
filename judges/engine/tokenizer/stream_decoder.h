// Decodes tokens as they come.
#pragma once

#include <string>

#include "judges/engine/tokenizer/decode/decoder.h"
#include "judges/engine/tokenizer/tokenizer.h"

namespace vernier::engine {

/// All appended texts together are what Tokenizer::decode gives of all ids; each is valid UTF-8.
/// What later tokens could change is held back: the begin of a character, of byte tokens the whole
/// run.
class StreamDecoder {
 public:
  StreamDecoder(Tokenizer tokenizer, bool skip_special);

  void push(TokenId id, std::string& text);
  void finish(std::string& text);  ///< once, at the end

 private:
  Tokenizer tokenizer_;
  bool skip_special_;
  DecoderRun run_;
};

}  // namespace vernier::engine
