#include "metrics/meteor/english/normalizer.h"

#include <algorithm>
#include <array>

#include "metrics/text/unicode/unicode.h"

namespace vernier::meteor {
namespace {

constexpr char32_t kLeftQuote = 0x2018, kRightQuote = 0x2019;
constexpr char32_t kLeftDoubleQuote = 0x201C, kRightDoubleQuote = 0x201D;
constexpr char32_t kEnDash = 0x2013;
/// A run of n >= 2 dots is one character kDotRun + n until the words are written: no rule may look
/// inside.
constexpr char32_t kDotRun = 0x200000;

bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }

bool is_alpha(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return (c >= 0xC0 && c <= 0x17E && c != 0xD7 && c != 0xF7) || (c >= 0x400 && c <= 0x527) ||
         (c >= 0xA640 && c <= 0xA66E) || (c >= 0xA67E && c <= 0xA697) ||
         (c >= 0x1D00 && c <= 0x1D7F);
}

bool is_alnum(char32_t c) { return is_alpha(c) || is_digit(c); }

// Blank, tab, line feed, vertical tab, form feed, carriage return.
bool is_space(char32_t c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
// What separates words. The vertical tab does not.
bool is_separator(char32_t c) { return is_space(c) && c != '\v'; }

// Characters that count as a blank at the end; each is a word of its own by then.
bool is_wide_space(char32_t c) {
  return c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000;
}

constexpr auto kAbbreviations = [] {
  std::array<std::u32string_view, 64> list = {
      U"Adj",  U"Adm",    U"Adv",  U"Asst", U"Bart", U"Bldg", U"Brig", U"Bros", U"Capt", U"Cmdr",
      U"Col",  U"Comdr",  U"Con",  U"Corp", U"Cpl",  U"DR",   U"Dr",   U"Drs",  U"Ens",  U"Gen",
      U"Gov",  U"Hon",    U"Hr",   U"Hosp", U"Insp", U"Lt",   U"MM",   U"MR",   U"MRS",  U"MS",
      U"Maj",  U"Messrs", U"Mlle", U"Mme",  U"Mr",   U"Mrs",  U"Ms",   U"Msgr", U"Op",   U"Ord",
      U"Pfc",  U"Ph",     U"Prof", U"Pvt",  U"Rep",  U"Reps", U"Res",  U"Rev",  U"Rt",   U"Sen",
      U"Sens", U"Sfc",    U"Sgt",  U"Sr",   U"St",   U"Supt", U"Surg", U"v",    U"vs",   U"i.e",
      U"rev",  U"e.g",    U"Nos",  U"Nr"};
  std::sort(list.begin(), list.end());
  return list;
}();

bool is_abbreviation(std::u32string_view word) {
  if (word.size() == 1 && word[0] >= 'A' && word[0] <= 'Z') return true;
  return std::binary_search(kAbbreviations.begin(), kAbbreviations.end(), word);
}

bool is_numeric_abbreviation(std::u32string_view word) {
  return word == U"No" || word == U"Art" || word == U"pp";
}

void append_dots(std::string& out, std::size_t n) { out.append(n, '.'); }

}  // namespace

void Normalizer::normalize(std::string_view text, text::TokenList& words) {
  line_.assign(1, ' ');
  for (std::size_t pos = 0; pos < text.size();) line_ += text::next_code_point(text, pos);
  line_ += ' ';
  set_symbols_free();
  protect_dot_runs();
  const auto digit = [](char32_t c) { return is_digit(c); };
  const auto other = [](char32_t c) { return !is_digit(c); };
  split_around(',', other, other, false);
  split_around(',', digit, other, false);
  split_around(',', other, digit, false);
  unify_quotes();
  shorten_dashes();
  split_dashes();
  split_clitics();
  emit_words(words);
}

void Normalizer::set_symbols_free() {
  next_.clear();
  for (const char32_t c : line_) {
    if (is_alnum(c) || is_space(c) || c == '.' || c == '\'' || c == '`' || c == ',' || c == '-' ||
        c == kLeftQuote || c == kRightQuote) {
      next_ += c;
    } else {
      next_ += {' ', c, ' '};
    }
  }
  line_.swap(next_);
}

void Normalizer::protect_dot_runs() {
  next_.clear();
  for (std::size_t i = 0; i < line_.size();) {
    std::size_t end = i;
    while (end < line_.size() && line_[end] == '.') ++end;
    if (end - i >= 2) {
      next_ += {' ', static_cast<char32_t>(kDotRun + (end - i)), ' '};
      i = end;
    } else {
      next_ += line_[i++];
    }
  }
  line_.swap(next_);
}

// Replaces (before) mark (after) by \1 mark \2 with blanks around the mark, or before it only. Each
// match uses up its neighbours, as a global regex replacement does.
template <class Before, class After>
void Normalizer::split_around(char32_t mark, Before before, After after, bool keep_with_next) {
  if (line_.find(mark) == line_.npos) return;
  next_.clear();
  for (std::size_t i = 0; i < line_.size();) {
    if (i + 2 < line_.size() && line_[i + 1] == mark && before(line_[i]) && after(line_[i + 2])) {
      next_ += {line_[i], ' ', mark};
      if (!keep_with_next) next_ += ' ';
      next_ += line_[i + 2];
      i += 3;
    } else {
      next_ += line_[i++];
    }
  }
  line_.swap(next_);
}

void Normalizer::unify_quotes() {
  for (char32_t& c : line_) {
    if (c == '`' || c == kLeftQuote || c == kRightQuote) c = '\'';
  }
  next_.clear();
  for (std::size_t i = 0; i < line_.size(); ++i) {
    const bool pair = line_[i] == '\'' && i + 1 < line_.size() && line_[i + 1] == '\'';
    if (pair || line_[i] == kLeftDoubleQuote || line_[i] == kRightDoubleQuote) {
      next_ += {' ', '"', ' '};
      i += pair;
    } else {
      next_ += line_[i];
    }
  }
  line_.swap(next_);
}

void Normalizer::shorten_dashes() {
  for (char32_t& c : line_) {
    if (c == kEnDash) c = '-';
  }
  if (line_.find(U"--") == line_.npos) return;
  next_.clear();
  for (std::size_t i = 0; i < line_.size(); ++i) {
    next_ += line_[i];
    if (line_[i] == '-' && i + 1 < line_.size() && line_[i + 1] == '-') ++i;
  }
  line_.swap(next_);
}

void Normalizer::split_dashes() {
  for (std::size_t i = 0; i + 2 < line_.size(); ++i) {
    if (line_[i + 1] == '-' && (is_alnum(line_[i]) || line_[i] == '.') && is_alnum(line_[i + 2])) {
      line_[i + 1] = ' ';
      i += 2;  // the letter behind the dash is used up: a-b-c becomes "a b-c"
    }
  }
}

void Normalizer::split_clitics() {
  const auto alpha = [](char32_t c) { return is_alpha(c); };
  const auto not_alpha = [](char32_t c) { return !is_alpha(c); };
  const auto not_alnum = [](char32_t c) { return !is_alnum(c); };
  split_around('\'', not_alpha, not_alpha, false);
  split_around('\'', not_alnum, alpha, false);
  split_around('\'', alpha, not_alpha, false);
  split_around('\'', alpha, alpha, true);
  split_around(
      '\'', is_digit, [](char32_t c) { return c == 's'; }, true);
}

void Normalizer::emit_words(text::TokenList& words) {
  const std::u32string_view line = line_;
  std::size_t begin = 0;
  const auto skip_separators = [&] {
    while (begin < line.size() && is_separator(line[begin])) ++begin;
  };
  const auto emit = [&](std::u32string_view word, bool without_dots) {
    if (word.size() == 1 && is_wide_space(word[0])) return;
    word_.clear();
    for (const char32_t c : word) {
      if (c > kDotRun) {
        append_dots(word_, c - kDotRun);
      } else if (!without_dots || c != '.') {
        text::append_utf8(word_, c);
      }
    }
    if (!word_.empty()) words.push(text::to_lower(word_));
  };
  skip_separators();
  while (begin < line.size()) {
    std::size_t end = begin;
    while (end < line.size() && !is_separator(line[end])) ++end;
    const std::u32string_view word = line.substr(begin, end - begin);
    begin = end;
    skip_separators();
    if (word.size() == 1 || word.back() != '.') {
      emit(word, false);
      continue;
    }
    const std::u32string_view stem = word.substr(0, word.size() - 1);
    const char32_t following = begin < line.size() ? line[begin] : U' ';
    if (stem.find('.') != stem.npos && std::any_of(stem.begin(), stem.end(), is_alpha)) {
      emit(word, true);
    } else if (is_abbreviation(stem) || (following >= 'a' && following <= 'z') ||
               (is_numeric_abbreviation(stem) && is_digit(following))) {
      emit(word, false);
    } else {
      emit(stem, false);
      emit(word.substr(word.size() - 1), false);
    }
  }
}

}  // namespace vernier::meteor
