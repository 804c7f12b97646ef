// Whether an answer is one of the right ones: of use for short answers (yes, no, a colour, a
// count).
#pragma once

#include <memory>

#include "metrics/metric.h"

namespace vernier {

/// Row: 1 where the candidate's tokens are those of some reference, else 0; so the PTB tokeniser
/// lets "Yes." equal "yes". The corpus value is the mean: accuracy.
std::unique_ptr<Metric> make_exact_match(std::shared_ptr<const text::Tokenizer> tokenizer);

}  // namespace vernier
