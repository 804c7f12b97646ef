// Where the parts of a scene graph go in a drawing.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "metrics/explain/explanation.h"

namespace vernier {

/// Lengths are pixels of a text of 13 pixels; (0, 0) is the upper left corner of the graph.
struct SceneLayout {
  struct Line {
    std::string text;
    bool matched;
  };
  struct Box {
    Line name;
    std::vector<Line> attributes;
    std::size_t layer = 0;
    double x = 0, y = 0, width = 0, height = 0;
    bool hidden = false;  ///< room for an arrow on its way through the column
  };
  struct Arrow {
    std::size_t from, to;  ///< boxes
    Line label;
    double lane = 0;                   ///< number among the arrows between the same boxes
    std::vector<std::size_t> through;  ///< hidden boxes on the way
  };
  std::vector<Box> boxes;
  std::vector<Arrow> arrows;
  double width = 0, height = 0;
};

/// Objects are boxes with their attributes in them, relations are arrows. Boxes stand in columns,
/// subjects to the left of what they act on as far as relations allow it, in the order that crosses
/// few arrows.
SceneLayout lay_out(const std::vector<SpiceExplanation::Tuple>& tuples);

/// Width of a text as most fonts draw it.
double text_width(std::string_view text);

}  // namespace vernier
