// Reads the phrases of drawn scenes off sentences: the way back from Description::words().
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/scenes/language/description.h"

namespace vernier::scenes {

/// Takes a sentence apart from left to right. Capitals do not matter, but for what is quoted. What
/// is not taken leaves the reader where it was.
class PhraseReader {
 public:
  /// Words, quoted texts and single marks of punctuation. A quotation without end goes up to the
  /// end of the sentence.
  explicit PhraseReader(std::string_view sentence);

  bool at_end() const { return next_ == tokens_.size(); }
  std::size_t place() const { return next_; }
  void go_back(std::size_t place) { next_ = place; }

  /// All of these words, or marks, with blanks between them.
  bool take(std::string_view words);
  /// The first of these that is there.
  bool take_any(std::initializer_list<std::string_view> all);
  std::optional<std::string> take_quoted();
  /// "two" to "ten", "2", "13".
  std::optional<std::size_t> take_number();
  std::optional<Predicate> take_predicate();
  /// A colour, a size or a pattern, as the only attribute of a description.
  std::optional<Description> take_value();

  struct Phrase {
    Description description;
    bool plural = false;
  };
  /// "small striped red circle", "objects", `sign that says "STOP"`; without article. Attributes
  /// may come in any order, but each once.
  std::optional<Phrase> take_phrase();

 private:
  struct Token {
    std::string text;  ///< in small letters, but for what is quoted
    bool quoted = false;
  };
  std::optional<std::string_view> peek() const;
  bool take_attribute(Description& out);

  std::vector<Token> tokens_;
  std::size_t next_ = 0;
};

/// Sentences of a text: what ends in ".", "!", "?" or the end of a line, outside quotations. With
/// the mark that ends them; without blanks around them.
std::vector<std::string_view> sentences_of(std::string_view text);

}  // namespace vernier::scenes
