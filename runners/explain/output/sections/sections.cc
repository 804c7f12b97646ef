#include "runners/explain/output/sections/sections.h"

#include "base/printable.h"
#include "runners/output/folding.h"

namespace vernier {
namespace {

const std::string kIndent(kSectionIndent, ' ');
constexpr std::size_t kWordsIndent = kSectionIndent + 13;

}  // namespace

std::string shown(std::string_view word) { return printable(word, word.size()); }

std::vector<std::string> shown(const std::vector<std::string>& words) {
  std::vector<std::string> out;
  out.reserve(words.size());
  for (const std::string& word : words) out.push_back(shown(word));
  return out;
}

void Section::line(const std::string& text) {
  out_ += folded(kIndent, pieces_of(text), kSectionIndent, layout_.width);
}

void Section::words(const std::string& title, const std::vector<std::string>& words) {
  out_ += folded(kIndent + title, words, kWordsIndent, layout_.width);
}

void Section::list(const std::string& title, const std::vector<std::string>& items) {
  if (items.empty()) return;
  std::vector<std::string> pieces;
  for (std::size_t i = 0; i < items.size() && i < layout_.show; ++i) {
    pieces.push_back(items[i] + (i + 1 < items.size() ? "," : ""));
  }
  if (items.size() > layout_.show) {
    pieces.push_back(std::to_string(items.size() - layout_.show) + " more");
  }
  words(title, pieces);
}

void Section::table(const TextRows& rows, std::string_view sides) {
  lines(text_table(rows, sides));
}

void Section::lines(const std::string& text) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (end > begin) out_ += kIndent;
    out_.append(text, begin, end - begin);
    out_ += '\n';
    begin = end + 1;
  }
}

}  // namespace vernier
