// Several candidates against the same checkpoint.
#pragma once

#include <string>

#include "results/report/precision/reading/precision_result.h"

namespace vernier::report {

/// The answer in one sentence or two; plain text.
std::string grid_headline(const PrecisionResult& result);

/// A row a candidate; names lead to `anchor`-1, `anchor`-2, ...
void append_grid_table(std::string& out, const PrecisionResult& result, const std::string& anchor);

/// What is saved against what is lost, with the candidates that none beats joined.
void append_grid_plots(std::string& out, const PrecisionResult& result);

/// The share of questions with another answer, and how many points a rating moves by on average;
/// NaN where they were not measured.
double answers_changed(const PrecisionPair& pair);
double verdicts_moved(const PrecisionPair& pair);

}  // namespace vernier::report
