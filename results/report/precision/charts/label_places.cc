#include "results/report/precision/charts/label_places.h"

#include <algorithm>

#include "results/report/html/text.h"

namespace vernier::report {
namespace {

constexpr double kLetter = 5.8, kAscent = 8, kDescent = 3;  // of a tick's font
constexpr double kPoint = 6;                                // half the side of a point

LabelBox box_of(const LabelPlace& place, double width) {
  const double left = place.anchor.empty()     ? place.x
                      : place.anchor == " end" ? place.x - width
                                               : place.x - width / 2;
  return {left, place.y - kAscent, left + width, place.y + kDescent};
}

}  // namespace

void LabelPlaces::keep_free(double x, double y) {
  taken_.push_back({x - kPoint, y - kPoint, x + kPoint, y + kPoint});
}

bool LabelPlaces::is_free(const LabelBox& box) const {
  if (box.left < plot_.left || box.right > plot_.right || box.top < plot_.top ||
      box.bottom > plot_.bottom) {
    return false;
  }
  return std::ranges::none_of(taken_, [&](const LabelBox& other) {
    return box.left < other.right && other.left < box.right && box.top < other.bottom &&
           other.top < box.bottom;
  });
}

std::optional<LabelPlace> LabelPlaces::place(double x, double y, std::string_view text) {
  const double width = kLetter * static_cast<double>(letters_in(text));
  const LabelPlace choices[] = {{x + 8, y + 3.5, ""},   {x - 8, y + 3.5, " end"},
                                {x, y - 10, " middle"}, {x, y + 16, " middle"},
                                {x + 6, y - 9, ""},     {x - 6, y - 9, " end"},
                                {x + 6, y + 15, ""},    {x - 6, y + 15, " end"}};
  for (const LabelPlace& choice : choices) {
    const LabelBox box = box_of(choice, width);
    if (!is_free(box)) continue;
    taken_.push_back(box);
    return choice;
  }
  return std::nullopt;
}

}  // namespace vernier::report
