#include "judges/probes/language/caption_tokens.h"

#include <algorithm>

#include "metrics/text/unicode/unicode.h"

namespace vernier::probes {

/// By byte of the text that is split: the character of the caption. Lower case changes the length
/// of some characters.
void CaptionTokenizer::find_characters(std::string_view caption) {
  characters_.clear();
  if (std::ranges::all_of(caption, [](char c) { return (c & 0x80) == 0; })) return;
  std::uint32_t character = 0;
  for (std::size_t pos = 0; pos < caption.size(); ++character) {
    const std::size_t begin = pos;
    text::next_code_point(caption, pos);
    const std::string_view one = caption.substr(begin, pos - begin);
    const std::size_t size = lower_ && one.size() > 1 ? text::to_lower(one).size() : one.size();
    characters_.insert(characters_.end(), size, character);
  }
  // Should a context change a length after all, the end stays the end.
  characters_.resize(text_.size() + 1, character);
  characters_.back() = character;
}

void CaptionTokenizer::tokenize(std::string_view caption, CaptionTokens& out) {
  out.words.clear();
  out.places.clear();
  out.sentences.clear();
  pieces_.clear();
  bytes_.clear();
  if (lower_) {
    text_ = text::to_lower(caption);
  } else {
    text_.assign(caption);
  }
  splitter_.split(text_, pieces_);
  out.sentence_count = static_cast<std::uint32_t>(pieces_.size());
  for (std::uint32_t n = 0; n < out.sentence_count; ++n) {
    const auto place = static_cast<std::size_t>(pieces_[n].data() - text_.data());
    tokenizer_.tokenize(pieces_[n], place, out.words, bytes_);
    out.sentences.resize(out.words.size(), n);
  }
  find_characters(caption);
  for (const text::TokenPlace& bytes : bytes_) {
    if (characters_.empty()) {
      out.places.push_back({bytes.begin, bytes.end});
    } else {
      out.places.push_back({characters_[bytes.begin], characters_[bytes.end - 1] + 1});
    }
  }
}

}  // namespace vernier::probes
