// The parts of the page about judges. Each appends HTML.
#pragma once

#include <string>

#include "results/report/findings.h"
#include "results/report/images/embedded_images.h"

namespace vernier::report {

/// How the verdicts of each run came about and how sure the judge is; nothing where no judge left
/// notes.
void append_verdicts(std::string& out, const Findings& findings);

/// How far a judge agrees with metrics of references, and the captions where it does least; nothing
/// where no run has both.
void append_disagreement(std::string& out, const Findings& findings, const Options& options,
                         EmbeddedImages& images);

}  // namespace vernier::report
