// The parts of the page about one candidate, one a level.
#pragma once

#include <string>

#include "results/report/precision/levels/pair_view.h"

namespace vernier::report {

/// Both checkpoints as they are stored and run, with ratios.
void append_checkpoints(std::string& out, const PairView& view);

void append_logits(std::string& out, const PairView& view, const PrecisionLogits& logits);
void append_caption_level(std::string& out, const PairView& view,
                          const PrecisionCaptions& captions);
void append_answers(std::string& out, const PairView& view, const PrecisionAnswers& answers);
void append_verdict_level(std::string& out, const PairView& view,
                          const PrecisionVerdicts& verdicts);
void append_units(std::string& out, const PairView& view, const PrecisionUnits& units);

/// All levels that were measured, and why others were not.
void append_levels(std::string& out, const PairView& view);

}  // namespace vernier::report
