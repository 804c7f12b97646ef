#include "judges/probes/relation/scores/fact_counts.h"

#include <limits>
#include <numeric>

namespace vernier::probes {
namespace {

double ratio(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? std::numeric_limits<double>::quiet_NaN()
                    : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

void FactCounts::add(const JudgedFacts& caption) {
  ++captions;
  for (const JudgedFact& fact : caption.facts) {
    ++facts[static_cast<std::size_t>(fact.fact.kind)][static_cast<std::size_t>(fact.verdict)];
  }
  objects += caption.coverage.objects;
  objects_covered += caption.coverage.objects_covered;
  attributes += caption.coverage.attributes;
  attributes_covered += caption.coverage.attributes_covered;
  relations += caption.coverage.relations;
  relations_covered += caption.coverage.relations_covered;
}

std::uint64_t FactCounts::all(FactKind kind) const {
  const auto& counts = facts[static_cast<std::size_t>(kind)];
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

std::uint64_t FactCounts::invented(FactKind kind) const {
  std::uint64_t sum = 0;
  for (std::size_t v = 0; v < kFactVerdicts; ++v) {
    if (is_invented(static_cast<FactVerdict>(v))) sum += facts[static_cast<std::size_t>(kind)][v];
  }
  return sum;
}

ElementScores element_scores(const FactCounts& counts, FactKind kind) {
  const std::uint64_t supported = counts.of(kind, FactVerdict::kSupported);
  const std::uint64_t invented = counts.invented(kind);
  const std::uint64_t differs = counts.of(kind, FactVerdict::kDiffers);
  const std::uint64_t known = kind == FactKind::kObject      ? counts.objects
                              : kind == FactKind::kAttribute ? counts.attributes
                                                             : counts.relations;
  const std::uint64_t covered = kind == FactKind::kObject      ? counts.objects_covered
                                : kind == FactKind::kAttribute ? counts.attributes_covered
                                                               : counts.relations_covered;
  ElementScores scores;
  scores.precision = ratio(supported, supported + invented);
  scores.recall = ratio(covered, known);
  const double sum = scores.precision + scores.recall;
  scores.f1 = sum > 0 ? 2 * scores.precision * scores.recall / sum : sum;  // NaN stays
  scores.hallucination = ratio(invented, supported + invented);
  scores.most = ratio(invented + differs, supported + invented + differs);
  scores.judged = ratio(supported + invented, counts.all(kind));
  return scores;
}

}  // namespace vernier::probes
