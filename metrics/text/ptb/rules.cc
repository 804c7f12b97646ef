#include "metrics/text/ptb/rules.h"

#include <algorithm>

#include "metrics/text/ptb/abbreviations.h"

namespace vernier::text::ptb {
namespace {

bool pause(char16_t c) { return c == u',' || c == u';' || c == u':' || c == 0x3001; }

// Rules are offered in the order of their numbers (docs/tokenizers.md); a later one must be longer.
class Contest {
 public:
  Contest(Scanner& scanner, std::size_t p) : s_(scanner), p_(p), c_(scanner.unit(p)) {}

  Match run() {
    const bool letter = s_.word_letter(p_) != 0;
    const bool apostrophe = s_.apostrophe(p_) != 0;
    if (letter || apostrophe) assimilations();
    if (c_ == u'<') offer(s_.tag(p_), Action::kSpacesToNbsp);
    dashes_and_entities();
    const std::size_t word = letter ? s_.word(p_) : 0;
    if (letter) words(word);
    if (letter || apostrophe) apostrophe_words();
    addresses();
    if (apostrophe || c_ == u'n' || c_ == u'N') auxiliaries_in_context();
    numbers();
    if (letter || c_ == u'-') offer(s_.special_string(p_), Action::kKeep, true);
    offer(s_.slash_word(p_), Action::kKeep);
    money();
    if (letter) abbreviations();
    if (apostrophe) year();
    if (s_.word_letter(p_) != 0 || s_.is(p_, kDigit)) {
      const Span file = s_.file_name(p_);
      offer(file.total, file.token, Action::kKeep);
    }
    if (word != 0) stop_then_pause(word, Action::kDropSoftHyphens);
    if (c_ == u'(' || c_ == u'+' || ascii_digit(c_)) offer(s_.phone(p_), Action::kPhone);
    quotes_brackets_and_smileys();
    punctuation();
    hyphenated();
    closing();
    rest();
    return best_;
  }

 private:
  void offer(std::size_t total, std::size_t token, Action action) {
    if (total > best_.total) best_ = {total, token, action};
  }
  void offer(std::size_t length, Action action) { offer(length, length, action); }
  void offer(std::size_t length, Action action, bool entity) {
    offer(length, length, entity ? Action::kAmpEntity : action);
  }
  char16_t unit(std::size_t offset) const { return s_.unit(p_ + offset); }

  void assimilations() {  // rules 1-6
    if (s_.matches(p_, "c++")) offer(3, Action::kKeep);
    if (s_.matches(p_, "c#") || s_.matches(p_, "f#")) offer(2, Action::kKeep);
    if (s_.matches(p_, "cannot")) offer(6, 3, Action::kKeep);
    if (s_.matches(p_, "'twas")) offer(5, 2, Action::kKeep);
    if (s_.matches(p_, "'tis")) offer(4, 2, Action::kKeep);
    for (const std::string_view whole : {"gonna", "gotta", "lemme", "gimme", "wanna"}) {
      if (s_.matches(p_, whole)) offer(5, 3, Action::kKeep);
    }
  }

  void dashes_and_entities() {  // rules 8-10
    if (c_ == 0x0096 || c_ == 0x0097 || (c_ >= 0x2013 && c_ <= 0x2015)) offer(1, Action::kDash);
    if (c_ != u'&') return;
    for (const std::string_view name : {"&md;", "&mdash;", "&ndash;"}) {
      if (s_.matches(p_, name)) offer(name.size(), Action::kDash);
    }
    if (s_.matches(p_, "&amp;")) offer(5, Action::kAmpersand);
    offer(s_.character_entity(p_), Action::kKeep);
  }

  void words(std::size_t word) {  // rules 11-13
    const std::size_t auxiliary = s_.auxiliary(p_ + word);
    if (auxiliary != 0) offer(word + auxiliary, word, Action::kDropSoftHyphens);
    const std::size_t stem = s_.negation_stem(p_);
    if (stem != 0) offer(stem + s_.negation(p_ + stem), stem, Action::kDropSoftHyphens);
    offer(word, Action::kDropSoftHyphens);
  }

  void apostrophe_words() {  // rules 14, 15
    offer(s_.apostrophe_word(p_), Action::kKeep);
    if (c_ == u'y' || c_ == u'Y') {
      const std::size_t a = s_.apostrophe(p_ + 1);
      if (a != 0 && s_.is(p_ + 1 + a, kLetter)) offer(a + 2, a + 1, Action::kKeep);
    }
  }

