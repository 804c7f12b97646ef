// What drawn objects can be, and the words for it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace vernier::scenes {

enum class Shape : std::uint8_t { kCircle, kSquare, kTriangle, kStar, kPentagon, kRing, kSign };
enum class Color : std::uint8_t {
  kRed,
  kOrange,
  kYellow,
  kGreen,
  kCyan,
  kBlue,
  kPurple,
  kPink,
  kWhite,  ///< of signs only
};
enum class Size : std::uint8_t { kSmall, kLarge };
enum class Pattern : std::uint8_t { kSolid, kStriped };
enum class Predicate : std::uint8_t { kLeftOf, kRightOf, kAbove, kBelow, kOnTopOf, kUnder };

inline constexpr std::size_t kColors = 8;      ///< without white
inline constexpr std::size_t kPredicates = 4;  ///< without support

struct Rgb {
  std::uint8_t r, g, b;
};

std::string_view word(Shape shape);
std::string_view word(Color color);
std::string_view word(Size size);
std::string_view word(Pattern pattern);
/// "left of": as in scene graphs.
std::string_view word(Predicate predicate);
/// "to the left of": as in sentences.
std::string_view phrase(Predicate predicate);
/// B stands so to A where A stands `predicate` to B.
Predicate opposite(Predicate predicate);

// What a word stands for, in small letters; none for words that are not of this vocabulary.

std::optional<Shape> shape_of(std::string_view word);
std::optional<Color> color_of(std::string_view word);
std::optional<Size> size_of(std::string_view word);
std::optional<Pattern> pattern_of(std::string_view word);
/// "left of": as in scene graphs.
std::optional<Predicate> predicate_of(std::string_view word);

Rgb paint(Color color);

/// Words that stand on signs, four letters each.
std::span<const std::string_view> sign_words();

}  // namespace vernier::scenes
