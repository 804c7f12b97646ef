#include "metrics/text/nltk/word_tokenizer.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>

#include "metrics/text/unicode/unicode.h"
#include "metrics/text/unicode/white_space.h"

namespace vernier::text {
namespace {

using View = std::string_view;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool starts_with_any_case(View text, View word) {
  return text.size() >= word.size() && std::equal(word.begin(), word.end(), text.begin(),
                                                  [](char a, char b) { return a == lower(b); });
}

bool word_at(View text, std::size_t pos) {
  return pos < text.size() && is_python_word(next_code_point(text, pos));
}

bool word_before(View text, std::size_t pos) {
  if (pos == 0) return false;
  do {
    --pos;
  } while (pos > 0 && (text[pos] & 0xC0) == 0x80);
  return word_at(text, pos);
}

bool digit_at(View text, std::size_t pos) {
  const auto byte = static_cast<unsigned char>(text[pos]);
  if (byte < 0x80) return byte >= '0' && byte <= '9';
  return u_isdigit(static_cast<UChar32>(next_code_point(text, pos)));
}

/// Length of the first of these that the text begins with; 0 for none.
template <std::size_t n>
std::size_t prefix_of(View text, const std::array<View, n>& words) {
  for (const View word : words) {
    if (text.starts_with(word)) return word.size();
  }
  return 0;
}

std::size_t one_of(View text, View set) { return set.find(text[0]) != View::npos ? 1 : 0; }

std::size_t run_of(View text, char c) { return std::min(text.find_first_not_of(c), text.size()); }

constexpr std::array<View, 4> kOpening = {"«", "“", "‘", "„"};
constexpr std::array<View, 3> kClosing = {"»", "”", "’"};
/// Split from the word before when a blank follows; longer ones first where one begins the other.
constexpr std::array<View, 7> kEndings1 = {"'s", "'S", "'m", "'M", "'d", "'D", "'"};
constexpr std::array<View, 8> kEndings2 = {"'ll", "'LL", "'re", "'RE", "'ve", "'VE", "n't", "N'T"};

/// Two words written as one: "can" + "not".
struct Contraction {
  View first, second;
  enum { kWord, kSpaceBehind } end = kWord;
};
constexpr std::array<Contraction, 8> kContractions = {{{"can", "not"},
                                                       {"d", "'ye"},
                                                       {"gim", "me"},
                                                       {"gon", "na"},
                                                       {"got", "ta"},
                                                       {"lem", "me"},
                                                       {"more", "'n"},
                                                       {"wan", "na", Contraction::kSpaceBehind}}};

}  // namespace

template <class Match>
void NltkWordTokenizer::space_around(Match match) {
  const View bytes = text_.bytes();
  text_.rewrite([&](std::size_t i) {
    const std::size_t size = match(bytes.substr(i));
    if (size == 0) {
      text_.keep(i);
      return std::size_t{1};
    }
    text_.add(" ", i);
    text_.keep(i, size);
    text_.add(" ", i + size);
    return size;
  });
}

void NltkWordTokenizer::opening_quotes() {
  space_around(
      [](View text) { return text[0] == '`' ? run_of(text, '`') : prefix_of(text, kOpening); });
  if (text_.bytes().starts_with('"')) {
    text_.rewrite([&](std::size_t i) {
      if (i == 0) {
        text_.add("``", 0);
      } else {
        text_.keep(i);
      }
      return std::size_t{1};
    });
  }
  space_around([](View text) { return text.starts_with("``") ? 2 : 0; });
  const View bytes = text_.bytes();
  text_.rewrite([&](std::size_t i) {  // a quote behind a blank or a bracket
    text_.keep(i);
    if (one_of(bytes.substr(i), " ([{<") == 0) return std::size_t{1};
    const View rest = bytes.substr(i + 1);
    const std::size_t quote = rest.starts_with('"') ? 1 : rest.starts_with("''") ? 2 : 0;
    if (quote == 0) return std::size_t{1};
    text_.add(" `` ", i + 1);
    return 1 + quote;
  });
  const View quoted = text_.bytes();
  text_.rewrite([&](std::size_t i) {  // an apostrophe before a single letter that is no ending
    text_.keep(i);
    if (quoted[i] != '\'') return std::size_t{1};
    const View rest = quoted.substr(i + 1);
    for (const View ending : {"re", "ve", "ll", "m", "t", "s", "d", "n"}) {
      if (starts_with_any_case(rest, ending)) return std::size_t{1};
    }
    if (!word_at(quoted, i + 1)) return std::size_t{1};
    std::size_t end = i + 1;
    next_code_point(quoted, end);
    if (word_at(quoted, end)) return std::size_t{1};
    text_.add(" ", i + 1);
    text_.keep(i + 1, end - i - 1);
    return end - i;
  });
}

/// A last period with nothing but `closers` and white space behind it, and no period before it,
/// becomes a word.
void NltkWordTokenizer::final_period(View closers, bool blank_behind) {
  const View bytes = text_.bytes();
  const std::size_t period = bytes.rfind('.');
  if (period == View::npos || period == 0 || bytes[period - 1] == '.') return;
  const View rest = bytes.substr(period + 1);
  std::size_t closed = 0;
  while (closed < rest.size()) {
    const std::size_t quote = prefix_of(rest.substr(closed), kClosing);
    if (closers.find(rest[closed]) != View::npos && (rest[closed] & 0x80) == 0) {
      ++closed;
    } else if (quote > 0 && closers.find(rest.substr(closed, quote)) != View::npos) {
      closed += quote;
    } else {
      break;
    }
  }
  if (leading_space(rest.substr(closed)) != rest.size() - closed) return;
  text_.rewrite([&](std::size_t i) {
    if (i < period) {
      text_.keep(i);
      return std::size_t{1};
    }
    text_.add(" ", i);
    text_.keep(i);
    if (blank_behind) text_.add(" ", i + 1);
    text_.keep(i + 1, closed);
    text_.add(" ", i + 1 + closed);
    return bytes.size() - i;
  });
}

void NltkWordTokenizer::punctuation() {
  final_period("]})>\"'»”’ ", true);
  const View bytes = text_.bytes();
  text_.rewrite([&](std::size_t i) {  // : and , before what is no digit
    if ((bytes[i] != ':' && bytes[i] != ',') || i + 1 == bytes.size() || digit_at(bytes, i + 1)) {
      text_.keep(i);
      return std::size_t{1};
    }
    std::size_t end = i + 1;
    next_code_point(bytes, end);
    text_.add(" ", i);
    text_.keep(i);
    text_.add(" ", i + 1);
    text_.keep(i + 1, end - i - 1);
    return end - i;
  });
  const std::size_t size = text_.bytes().size();
  const View all = text_.bytes();
  space_around([&](View text) {
    const auto at = static_cast<std::size_t>(text.data() - all.data());
    const bool last = at + 1 == size || (at + 2 == size && text[1] == '\n');
    return last && (text[0] == ':' || text[0] == ',') ? 1 : 0;
  });
  space_around([](View text) { return text.starts_with("..") ? run_of(text, '.') : 0; });
  space_around([](View text) { return one_of(text, ";@#$%&"); });
  final_period("]})>\"'", false);
  space_around([](View text) { return one_of(text, "?!"); });
  const View marks = text_.bytes();
  text_.rewrite([&](std::size_t i) {  // an apostrophe before a blank
    text_.keep(i);
    if (marks[i] == '\'' || !marks.substr(i + 1).starts_with("' ")) return std::size_t{1};
    text_.add(" ", i + 1);
    text_.keep(i + 1, 2);
    return std::size_t{3};
  });
  space_around([](View text) { return one_of(text, "*"); });
}

void NltkWordTokenizer::brackets() {
  space_around([](View text) { return one_of(text, "][(){}<>"); });
  space_around([](View text) { return text.starts_with("--") ? 2 : 0; });
  const std::size_t size = text_.bytes().size();
  text_.rewrite([&](std::size_t i) {  // one blank at both ends
    if (i == 0) text_.add(" ", 0);
    text_.keep(i, size);
    text_.add(" ", size);
    return size;
  });
}

void NltkWordTokenizer::closing_quotes() {
  space_around([](View text) { return prefix_of(text, kClosing); });
  space_around([](View text) { return text.starts_with("''") ? 2 : 0; });
  const View bytes = text_.bytes();
  text_.rewrite([&](std::size_t i) {
    if (bytes[i] == '"') {
      text_.add(" '' ", i);
    } else {
      text_.keep(i);
    }
    return std::size_t{1};
  });
  const auto split_endings = [this](const auto& endings) {
    const View from = text_.bytes();
    text_.rewrite([&](std::size_t i) {
      text_.keep(i);
      if (from[i] == '\'' || from[i] == ' ') return std::size_t{1};
      for (const View ending : endings) {
        const View rest = from.substr(i + 1);
        if (!rest.starts_with(ending) || !rest.substr(ending.size()).starts_with(' ')) continue;
        text_.add(" ", i + 1);
        text_.keep(i + 1, ending.size() + 1);
        return ending.size() + 2;
      }
      return std::size_t{1};
    });
  };
  split_endings(kEndings1);
  split_endings(kEndings2);
}

void NltkWordTokenizer::contractions() {
  const auto split = [this](std::size_t i, View first, View second) {
    text_.add(" ", i);
    text_.keep(i, first.size());
    text_.add(" ", i + first.size());
    text_.keep(i + first.size(), second.size());
    text_.add(" ", i + first.size() + second.size());
    return first.size() + second.size();
  };
  for (const Contraction& contraction : kContractions) {
    const View first = contraction.first, second = contraction.second;
    const View bytes = text_.bytes();
    const auto matches = [&](std::size_t i) {
      const View rest = bytes.substr(i);
      if (!starts_with_any_case(rest, first)) return false;
      if (!starts_with_any_case(rest.substr(first.size()), second)) return false;
      const std::size_t behind = i + first.size() + second.size();
      if (word_before(bytes, i)) return false;
      return contraction.end == Contraction::kWord ? !word_at(bytes, behind)
                                                   : leading_space(bytes.substr(behind)) > 0;
    };
    // Few texts have any: look before rewriting.
    std::size_t found = 0;
    while (found < bytes.size() && !matches(found)) ++found;
    if (found == bytes.size()) continue;
    text_.rewrite([&](std::size_t i) {
      if (i >= found && matches(i)) return split(i, first, second);
      text_.keep(i);
      return std::size_t{1};
    });
  }
  for (const View second : {"is", "was"}) {
    const View bytes = text_.bytes();
    if (bytes.find('\'') == View::npos) return;
    text_.rewrite([&](std::size_t i) {
      const View rest = bytes.substr(i);
      const std::size_t size = 3 + second.size();
      if (rest[0] == ' ' && starts_with_any_case(rest.substr(1), "'t") &&
          starts_with_any_case(rest.substr(std::min<std::size_t>(3, rest.size())), second) &&
          !word_at(bytes, i + size)) {
        text_.add(" ", i);
        return 1 + split(i + 1, "'t", second);
      }
      text_.keep(i);
      return std::size_t{1};
    });
  }
}

void NltkWordTokenizer::push_tokens(TokenList& tokens, std::vector<TokenPlace>& places) const {
  const View bytes = text_.bytes();
  for (std::size_t pos = leading_space(bytes); pos < bytes.size();) {
    const std::size_t size = leading_word(bytes.substr(pos));
    tokens.push(bytes.substr(pos, size));
    places.push_back({text_.place(pos), text_.place(pos + size - 1) + 1});
    pos += size;
    pos += leading_space(bytes.substr(pos));
  }
}

void NltkWordTokenizer::tokenize(View sentence, std::size_t place, TokenList& tokens,
                                 std::vector<TokenPlace>& places) {
  text_.assign(sentence, place);
  opening_quotes();
  punctuation();
  brackets();
  closing_quotes();
  contractions();
  push_tokens(tokens, places);
}

}  // namespace vernier::text
