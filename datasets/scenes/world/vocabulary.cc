#include "datasets/scenes/world/vocabulary.h"

#include <algorithm>

namespace vernier::scenes {
namespace {

using View = std::string_view;

constexpr std::array<View, 7> kShapeWords = {"circle",   "square", "triangle", "star",
                                             "pentagon", "ring",   "sign"};
constexpr std::array<View, 9> kColorWords = {"red",  "orange", "yellow", "green", "cyan",
                                             "blue", "purple", "pink",   "white"};
// Chosen so that the nearest two stay apart when every channel is off by 15 (and striped objects
// keep their hue): at least 60 in one channel.
constexpr std::array<Rgb, 9> kPaints = {{{205, 32, 32},
                                         {245, 135, 20},
                                         {240, 222, 48},
                                         {36, 140, 50},
                                         {50, 205, 215},
                                         {38, 70, 200},
                                         {135, 50, 170},
                                         {245, 130, 190},
                                         {245, 245, 245}}};
constexpr std::array<View, 2> kSizeWords = {"small", "large"};
constexpr std::array<View, 2> kPatternWords = {"solid", "striped"};
constexpr std::array<View, 6> kPredicateWords = {"left of", "right of",  "above",
                                                 "below",   "on top of", "under"};
constexpr std::array<View, 6> kPredicatePhrases = {"to the left of", "to the right of", "above",
                                                   "below",          "on top of",       "under"};
constexpr std::array<Predicate, 6> kOpposites = {Predicate::kRightOf, Predicate::kLeftOf,
                                                 Predicate::kBelow,   Predicate::kAbove,
                                                 Predicate::kUnder,   Predicate::kOnTopOf};
constexpr std::array<View, 24> kSignWords = {
    "STOP", "EXIT", "OPEN", "TAXI", "CAFE", "BANK", "SALE", "PARK", "MILK", "POST", "SHOP", "FISH",
    "BIKE", "GOLD", "JAZZ", "ZERO", "HELP", "LOVE", "WEST", "GATE", "FIRE", "QUIZ", "YARD", "ROOM"};

template <class Enum, class Table>
const auto& at(const Table& table, Enum value) {
  return table[static_cast<std::size_t>(value)];
}

template <class Enum, class Table>
std::optional<Enum> find_in(const Table& table, View word) {
  const auto found = std::find(table.begin(), table.end(), word);
  if (found == table.end()) return std::nullopt;
  return static_cast<Enum>(found - table.begin());
}

}  // namespace

View word(Shape shape) { return at(kShapeWords, shape); }
View word(Color color) { return at(kColorWords, color); }
View word(Size size) { return at(kSizeWords, size); }
View word(Pattern pattern) { return at(kPatternWords, pattern); }
View word(Predicate predicate) { return at(kPredicateWords, predicate); }
View phrase(Predicate predicate) { return at(kPredicatePhrases, predicate); }
Predicate opposite(Predicate predicate) { return at(kOpposites, predicate); }
std::optional<Shape> shape_of(View word) { return find_in<Shape>(kShapeWords, word); }
std::optional<Color> color_of(View word) { return find_in<Color>(kColorWords, word); }
std::optional<Size> size_of(View word) { return find_in<Size>(kSizeWords, word); }
std::optional<Pattern> pattern_of(View word) { return find_in<Pattern>(kPatternWords, word); }
std::optional<Predicate> predicate_of(View word) {
  return find_in<Predicate>(kPredicateWords, word);
}
Rgb paint(Color color) { return at(kPaints, color); }
std::span<const View> sign_words() { return kSignWords; }

}  // namespace vernier::scenes
