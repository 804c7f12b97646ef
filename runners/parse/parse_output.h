// Parsed captions as text.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/spice/caption/caption_parser.h"

namespace vernier {

enum class ParseFormat {
  kSpiceParses,  ///< the blocks of docs/spice.md, so that two parsers can be compared with diff
  kConllu,       ///< CoNLL-U with Penn tags; collapsed dependencies are not in it
  kJson,         ///< one object a line
};

/// What stands between captions.
std::string_view separator(ParseFormat format);

struct ParseLayout {
  ParseFormat format = ParseFormat::kSpiceParses;
  bool edges = false;    ///< show the collapsed graph
  bool lexicon = false;  ///< show what the lexicon says of each word
  std::size_t best = 0;  ///< trees whose parses are shown too, with their scores
};

/// Writes captions one after the other. One thread at a time.
class ParseWriter {
 public:
  ParseWriter(const spice::Parser& parser, ParseLayout layout) : parser_(parser), layout_(layout) {}

  /// Appends a caption, given as the tokens of the caption tools, and the separator before it where
  /// `out` holds something. False, with nothing appended, for a caption that the parser refuses.
  bool append(std::string& out, std::string_view source, std::span<const std::string_view> words);

 private:
  struct Token {
    std::string word, lemma;
    std::string_view tag, relation;
    int head;
  };
  void read_tokens(std::span<const std::string_view> words, const spice::ParsedSentence& parsed);
  void append_lexicon(std::string& out, std::span<const std::string_view> tokens);
  void append_best(std::string& out, std::span<const std::string_view> tokens);
  void append_spice(std::string& out, const std::string& edges, const std::string& tree) const;
  void append_conllu(std::string& out, std::string_view source, std::size_t number) const;
  void append_json(std::string& out, const std::string& edges, const std::string& tree) const;

  spice::CaptionParser parser_;
  ParseLayout layout_;
  spice::TupleList tuples_;
  std::vector<Token> tokens_;  // of the sentence at hand
};

}  // namespace vernier