  void addresses() {  // rules 16-19
    if (c_ == u'h' || c_ == u'H') offer(s_.url(p_), Action::kKeep);
    offer(s_.likely_url(p_), Action::kKeep);
    offer(s_.email(p_), Action::kKeep);
    if (c_ == u'@' || c_ == u'#') offer(s_.twitter(p_), Action::kKeep);
  }

  void auxiliaries_in_context() {  // rules 20, 21
    for (const std::size_t length : {s_.auxiliary(p_), s_.negation(p_)}) {
      if (length != 0 && p_ + length < s_.size() && !ascii_letter(unit(length))) {
        offer(length + 1, length, Action::kCloseQuotes);
      }
    }
  }

  void numbers() {  // rules 22-26
    const bool digit = s_.is(p_, kDigit);
    if (digit) offer(s_.date(p_), Action::kKeep);
    offer(s_.number(p_), Action::kDropSoftHyphens);
    if (c_ >= 0x80) offer(s_.script_number(p_), Action::kKeep);
    if (digit) offer(s_.fraction(p_), Action::kSpacesToNbsp);
    if ((c_ >= 0x00BC && c_ <= 0x00BE) || (c_ >= 0x2153 && c_ <= 0x215E)) {
      offer(1, Action::kVulgarFraction);
    }
  }

  void money() {  // rules 29, 30
    offer(s_.dollar(p_), Action::kKeep);
    if ((c_ >= 0x00A2 && c_ <= 0x00A5) ||
        (c_ >= 0x80 &&
         one_of(c_, u"\u0080\u20A0\u20A4\u20AC\u060B\u0E3F\uFFE0\uFFE1\uFFE5\uFFE6"))) {
      offer(1, Action::kCurrency);
    }
  }

  std::size_t entry_and_stop(AbbreviationList list) const {
    const std::size_t length = longest_entry(list, s_.at(p_), s_.size() - p_);
    return length != 0 && unit(length) == u'.' ? length + 1 : 0;
  }

  void abbreviations() {  // rules 31-39
    const Span acronym = s_.acronym_then_sentence(p_);
    offer(acronym.total, acronym.token,
          acronym.token == 2 ? Action::kWithoutStop : Action::kWithStop);
    if (const std::size_t length = entry_and_stop(AbbreviationList::kNumber)) {
      std::size_t gap = s_.is_space_or_newline(p_ + length) ? 1 : 0;
      if (unit(length) == u'\r' && unit(length + 1) == u'\n') gap = 2;
      if (s_.is(p_ + length + gap, kDigit)) offer(length + gap + 1, length, Action::kKeep);
    }
    for (const std::string_view company : {"pty.", "pte.", "co."}) {
      const std::size_t length = company.size();
      if (s_.matches(p_, company) && s_.is(p_ + length, kSpace) &&
          (s_.matches(p_ + length + 1, "ltd") || s_.matches(p_ + length + 1, "lim"))) {
        offer(length + 4, length, Action::kKeep);
      }
    }
    if (const std::size_t length = entry_and_stop(AbbreviationList::kLow)) {
      const std::size_t gap = s_.sentence_gap(p_ + length);
      if (gap != 0) offer(length + gap, length, Action::kWithStop);
      if (p_ + length + 1 < s_.size()) offer(length + 2, length, Action::kKeep);
      offer(length, Action::kWithStop);
    }
    offer(std::max(entry_and_stop(AbbreviationList::kUp), s_.acronym_then_stop(p_)), Action::kKeep);
    const std::size_t up = longest_entry(AbbreviationList::kUp, s_.at(p_), s_.size() - p_);
    if (up != 0 && s_.is(p_ + up, kSpace)) offer(up + 1, up, Action::kKeep);
    if (const std::size_t length = s_.acronym_then_space(p_)) {
      const bool crlf = unit(length) == u'\r' && unit(length + 1) == u'\n';
      offer(length + (crlf ? 2 : 1), length, Action::kKeep);
    }
  }

  void year() {  // rule 40
    const std::size_t a = s_.apostrophe(p_);
    if (ascii_digit(unit(a)) && ascii_digit(unit(a + 1)) && s_.is_space_or_newline(p_ + a + 2)) {
      offer(a + 3, a + 2, Action::kKeep);
    }
  }

