// A caption as NLTK's sentences and words, with the place of each word.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/text/nltk/word_tokenizer.h"
#include "metrics/text/sentences/sentence_splitter.h"
#include "metrics/text/token_list.h"

namespace vernier::probes {

/// Characters [begin, end) of a caption, counted in code points.
struct CharacterRange {
  std::uint32_t begin = 0, end = 0;

  bool overlaps(CharacterRange other) const { return begin < other.end && other.begin < end; }
};

struct CaptionTokens {
  text::TokenList words;
  std::vector<CharacterRange> places;    ///< in the caption as it was written
  std::vector<std::uint32_t> sentences;  ///< by word: the number of its sentence, from 0
  std::uint32_t sentence_count = 0;
};

/// One thread's part: keeps its buffers.
class CaptionTokenizer {
 public:
  /// The parameters must outlive it. `lower`: puts captions in lower case before anything else.
  CaptionTokenizer(const text::PunktParameters& punkt, bool lower)
      : splitter_(punkt), lower_(lower) {}

  /// `caption` is valid UTF-8.
  void tokenize(std::string_view caption, CaptionTokens& out);

 private:
  void find_characters(std::string_view caption);

  text::SentenceSplitter splitter_;
  text::NltkWordTokenizer tokenizer_;
  bool lower_;
  std::string text_;
  std::vector<std::string_view> pieces_;
  std::vector<text::TokenPlace> bytes_;
  std::vector<std::uint32_t> characters_;  // by byte of text_, where that is not the same
};

}  // namespace vernier::probes
