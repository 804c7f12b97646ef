// Images to be shown together.
#pragma once

#include <string>

#include "runners/synth/synth_options.h"

namespace vernier {

/// Records for `vernier probe position`, one a line: groups in all rotations, and for each image a
/// question about it by its place, with the answer. 2 <= group size <= scenes, else Error(kUsage).
std::string group_records(const SynthOptions& options);

/// A needle in a stack of frames (LongVILA): frames without a sign and one with, at evenly spaced
/// depths from the first to the last, and what the sign says. One stack for every sign of the set,
/// at most 100, each at every depth. Throws Error(kUsage) where a set has no sign or no other
/// image.
std::string needle_records(const SynthOptions& options);

}  // namespace vernier
