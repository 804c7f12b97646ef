#include "judges/probes/ocr/ocr_text.h"

#include <unicode/uchar.h>

#include "judges/probes/answers/text/plain_words.h"
#include "metrics/text/token_list.h"
#include "metrics/text/unicode/unicode.h"
#include "metrics/text/unicode/white_space.h"

namespace vernier::probes {
namespace {

std::string without_punctuation(std::string_view text) {
  std::string out;
  for (std::size_t pos = 0; pos < text.size();) {
    const std::size_t begin = pos;
    const char32_t c = text::next_code_point(text, pos);
    if (u_ispunct(static_cast<UChar32>(c)) == 0) out += text.substr(begin, pos - begin);
  }
  return out;
}

std::string single_blanks(std::string_view text) {
  text::TokenList words;
  text::push_words(text, words);
  return words.joined();
}

void add_lines(std::string_view text, std::vector<std::string>& lines) {
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find_first_of("\r\n", begin), text.size());
    std::string line = single_blanks(text.substr(begin, end - begin));
    if (!line.empty()) lines.push_back(std::move(line));
    begin = end + 1;
  }
}

}  // namespace

std::string normalisation_text(const OcrNormalisation& normalisation) {
  std::string out;
  const auto add = [&](bool on, const char* name) {
    if (on) out += (out.empty() ? "" : "+") + std::string(name);
  };
  add(normalisation.compatibility_forms, "nfkc");
  add(normalisation.ignore_case, "case");
  add(normalisation.ignore_punctuation, "punctuation");
  return out.empty() ? "none" : out;
}

OcrText read_ocr_text(std::string_view raw, const OcrNormalisation& normalisation) {
  std::string text(raw);
  if (normalisation.compatibility_forms) text = compatible_text(text);
  if (normalisation.ignore_case) text = text::to_lower(text);
  if (normalisation.ignore_punctuation) text = without_punctuation(text);
  OcrText out;
  add_lines(text, out.lines);
  text::TokenList words;
  text::push_words(text, words);
  out.text = words.joined();
  for (std::size_t pos = 0; pos < out.text.size();) {
    out.characters.push_back(text::next_code_point(out.text, pos));
  }
  for (std::size_t n = 0, begin = 0; n < words.size(); ++n) {
    out.words.emplace_back(words[n]);
    out.word_begins.push_back(begin);
    while (begin < out.characters.size() && out.characters[begin] != ' ') ++begin;
    ++begin;
  }
  return out;
}

}  // namespace vernier::probes
