// Both scene graphs of a sample as a drawing.
#pragma once

#include <string>

#include "metrics/explain/explanation.h"

namespace vernier {

/// An SVG document of its own, in which what matches is drawn with full lines and what does not
/// with broken ones: the candidate's graph above that of the references.
std::string scene_svg(const SpiceExplanation& spice);

}  // namespace vernier
