// The sentences of a caption, parsed, each word with its place in the caption.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/spice/syntax/parser.h"
#include "metrics/text/sentences/punkt_parameters.h"
#include "metrics/text/sentences/sentence_splitter.h"
#include "metrics/text/tokenizer.h"

namespace vernier {

struct ParsedWord {
  std::string text;   ///< as in the caption, but a sentence's first letter is small
  std::string lower;  ///< as the parser saw it; of something quoted a noun in its place
  spice::Label tag = spice::Label::kXx;
  std::size_t begin = 0, end = 0;  ///< bytes of the caption; equal where the place is not known
  std::size_t head = kNone;        ///< its governor, from 0; kNone: root
  spice::Relation relation = spice::Relation::kDep;
  bool quoted = false;        ///< what is written on something: one word, with its marks
  bool comma_before = false;  ///< or another mark that parts words

  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
};

struct ParsedSpeech {
  std::vector<std::vector<ParsedWord>> sentences;
  std::size_t refused = 0;  ///< longer than the parser takes
};

/// One thread's part.
class CaptionReader {
 public:
  /// Both must outlive it.
  CaptionReader(const spice::Parser& parser, const text::PunktParameters& punkt);

  /// Splits and parses a caption (valid UTF-8) as SPICE would: in lower case, without punctuation.
  /// Words behind "says" or "reads" between quotation marks are one noun, whatever they are.
  ParsedSpeech read(std::string_view caption);

 private:
  bool read_sentence(std::string_view caption, std::string_view sentence,
                     std::vector<ParsedWord>& out);

  text::SentenceSplitter splitter_;
  std::unique_ptr<text::Tokenizer> tokenizer_;
  std::unique_ptr<spice::ParserWorker> worker_;
  spice::ParsedSentence parsed_;
  text::TokenList tokens_;
};

}  // namespace vernier
