// Chains of unary rules as single rules.
#pragma once

#include <span>
#include <vector>

#include "metrics/spice/grammar/file/grammar_tables.h"

namespace vernier::spice {

/// For each pair of states the best chain of rules between them, as the Stanford parser's
/// UnaryGrammar (CoreNLP 3.6.0) computes it: in one pass over the rules in their order, with sums
/// of floats whose last bit depends on that order. Rules of one parent follow one another in the
/// order in which they were found. Throws Error(kResource) where there are more than a million or
/// finding them takes more than some seconds.
std::vector<UnaryRule> close_unary_rules(std::span<const UnaryRule> rules, std::size_t states);

}  // namespace vernier::spice
