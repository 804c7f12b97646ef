#include "judges/probes/answers/yes_no/published.h"

#include <algorithm>
#include <string>

#include "metrics/text/unicode/unicode.h"
#include "metrics/text/unicode/white_space.h"

namespace vernier::probes {
namespace {

constexpr std::string_view kMarks = ";/[]\"{}()=+\\_-><@`,?!";

bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

Verdict verdict_of(bool yes, bool no) {
  if (yes == no) return Verdict::kUnclear;
  return yes ? Verdict::kYes : Verdict::kNo;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool holds_digits_around_comma(std::string_view text) {
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] == ',' && is_digit(text[i - 1]) && is_digit(text[i + 1])) return true;
  }
  return false;
}

/// As the VQA tools do it: a mark that stands beside a blank anywhere in the text is deleted
/// everywhere, any other becomes a blank; full stops go unless a digit follows.
std::string without_vqa_punctuation(std::string_view text) {
  std::string out(text);
  const bool number = holds_digits_around_comma(text);
  for (const char mark : kMarks) {
    const bool deleted =
        number || holds(text, std::string{mark, ' '}) || holds(text, std::string{' ', mark});
    if (deleted) {
      std::erase(out, mark);
    } else {
      std::ranges::replace(out, mark, ' ');
    }
  }
  std::string kept;
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (out[i] != '.' || (i + 1 < out.size() && is_digit(out[i + 1]))) kept += out[i];
  }
  return kept;
}

}  // namespace

Verdict read_pope_official(std::string_view answer) {
  std::string text(answer.substr(0, answer.find('.')));
  std::erase(text, ',');
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const std::string_view word = std::string_view(text).substr(begin, end - begin);
    if (word == "No" || word == "not" || word == "no") return Verdict::kNo;
    begin = end + 1;
  }
  return Verdict::kYes;
}

Verdict read_contains(std::string_view answer) {
  return holds(text::to_lower(answer), "no") ? Verdict::kNo : Verdict::kYes;
}

Verdict read_contains_yes_first(std::string_view answer) {
  const std::string lower = text::to_lower(answer);
  if (holds(lower, "yes")) return Verdict::kYes;
  return holds(lower, "no") ? Verdict::kNo : Verdict::kUnclear;
}

Verdict read_first4(std::string_view answer) {
  const std::string lower = text::to_lower(answer);
  std::size_t end = 0;
  for (int n = 0; n < 4 && end < lower.size(); ++n) text::next_code_point(lower, end);
  const std::string_view head = std::string_view(lower).substr(0, end);
  if (holds(head, "yes")) return Verdict::kYes;
  return holds(head, "no") ? Verdict::kNo : Verdict::kUnclear;
}

Verdict read_exact(std::string_view answer) {
  const std::string lower = text::to_lower(text::strip_left(text::strip_right(answer)));
  return verdict_of(lower == "yes", lower == "no");
}

Verdict read_vlmevalkit(std::string_view answer) {
  const std::string text = without_vqa_punctuation(text::to_lower(answer));
  bool yes = false, no = false;
  text::TokenList words;
  text::push_words(text, words);
  for (std::size_t i = 0; i < words.size(); ++i) {
    yes |= words[i] == "yes";
    no |= words[i] == "no";
  }
  return verdict_of(yes, no);
}

}  // namespace vernier::probes
