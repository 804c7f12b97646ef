// What METEOR knows about each word, found out once per distinct word and thread.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "metrics/meteor/data/meteor_data.h"
#include "metrics/meteor/english/normalizer.h"
#include "metrics/meteor/english/stemmer.h"
#include "metrics/meteor/words/line.h"
#include "metrics/meteor/words/meanings.h"
#include "metrics/words/vocabulary.h"

namespace vernier::meteor {

/// Turns tokens into lines. One thread at a time.
///
/// A token is normalised on its own and the result kept, so that a token seen before costs one
/// load. That equals METEOR's work on the whole line but where a rule looks across a blank: a full
/// stop (at the next word), or a quote or comma at the end of one token and at the start of the
/// next. Such lines, and those with the separator "|||", are normalised as a whole.
class Lexicon {
 public:
  Lexicon(std::shared_ptr<const MeteorData> data, const Vocabulary& vocabulary,
          bool with_paraphrases);

  /// The line of a candidate, as the caption wrappers send it: without "|||".
  void read_candidate(std::span<const WordId> tokens, Line& line);

  /// Appends the line of a reference to lines[used...], growing the pool as needed; returns the new
  /// number used. More than one line where the text holds METEOR's separator "|||".
  std::size_t read_reference(std::span<const WordId> tokens, std::vector<Line>& lines,
                             std::size_t used);

  /// Fills line.phrases. Read all lines of a sample first: reading asks for the memory that this
  /// looks at.
  void find_phrases(Line& line);

  std::string_view text(std::uint32_t word) const { return texts_[word]; }
  Meanings& meanings() { return meanings_; }
  /// Keys and stems are below it.
  std::size_t class_count() const { return classes_.size(); }

 private:
  struct Word {
    std::uint32_t key;
    std::uint32_t stem;
    std::uint32_t meaning;
    PhraseNode root;  // of the word as a phrase's first word
    std::uint16_t phrase_word;
    std::uint8_t function;
  };
  enum class TokenKind : std::uint8_t { kNew, kWord, kPieces, kWholeLine };
  struct Token {
    std::uint32_t word = 0;  // the word, or the first piece in pieces_
    std::uint16_t pieces = 0;
    TokenKind kind = TokenKind::kNew;
    bool mark_first : 1 = false;  // begins, ends with a quote or comma
    bool mark_last : 1 = false;
  };

  const Token& token(WordId id) {
    const std::size_t index = id & ~kCompoundWord;
    if (index >= tokens_.size()) tokens_.resize(vocabulary_.size());
    Token& known = tokens_[index];
    if (known.kind == TokenKind::kNew) analyse_token(id, known);
    return known;
  }
  bool read_tokens(std::span<const WordId> tokens, Line& line);
  void read_text(std::string_view text, Line& line);
  void join(std::span<const WordId> tokens);
  void analyse_token(WordId id, Token& token);
  std::uint32_t find_or_add(std::string_view word);
  std::uint32_t class_of(std::string_view word);
  void append(Line& line, std::uint32_t word) const;

  std::shared_ptr<const MeteorData> data_;
  const Vocabulary& vocabulary_;
  const bool with_paraphrases_;
  Normalizer normalizer_;
  Stemmer stemmer_;

  std::vector<Token> tokens_;  // by WordId
  std::vector<std::uint32_t> pieces_;
  std::vector<Word> words_;
  std::deque<std::string> texts_;
  std::unordered_map<std::string_view, std::uint32_t> index_;
  std::unordered_map<std::uint32_t, std::uint32_t> classes_;  // Java hash -> dense number
  Meanings meanings_;

  std::string joined_, candidate_;
  text::TokenList split_;
  std::vector<std::uint32_t> found_;
  std::vector<PhraseAt> growing_, complete_;  // phrases of one line: that may get longer, and all
  std::vector<std::uint32_t> first_phrase_;   // by begin
};

}  // namespace vernier::meteor
