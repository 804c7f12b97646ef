// Scene graphs of the samples of runs.
#pragma once

#include <functional>
#include <string>

#include "results/run/run_file.h"

namespace vernier {

/// Draws the scene graphs of a sample (numbered as in its run, which must outlive the function), as
/// scene_svg does. Nothing for runs without texts or a SPICE score, where the parser that the score
/// was made with is not at hand, and for samples that it refuses. One thread.
std::function<std::string(const Run& run, std::size_t sample)> scene_drawings();

}  // namespace vernier
