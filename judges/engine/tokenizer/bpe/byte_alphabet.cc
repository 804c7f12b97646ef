#include "judges/engine/tokenizer/bpe/byte_alphabet.h"

#include <array>

#include "metrics/text/unicode/unicode.h"

namespace vernier::engine {
namespace {

constexpr char32_t kLetters = 0x144;  // one beyond the last

struct Alphabet {
  std::array<char32_t, 256> letter{};
  std::array<std::int16_t, kLetters> byte{};
};

constexpr Alphabet make_alphabet() {
  Alphabet alphabet;
  for (auto& byte : alphabet.byte) byte = -1;
  char32_t next = 0x100;
  for (char32_t b = 0; b < 256; ++b) {
    const bool itself = (b >= 0x21 && b <= 0x7E) || (b >= 0xA1 && b != 0xAD);
    const char32_t letter = itself ? b : next++;
    alphabet.letter[b] = letter;
    alphabet.byte[letter] = static_cast<std::int16_t>(b);
  }
  return alphabet;
}

constexpr Alphabet kAlphabet = make_alphabet();

}  // namespace

char32_t letter_of_byte(std::uint8_t byte) { return kAlphabet.letter[byte]; }

int byte_of_letter(char32_t letter) { return letter < kLetters ? kAlphabet.byte[letter] : -1; }

void append_letters(std::string& out, std::string_view bytes) {
  for (const char byte : bytes) {
    text::append_utf8(out, letter_of_byte(static_cast<std::uint8_t>(byte)));
  }
}

void append_bytes_of_letters(std::string& out, std::string_view letters) {
  const std::size_t before = out.size();
  for (std::size_t pos = 0; pos < letters.size();) {
    const int byte = byte_of_letter(text::next_code_point(letters, pos));
    if (byte < 0) {
      out.resize(before);
      out += letters;
      return;
    }
    out.push_back(static_cast<char>(byte));
  }
}

}  // namespace vernier::engine
