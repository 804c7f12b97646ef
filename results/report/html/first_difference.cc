#include "results/report/html/first_difference.h"

#include <fmt/format.h>

#include <algorithm>

#include "results/report/html/text.h"
#include "results/report/samples/excerpt.h"

namespace vernier::report {
namespace {

// Of a word; where words are not divided by spaces, what is marked begins at the first letter that
// differs.
constexpr std::size_t kLongestWord = 40;

bool is_inside_letter(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

std::string marked_at(std::string_view text, std::size_t begin) {
  const std::size_t space = std::min(text.find(' ', begin), text.size());
  const std::string_view word = cut_text(text.substr(begin, space - begin), kLongestWord);
  return fmt::format("{}<mark class=\"m3\">{}</mark>{}", html(text.substr(0, begin)),
                     word.empty() ? "∎" : html(word), html(text.substr(begin + word.size())));
}

}  // namespace

std::pair<std::string, std::string> marked_difference(std::string_view a, std::string_view b) {
  a = excerpt(a);
  b = excerpt(b);
  if (a == b) return {html(a), html(b)};
  const std::size_t both = std::min(a.size(), b.size());
  const auto differing = static_cast<std::size_t>(
      std::ranges::mismatch(a.substr(0, both), b.substr(0, both)).in1 - a.begin());
  std::size_t letter = differing;
  while (letter > 0 && (is_inside_letter(a, letter) || is_inside_letter(b, letter))) --letter;
  // npos + 1 is the beginning of the text.
  const std::size_t word = letter == 0 ? 0 : a.rfind(' ', letter - 1) + 1;
  const std::size_t begin = letter - word > kLongestWord ? letter : word;
  return {marked_at(a, begin), marked_at(b, begin)};
}

}  // namespace vernier::report
