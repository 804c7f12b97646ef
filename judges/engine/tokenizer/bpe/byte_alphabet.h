// GPT-2's alphabet: a printable character for every byte.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vernier::engine {

/// The character of a byte: itself for 0x21-0x7E, 0xA1-0xAC and 0xAE-0xFF; the other 68 bytes, in
/// order, are U+0100, U+0101, ... (Radford et al. 2019, encoder.py of GPT-2).
char32_t letter_of_byte(std::uint8_t byte);

/// The byte of a character, -1 where it is not of the alphabet.
int byte_of_letter(char32_t letter);

/// Appends the letters of bytes as UTF-8.
void append_letters(std::string& out, std::string_view bytes);

/// Appends the bytes of letters; of a text with any other character, its own bytes.
void append_bytes_of_letters(std::string& out, std::string_view letters);

}  // namespace vernier::engine
