#include "metrics/spice/score/explain_scenes.h"

#include "metrics/spice/score/spice_row.h"

namespace vernier::spice {
namespace {

std::string words_of(const Concept& concept_, const ConceptTexts& texts) {
  std::string out;
  for (const TextId text : concept_.texts()) {
    if (!out.empty()) out += '/';
    out += texts.text(text);
  }
  return out;
}

std::vector<SpiceExplanation::Tuple> tuples_of(const SceneGraph& graph,
                                               const std::vector<SceneTuple>& tuples,
                                               const ConceptTexts& texts) {
  std::vector<SpiceExplanation::Tuple> out;
  out.reserve(tuples.size());
  for (const SceneTuple& tuple : tuples) {
    std::vector<std::string>& parts = out.emplace_back().parts;
    parts.push_back(words_of(graph.node(tuple.first), texts));
    if (tuple.parts > 1) parts.push_back(words_of(graph.link(tuple.link), texts));
    if (tuple.parts > 2) parts.push_back(words_of(graph.node(tuple.second), texts));
  }
  return out;
}

}  // namespace

SpiceExplanation explain_scenes(const SceneGraph& candidate, const SceneGraph& references,
                                const ConceptTexts& texts, SceneScorer& scorer) {
  SpiceExplanation out;
  const SceneCounts& counts = scorer.compare(candidate, references);
  for (std::size_t c = 0; c < kCategoryCount; ++c) {
    const CategoryCounts& count = counts[c];
    out.parts.push_back({c == 0 ? "all" : kCategoryNames[c], count.matched, count.candidate,
                         count.reference, count.precision(), count.recall(), count.f()});
  }
  out.candidate = tuples_of(candidate, scorer.candidate_tuples(), texts);
  out.references = tuples_of(references, scorer.reference_tuples(), texts);
  for (std::size_t n = 0; n < out.candidate.size(); ++n) {
    const std::uint32_t match = scorer.matches()[n];
    if (match == SceneScorer::kNoMatch) continue;
    out.candidate[n].match = match;
    if (!out.references[match].match) out.references[match].match = n;
  }
  return out;
}

}  // namespace vernier::spice
