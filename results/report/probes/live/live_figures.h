// The charts of probe live. Each appends nothing where no result has what it shows; what was not
// measured is said in words.
#pragma once

#include <string>

#include "results/report/probes/probe_result.h"

namespace vernier::report {

/// Right answers by kind, with the picture, a grey one and another scene's, and the commonest
/// answer.
void append_right(std::string& out, const ProbeGroup& results);
/// What the picture is good for: right with it less right without it.
void append_reliance(std::string& out, const ProbeGroup& results);

/// Curves over the position in a group, the depth of a needle, the size of the picture.
void append_places(std::string& out, const ProbeGroup& results);

/// Questions asked behind a description against at once.
void append_described(std::string& out, const ProbeGroup& results);
/// What descriptions by each prompt invent.
void append_presets(std::string& out, const ProbeGroup& results);

}  // namespace vernier::report
