#include "judges/visce/shown_caption.h"

#include <cstddef>

namespace vernier::visce {
namespace {

constexpr std::size_t kMostWords = 384;

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

}  // namespace

ShownCaption shown_caption(std::string_view caption) {
  std::size_t words = 0, sentence = 0, end = 0;
  for (std::size_t i = 0; i < caption.size();) {
    while (i < caption.size() && is_space(caption[i])) ++i;
    if (i == caption.size()) break;
    if (words == kMostWords) return {caption.substr(0, sentence > 0 ? sentence : end), true};
    while (i < caption.size() && !is_space(caption[i])) ++i;
    ++words;
    end = i;
    const char last = caption[i - 1];
    if (last == '.' || last == '!' || last == '?') sentence = i;
  }
  return {caption, false};
}

}  // namespace vernier::visce
