// The building blocks of the Penn Treebank lexer's rules. Every function takes a position and
// returns the length of the longest match there, 0 for none. Names follow docs/tokenizers.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "metrics/text/ptb/scanner/unit_class.h"

namespace vernier::text::ptb {

/// A rule's match: `total` counts trailing context and decides which rule wins, `token` is what is
/// consumed.
struct Span {
  std::size_t total = 0, token = 0;
};

/// Looks at UTF-16 units u[0 .. size): one text, a line feed and the beginning of the next text.
/// Remembers where searches over long stretches ended, so that the sum of all calls at increasing
/// positions is linear in the size.
class Scanner {
 public:
  Scanner(const char16_t* units, std::size_t size, const std::uint8_t* classes)
      : u_(units), n_(size), classes_(classes) {}

  std::size_t size() const { return n_; }
  const char16_t* at(std::size_t p) const { return u_ + p; }
  /// The unit at p; 0xFFFF (no character) at and beyond the end.
  char16_t unit(std::size_t p) const { return p < n_ ? u_[p] : char16_t{0xFFFF}; }
  bool is(std::size_t p, unsigned classes) const {
    return p < n_ && (classes_[u_[p]] & classes) != 0;
  }
  bool is_space_or_newline(std::size_t p) const { return is(p, kSpace | kNewline); }

  /// ASCII letters of `lower` in either case, everything else exactly.
  bool matches(std::size_t p, std::string_view lower) const;

  std::size_t apostrophe(std::size_t p) const;       ///< ' U+0092 U+2019 &apos;
  std::size_t wide_apostrophe(std::size_t p) const;  ///< these and ` U+0091 U+2018 U+201B
  std::size_t auxiliary(std::size_t p) const;        ///< 's 'm 'd 're 've 'll
  std::size_t negation(std::size_t p) const;         ///< n't
  std::size_t word_letter(std::size_t p) const;      ///< a letter, or an entity such as &eacute;
  std::size_t word(std::size_t p) const;
  std::size_t negation_stem(std::size_t p) const;  ///< "do" of "don't"
  std::size_t apostrophe_word(std::size_t p) const;
  std::size_t tag(std::size_t p);  ///< SGML; at most kLongestTag units
  std::size_t url(std::size_t p) const;
  std::size_t likely_url(std::size_t p);
  std::size_t email(std::size_t p);
  std::size_t twitter(std::size_t p) const;
  std::size_t date(std::size_t p) const;
  std::size_t number(std::size_t p) const;
  std::size_t script_number(std::size_t p) const;  ///< super- or subscript
  std::size_t fraction(std::size_t p) const;
  std::size_t phone(std::size_t p) const;
  std::size_t special_string(std::size_t p) const;
  std::size_t slash_word(std::size_t p) const;
  std::size_t dollar(std::size_t p) const;
  std::size_t smiley(std::size_t p) const;
  std::size_t asian_smiley(std::size_t p);
  std::size_t ellipsis(std::size_t p) const;
  std::size_t hyphenated_number(std::size_t p);
  std::size_t hyphenated_word(std::size_t p) const;
  std::size_t ampersand_word(std::size_t p) const;
  std::size_t character_entity(std::size_t p) const;  ///< &#123; &HT; &odq; ...

  /// An acronym with what must follow it.
  std::size_t acronym_then_stop(std::size_t p) const;   ///< includes the final full stop
  std::size_t acronym_then_space(std::size_t p) const;  ///< without the white space
  Span acronym_then_sentence(std::size_t p);            ///< rule 31
  Span file_name(std::size_t p);                        ///< rule 41
  std::size_t sentence_gap(std::size_t p);              ///< white space, then a new sentence
  /// How often c stands at p, counting no further than `most`.
  std::size_t run(std::size_t p, char16_t c, std::size_t most = SIZE_MAX) const;
  std::size_t units_in(std::size_t p, unsigned classes) const;  ///< length of the run of a class

  static constexpr std::size_t kLongestTag = 8192;

 private:
  std::size_t digits(std::size_t p) const { return units_in(p, kDigit); }
  std::size_t ascii_digits(std::size_t p, std::size_t most) const;
  std::size_t letters_and_digits(std::size_t p) const;
  std::size_t acronym_letters(std::size_t p) const;
  std::size_t fixed_acronym(std::size_t p) const;
  std::size_t hyphen_part(std::size_t p) const;
  std::size_t chunk(std::size_t p) const;
  std::size_t slash_part(std::size_t p) const;
  std::size_t phone_tail(std::size_t p) const;
  std::size_t attributes(std::size_t p) const;
  std::size_t url_path(std::size_t p) const;
  std::size_t host_end(std::size_t p, bool www);

  const char16_t* u_;
  std::size_t n_;
  const std::uint8_t* classes_;

  // Where earlier searches ended. Each pair says: for starts below `until`, the answer is known.
  std::size_t no_likely_url_until_ = 0, no_www_until_ = 0;
  std::size_t no_file_name_until_ = 0;
  std::size_t hyphen_run_until_ = 0;
  bool hyphen_run_hits_ = false;
  std::size_t email_until_ = 0, email_last_at_ = 0, email_end_ = 0;
  std::size_t tag_close_from_ = 0, tag_close_ = 0;
  std::size_t next_less_ = 0;
};

}  // namespace vernier::text::ptb
