// SPICE: F1 over the tuples of scene graphs. Anderson et al., "SPICE: Semantic Propositional Image
// Caption Evaluation", ECCV 2016; numbers as the COCO caption tools report them with SPICE 1.0.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "metrics/metric.h"

namespace vernier {

struct SpiceOptions {
  std::string grammar;   ///< file of the exact parser's grammar; empty: the installed one
  std::string synonyms;  ///< compiled METEOR data (WordNet); empty: the installed one
  std::shared_ptr<const text::Tokenizer> tokenizer;
};

/// The metric "spice", with the exact parser. Its scores: spice, the mean of the samples' F, and
/// spice/object, /attribute, /relation, /cardinality, /color, /size, each the mean over the samples
/// whose references say something of that kind. A sample with a sentence of more than 150 tokens
/// has no score and is left out of the means. Row: score/spice_row.h. Throws Error(kResource) when
/// data is missing or damaged.
std::unique_ptr<Metric> make_spice(const SpiceOptions& options);

/// The metric "spice-fast": the same with the fast parser, which needs no grammar. A name of its
/// own, so that the two are never compared. Sentences of up to 500 tokens.
std::unique_ptr<Metric> make_spice_fast(const SpiceOptions& options);

/// Scores from rows alone, without grammar and WordNet; null for a metric of another name.
std::unique_ptr<Aggregator> make_spice_aggregator(std::string_view metric);

}  // namespace vernier