  // Rules 42, 66, 68, 70: a word with its full stop, before a comma, semicolon or colon.
  void stop_then_pause(std::size_t word, Action action) {
    if (word != 0 && unit(word) == u'.' && pause(unit(word + 1))) {
      offer(word + 2, word + 1, action);
    }
  }

  void quotes_brackets_and_smileys() {  // rules 44-56
    const std::size_t quote = c_ == u'"' ? 1 : s_.matches(p_, "&quot;") ? 6 : 0;
    if (quote != 0) {
      const char16_t next = unit(quote);
      if (ascii_letter(next) || ascii_digit(next) || next == u'$') {
        offer(quote + 1, quote, Action::kOpenQuotes);
      }
      offer(quote, Action::kCloseQuotes);
    }
    if (c_ == 0x007F) offer(1, Action::kSkip);
    if (c_ == u'<') offer(1, Action::kLess);
    if (s_.matches(p_, "&lt;")) offer(4, Action::kLess);
    if (c_ == u'>') offer(1, Action::kGreater);
    if (s_.matches(p_, "&gt;")) offer(4, Action::kGreater);
    if (const std::size_t length = s_.smiley(p_)) offer(length + 1, length, Action::kParentheses);
    offer(s_.asian_smiley(p_), Action::kParentheses);
    if (one_of(c_, u"{}[]()")) offer(1, Action::kBracket);
  }

  void punctuation() {  // rules 57-65
    if (c_ == u'-') offer(s_.run(p_, u'-'), Action::kHyphens);
    offer(s_.ellipsis(p_), Action::kEllipsis);
    if (c_ == u'@' || c_ == u'#' || c_ == u'_' || c_ == u'*') offer(s_.run(p_, c_), Action::kKeep);
    std::size_t stars = 0;
    while (stars < 3 && unit(2 * stars) == u'\\' && unit(2 * stars + 1) == u'*') ++stars;
    offer(2 * stars, Action::kKeep);
    if (pause(c_)) offer(1, Action::kKeep);
    std::size_t marks = 0;
    while (unit(marks) == u'?' || unit(marks) == u'!') ++marks;
    offer(marks, Action::kKeep);
    if (one_of(c_, u".\u00A1\u00BF\u037E\u0589\u061F\u06D4\u0700\u0701\u0702\u07FA\u3002=/")) {
      offer(1, Action::kKeep);
    }
  }

  void hyphenated() {  // rules 66-71
    if (!s_.is(p_, kLetter | kDigit)) return;
    const std::size_t number = s_.hyphenated_number(p_);
    if (number != 0) {
      stop_then_pause(number, Action::kDropSoftHyphens);
      offer(number, Action::kDropSoftHyphens);
    }
    const std::size_t word = s_.hyphenated_word(p_);
    stop_then_pause(word, Action::kKeep);
    offer(word, Action::kKeep);
    const std::size_t ampersand = s_.ampersand_word(p_);
    stop_then_pause(ampersand, Action::kAmpEntity);
    offer(ampersand, Action::kAmpEntity);
  }

  void closing() {  // rules 72-76
    if (c_ == u'\'' && ascii_letter(unit(1)) && p_ + 2 < s_.size() &&
        !one_of(unit(2), u" \t\n\r\u00A0")) {
      offer(3, 1, Action::kOpenQuotes);
    }
    offer(s_.auxiliary(p_), Action::kCloseQuotes);
    offer(s_.negation(p_), Action::kCloseQuotes);
    offer(s_.apostrophe(p_), Action::kCloseQuotes);
    if (c_ == u'\'' && unit(1) == u'\'') offer(2, Action::kCloseQuotes);
    if (s_.is(p_, kQuote)) {
      offer(s_.is(p_ + 1, kQuote) ? 2 : 1, Action::kCloseQuotes);
    }
    if ((c_ == u'<' || c_ == u'>') && unit(1) == c_) offer(2, Action::kKeep);
  }

  void rest() {  // rules 77-81
    if (s_.is(p_, kMiscSymbol)) offer(1, Action::kKeep);
    if (s_.matches(p_, "&nbsp;")) offer(6, Action::kSkip);
    const std::size_t blanks = s_.units_in(p_, kSpace);
    offer(std::max<std::size_t>(blanks, 1), Action::kSkip);
  }

  Scanner& s_;
  const std::size_t p_;
  const char16_t c_;
  Match best_;
};

}  // namespace

Match longest_match(Scanner& scanner, std::size_t p) { return Contest(scanner, p).run(); }

}  // namespace vernier::text::ptb
