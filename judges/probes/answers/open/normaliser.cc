#include "judges/probes/answers/open/normaliser.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "judges/probes/answers/open/contractions.h"
#include "metrics/text/token_list.h"
#include "metrics/text/unicode/unicode.h"
#include "metrics/text/unicode/white_space.h"

namespace vernier::probes {
namespace {

constexpr std::string_view kPunctuation = ";/[]\"{}()=+\\_-><@`,?!";
constexpr std::size_t kMostFullStops = 32;  // re.UNICODE, given as a count

/// A digit as \d of Python's regular expressions takes it.
bool is_digit(char32_t c) { return u_charType(static_cast<UChar32>(c)) == U_DECIMAL_DIGIT_NUMBER; }

bool digit_at(std::string_view text, std::size_t at) {
  return at < text.size() && is_digit(text::next_code_point(text, at));
}

/// Whether a comma stands directly between two digits.
bool has_comma_in_number(std::string_view text) {
  bool after_digit = false;
  for (std::size_t pos = 0; pos < text.size();) {
    const char32_t c = text::next_code_point(text, pos);
    if (c == ',' && after_digit && digit_at(text, pos)) return true;
    after_digit = is_digit(c);
  }
  return false;
}

std::string without_punctuation(std::string_view text) {
  std::array<bool, 128> removed{};
  removed.fill(has_comma_in_number(text));
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    const auto a = static_cast<unsigned char>(text[i]), b = static_cast<unsigned char>(text[i + 1]);
    if (a == ' ' && b < 0x80) removed[b] = true;
    if (b == ' ' && a < 0x80) removed[a] = true;
  }
  std::string spaced;
  for (const char c : text) {
    if (kPunctuation.find(c) == std::string_view::npos) {
      spaced += c;
    } else if (!removed[static_cast<unsigned char>(c)]) {
      spaced += ' ';
    }
  }
  std::string out;
  std::size_t stops = 0;
  for (std::size_t i = 0; i < spaced.size(); ++i) {
    if (spaced[i] == '.' && stops < kMostFullStops && !digit_at(spaced, i + 1)) {
      ++stops;
    } else {
      out += spaced[i];
    }
  }
  return out;
}

std::string_view as_digits(std::string_view word) {
  constexpr std::pair<std::string_view, std::string_view> kNumbers[] = {
      {"none", "0"}, {"zero", "0"}, {"one", "1"},   {"two", "2"},   {"three", "3"}, {"four", "4"},
      {"five", "5"}, {"six", "6"},  {"seven", "7"}, {"eight", "8"}, {"nine", "9"},  {"ten", "10"}};
  for (const auto& [name, digits] : kNumbers) {
    if (word == name) return digits;
  }
  return word;
}

std::string plain_word_list(std::string_view text) {
  text::TokenList words;
  text::push_words(text::to_lower(text), words);
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (word == "a" || word == "an" || word == "the") continue;
    if (!out.empty()) out += ' ';
    out += restored_contraction(as_digits(word));
  }
  return out;
}

/// What EvalAIAnswerProcessor does before the rules that it shares.
std::string prepared(std::string_view answer) {
  std::string out;
  const std::string lower = text::to_lower(answer);
  for (std::size_t i = 0; i < lower.size(); ++i) {
    if (lower[i] == ',' || lower[i] == '?') continue;
    out += lower[i];
  }
  for (std::size_t at = 0; (at = out.find("'s", at)) != std::string::npos; at += 3) {
    out.insert(at, 1, ' ');
  }
  return out;
}

}  // namespace

const char* normaliser_name(AnswerNormaliser normaliser) {
  return normaliser == AnswerNormaliser::kVqa ? "vqa" : "evalai";
}

std::string blanks_stripped(std::string_view answer) {
  std::string out(answer);
  std::ranges::replace_if(
      out, [](char c) { return c == '\n' || c == '\t'; }, ' ');
  return std::string(text::strip_left(text::strip_right(out)));
}

std::string normalised_answer(std::string_view answer, AnswerNormaliser normaliser) {
  const std::string text = normaliser == AnswerNormaliser::kEvalAi
                               ? blanks_stripped(prepared(answer))
                               : blanks_stripped(answer);
  return plain_word_list(without_punctuation(text));
}

}  // namespace vernier::probes
