#include "judges/engine/tokenizer/stream_decoder.h"

#include <utility>

namespace vernier::engine {

StreamDecoder::StreamDecoder(Tokenizer tokenizer, bool skip_special)
    : tokenizer_(std::move(tokenizer)),
      skip_special_(skip_special),
      run_(tokenizer_.parts().decoder) {}

void StreamDecoder::push(TokenId id, std::string& text) {
  const AddedToken* added = tokenizer_.parts().added.find(id);
  if (added != nullptr) {
    if (!skip_special_ || !added->special) run_.push(added->form, text);
    return;
  }
  const Vocabulary& vocabulary = tokenizer_.parts().bpe.vocabulary();
  if (vocabulary.has(id)) run_.push(vocabulary.text(id), text);
}

void StreamDecoder::finish(std::string& text) { run_.finish(text); }

}  // namespace vernier::engine
