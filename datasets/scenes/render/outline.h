// The outlines of shapes, row by row.
#pragma once

#include <array>
#include <cstddef>

#include "datasets/scenes/world/drawn_scene.h"

namespace vernier::scenes {

/// Where a row enters and leaves a shape, from left to right; at most three times (a star's legs).
struct Crossings {
  std::array<double, 6> at{};
  std::size_t count = 0;  ///< even
};

/// Shapes lie around (0, 0) and within [-1, 1] both ways; `y` grows downwards. Not for signs.
Crossings outline_row(Shape shape, double y);

/// What the outline fills of [-1, 1] x [-1, 1].
Box outline_box(Shape shape);

/// x of a place inside the shape with y = 0.
double outline_anchor(Shape shape);

/// Whether a row at this y of a striped shape has the second paint. Stripes are 0.4 high, the one
/// around y = 0 has the main paint.
bool second_stripe(double y);

}  // namespace vernier::scenes
