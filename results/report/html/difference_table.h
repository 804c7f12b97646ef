// Differences of scores as a table.
#pragma once

#include <string>
#include <string_view>

#include "results/compare/comparison.h"

namespace vernier::report {

/// All scores of a comparison, a row each with its interval drawn beside zero: a table, and one
/// more for the parts of each score ("spice/object"). `a` and `b` name the two sides; HTML.
std::string difference_tables(const Comparison& comparison, std::string_view a, std::string_view b);

/// How to read such tables, folded away.
std::string difference_note(const Comparison& comparison);

}  // namespace vernier::report
