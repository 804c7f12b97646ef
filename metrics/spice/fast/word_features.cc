#include "metrics/spice/fast/word_features.h"

#include <algorithm>

namespace vernier::spice {
namespace {

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

std::string_view last(std::string_view word, std::size_t characters) {
  std::size_t begin = word.size();
  while (begin > 0 && characters > 0) characters -= begins_character(word[--begin]);
  return word.substr(begin);
}

std::string_view first(std::string_view word, std::size_t characters) {
  std::size_t end = 0;
  while (end < word.size()) {
    if (begins_character(word[end]) && characters-- == 0) break;
    ++end;
  }
  return word.substr(0, end);
}

/// FNV-1a of 32 bits, of the kind's number and the text.
std::uint32_t hash(std::size_t kind, std::string_view text) {
  const auto add = [](std::uint32_t before, unsigned char byte) {
    return (before ^ byte) * 16777619U;
  };
  std::uint32_t value = add(2166136261U, static_cast<unsigned char>(kind));
  for (const char c : text) value = add(value, static_cast<unsigned char>(c));
  return value;
}

/// Whether it holds a digit, a hyphen, an apostrophe, anything but ASCII; its length up to 15. As
/// UTF-8 of one character.
std::array<char, 2> shape(std::string_view word, std::size_t& bytes) {
  const auto any = [&](auto test) {
    return static_cast<unsigned>(std::any_of(word.begin(), word.end(), test));
  };
  const auto characters =
      static_cast<unsigned>(std::count_if(word.begin(), word.end(), begins_character));
  const unsigned bits = any([](char c) { return c >= '0' && c <= '9'; }) |
                        any([](char c) { return c == '-'; }) << 1 |
                        any([](char c) { return c == '\''; }) << 2 |
                        any([](char c) { return static_cast<unsigned char>(c) >= 0x80; }) << 3 |
                        std::min(characters, 15U) << 4;
  const unsigned code = bits + 33;
  if (code < 0x80) {
    bytes = 1;
    return {static_cast<char>(code), 0};
  }
  bytes = 2;
  return {static_cast<char>(0xC0 | code >> 6), static_cast<char>(0x80 | (code & 0x3F))};
}

}  // namespace

std::array<std::uint32_t, kAffixes> affix_hashes(std::string_view word) {
  std::size_t bytes = 0;
  const std::array<char, 2> form = shape(word, bytes);
  return {hash(0, last(word, 1)),       hash(1, last(word, 2)),  hash(2, last(word, 3)),
          hash(3, last(word, 4)),       hash(4, first(word, 2)), hash(5, first(word, 3)),
          hash(6, {form.data(), bytes})};
}

}  // namespace vernier::spice
