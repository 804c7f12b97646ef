#include "datasets/scenes/render/lettering.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace vernier::scenes {
namespace {

using View = std::string_view;

// Letters as strokes on a grid of 5 x 7 points: digits x and y of each point, strokes apart by
// blanks. Round letters have eight corners.
constexpr std::array<View, 26> kStrokes = {
    "062046 1434",                   // A
    "0006 003041423303 3344453606",  // B
    "4130100105163645",              // C
    "0006 002042442606",             // D
    "40000646 0333",                 // E
    "400006 0333",                   // F
    "41301001051636454323",          // G
    "0006 4046 0343",                // H
    "1030 2026 1636",                // I
    "4045361605",                    // J
    "0006 4004 1346",                // K
    "000646",                        // L
    "0600234046",                    // M
    "06004640",                      // N
    "103041453616050110",            // O
    "06003041423303",                // P
    "103041453616050110 2446",       // Q
    "06003041423303 2346",           // R
    "413010010213334445361605",      // S
    "0040 2026",                     // T
    "000516364540",                  // U
    "002640",                        // V
    "0016233640",                    // W
    "0046 4006",                     // X
    "002340 2326",                   // Y
    "00400646",                      // Z
};

constexpr double kStep = 1.0 / 6;               // of the grid: a letter is 6 steps high
constexpr double kStroke = 0.5;                 // half the width of a stroke, in steps
constexpr double kAdvance = 5.8;                // from letter to letter, in steps
constexpr double kMarginX = 3, kMarginY = 2.5;  // around the word

double distance_squared(double x, double y, double ax, double ay, double bx, double by) {
  const double dx = bx - ax, dy = by - ay;
  const double t = std::clamp(((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy), 0.0, 1.0);
  const double ex = x - ax - t * dx, ey = y - ay - t * dy;
  return ex * ex + ey * ey;
}

/// In steps from the letter's upper left point.
bool on_stroke(char letter, double x, double y) {
  if (letter < 'A' || letter > 'Z') return false;
  const View strokes = kStrokes[static_cast<std::size_t>(letter - 'A')];
  for (std::size_t i = 0; i + 3 < strokes.size(); i += 2) {
    if (strokes[i + 2] == ' ') {
      i += 1;  // the next stroke begins after the blank
      continue;
    }
    const double d = distance_squared(x, y, strokes[i] - '0', strokes[i + 1] - '0',
                                      strokes[i + 2] - '0', strokes[i + 3] - '0');
    if (d <= kStroke * kStroke) return true;
  }
  return false;
}

/// In steps.
double word_width(View text) { return kAdvance * static_cast<double>(text.size()) - 1.8; }

}  // namespace

Box board_box(View text) {
  const double half_width = (word_width(text) / 2 + kMarginX) * kStep;
  const double half_height = (3 + kMarginY) * kStep;
  return {-half_width, -half_height, half_width, half_height};
}

Ink sign_ink(View text, double x, double y) {
  const Box board = board_box(text);
  if (x < board.left || x > board.right || y < board.top || y > board.bottom) return Ink::kNone;
  const double column = x / kStep + word_width(text) / 2, row = y / kStep + 3;
  const double letter = std::floor((column + (kAdvance - 4) / 2) / kAdvance);
  if (letter < 0 || letter >= static_cast<double>(text.size())) return Ink::kBoard;
  return on_stroke(text[static_cast<std::size_t>(letter)], column - letter * kAdvance, row)
             ? Ink::kLetter
             : Ink::kBoard;
}

}  // namespace vernier::scenes
