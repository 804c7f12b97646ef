#include "metrics/meteor/score/statistics.h"

#include <cmath>

#include "metrics/meteor/score/parameters.h"

namespace vernier::meteor {
namespace {

struct MatchedWords {
  double plain = 0, weighted = 0;
};

// `side` is 0 for the candidate, 1 for the reference. METEOR's order of additions.
MatchedWords matched_words(std::span<const double, kCountTotal> counts, std::size_t side) {
  MatchedWords sum;
  for (std::size_t function = 0; function < 2; ++function) {
    const double share = function == 0 ? kDelta : 1 - kDelta;
    for (std::size_t module = 0; module < kModuleCount; ++module) {
      const double count = counts[kFirstMatch + 4 * module + 2 * function + side];
      sum.plain += count;
      sum.weighted += count * kWeights[module] * share;
    }
  }
  return sum;
}

}  // namespace

const std::array<std::string_view, kCountTotal> kCountNames = {
    "hyp_length",           "ref_length",          "hyp_function",
    "ref_function",         "exact_hyp_content",   "exact_ref_content",
    "exact_hyp_function",   "exact_ref_function",  "stem_hyp_content",
    "stem_ref_content",     "stem_hyp_function",   "stem_ref_function",
    "synonym_hyp_content",  "synonym_ref_content", "synonym_hyp_function",
    "synonym_ref_function", "para_hyp_content",    "para_ref_content",
    "para_hyp_function",    "para_ref_function",   "chunks"};

Statistics count_matches(const Line& candidate, const Line& reference,
                         std::span<const AlignedMatch> alignment) {
  std::array<std::uint32_t, 4 * kModuleCount> words{};
  std::uint32_t chunks = 0, hyp_matched = 0, ref_matched = 0;
  std::uint32_t ref_end = 0, hyp_end = 0;  // behind the last match
  for (const auto& [ref, match] : alignment) {
    chunks += chunks == 0 || ref != ref_end || match.hyp != hyp_end;
    ref_end = ref + match.ref_words;
    hyp_end = std::uint32_t{match.hyp} + match.hyp_words;
    hyp_matched += match.hyp_words;
    ref_matched += match.ref_words;
    std::uint32_t* const row = words.data() + std::size_t{4} * match.module;
    for (std::uint32_t i = match.hyp; i < hyp_end; ++i) ++row[2 * candidate.words[i].function];
    for (std::uint32_t j = ref; j < ref_end; ++j) ++row[2 * reference.words[j].function + 1];
  }
  if (chunks == 1 && hyp_matched == candidate.size() && ref_matched == reference.size()) chunks = 0;
  Statistics counts;
  counts[kHypLength] = candidate.size();
  counts[kRefLength] = reference.size();
  counts[kHypFunction] = candidate.function_words;
  counts[kRefFunction] = reference.function_words;
  for (std::size_t i = 0; i < words.size(); ++i) counts[kFirstMatch + i] = words[i];
  counts[kChunks] = chunks;
  return counts;
}

ScoreParts score_parts(std::span<const double, kCountTotal> counts) {
  const MatchedWords hyp = matched_words(counts, 0), ref = matched_words(counts, 1);
  const double precision = hyp.weighted / weighted_length(counts[kHypLength], counts[kHypFunction]);
  const double recall = ref.weighted / weighted_length(counts[kRefLength], counts[kRefFunction]);
  const double mean = harmonic_mean(precision, recall);
  const double fragmentation = counts[kChunks] / ((hyp.plain + ref.plain) / 2);
  return {precision, recall, mean, fragmentation, kGamma * std::pow(fragmentation, kBeta)};
}

double meteor_score(std::span<const double, kCountTotal> counts) {
  const ScoreParts parts = score_parts(counts);
  const double score = parts.mean * (1.0 - parts.penalty);
  return score > 0 ? score : 0;  // undefined and negative scores too
}

}  // namespace vernier::meteor
