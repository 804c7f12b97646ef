// Perplexity of captions by a model: exp of the mean loss over all tokens.
#pragma once

#include <memory>
#include <string_view>

#include "metrics/aggregate/aggregator.h"

namespace vernier {

/// For the name "perplexity": columns log-probability (natural logarithm) and tokens; scores
/// perplexity and loss (nats a token), less is better. Null for other names. Without tokens NaN.
std::unique_ptr<Aggregator> make_perplexity_aggregator(std::string_view name);

}  // namespace vernier
