#include "datasets/scenes/render/outline.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace vernier::scenes {
namespace {

struct Point {
  double x, y;
};

constexpr double kCircle = 0.95, kRingOuter = 0.98, kRingInner = 0.52;

// Corners are written out: sines differ between C libraries in the last bit, pictures must not.
constexpr Point kSquare[] = {{-0.86, -0.86}, {0.86, -0.86}, {0.86, 0.86}, {-0.86, 0.86}};
constexpr Point kTriangle[] = {{0, -1}, {1, 0.8}, {-1, 0.8}};
constexpr Point kPentagon[] = {{0, -1},
                               {0.951056516, -0.309016994},
                               {0.587785252, 0.809016994},
                               {-0.587785252, 0.809016994},
                               {-0.951056516, -0.309016994}};
// Radius 1 outside, 0.42 inside.
constexpr Point kStar[] = {{0, -1},
                           {0.246869391, -0.339786564},
                           {0.951056516, -0.309016994},
                           {0.399443737, 0.129787137},
                           {0.587785252, 0.809016994},
                           {0, 0.42},
                           {-0.587785252, 0.809016994},
                           {-0.399443737, 0.129787137},
                           {-0.951056516, -0.309016994},
                           {-0.246869391, -0.339786564}};

Crossings polygon_row(std::span<const Point> corners, double y) {
  Crossings row;
  Point from = corners.back();
  for (const Point& to : corners) {
    // Half open, so that a row through a corner counts it once.
    if ((from.y <= y) != (to.y <= y) && row.count < row.at.size()) {
      const double x = from.x + (y - from.y) * (to.x - from.x) / (to.y - from.y);
      std::size_t place = row.count++;
      for (; place > 0 && row.at[place - 1] > x; --place) row.at[place] = row.at[place - 1];
      row.at[place] = x;
    }
    from = to;
  }
  return row;
}

Crossings ring_row(double outer, double inner, double y) {
  if (std::abs(y) >= outer) return {};
  const double out = std::sqrt(outer * outer - y * y);
  if (std::abs(y) >= inner) return {{-out, out}, 2};
  const double in = std::sqrt(inner * inner - y * y);
  return {{-out, -in, in, out}, 4};
}

Box box_of(std::span<const Point> corners) {
  Box box{1, 1, -1, -1};
  for (const Point& corner : corners) {
    box = {std::min(box.left, corner.x), std::min(box.top, corner.y), std::max(box.right, corner.x),
           std::max(box.bottom, corner.y)};
  }
  return box;
}

std::span<const Point> corners_of(Shape shape) {
  switch (shape) {
    case Shape::kSquare:
      return kSquare;
    case Shape::kTriangle:
      return kTriangle;
    case Shape::kStar:
      return kStar;
    case Shape::kPentagon:
      return kPentagon;
    default:
      return {};
  }
}

}  // namespace

Crossings outline_row(Shape shape, double y) {
  if (shape == Shape::kCircle) return ring_row(kCircle, 0, y);
  if (shape == Shape::kRing) return ring_row(kRingOuter, kRingInner, y);
  return polygon_row(corners_of(shape), y);
}

Box outline_box(Shape shape) {
  const double round = shape == Shape::kRing ? kRingOuter : kCircle;
  const std::span<const Point> corners = corners_of(shape);
  return corners.empty() ? Box{-round, -round, round, round} : box_of(corners);
}

double outline_anchor(Shape shape) {
  return shape == Shape::kRing ? -(kRingInner + kRingOuter) / 2 : 0;
}

bool second_stripe(double y) {
  const double stripe = std::floor((y + 0.2) / 0.4);
  return stripe != 2 * std::floor(stripe / 2);
}

}  // namespace vernier::scenes
