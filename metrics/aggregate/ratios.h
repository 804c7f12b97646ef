// Scores that are ratios of column sums: rates of probes. Resampling sums rows first and divides
// then, as the rates themselves do.
#pragma once

#include <memory>
#include <string_view>

#include "metrics/aggregate/aggregator.h"

namespace vernier {

/// The aggregator of a rate by its name; null where there is none:
///   chair             chair-s, chair-i in percent; less is better
///   chair-coverage    recall in percent, len
///   amber-generative  chair, hal, cog in percent, not rounded; less is better
///   amber-coverage    cover in percent, mentions a description
///   yes-no            accuracy, precision, recall, f1 as shares; unclear answers are wrong
///   yes-no-habits     yes-ratio, unclear as shares; less is better
///   mme               acc, acc+ in percent
///   facts             object-, attribute- and relation-hallucination in percent; less is better
///   facts-coverage    object-, attribute- and relation-recall in percent
///   group-words       group-error in percent; less is better
///   drift             kl in nats a token, top-changed as a share of tokens; less is better
/// A ratio without cases is NaN; so is f1 where precision or recall is.
std::unique_ptr<Aggregator> make_ratio_aggregator(std::string_view name);

/// How a run's header describes it.
MetricDescription describe_ratios(const Aggregator& ratios, std::string signature);

}  // namespace vernier
