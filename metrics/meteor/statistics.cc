#include "metrics/meteor/statistics.h"

#include <algorithm>
#include <cmath>

namespace vernier::meteor {
namespace {

constexpr double kAlpha = 0.85, kBeta = 0.2, kGamma = 0.6, kDelta = 0.75;
constexpr std::array<double, kModuleCount> kWeights = {1.0, 0.6, 0.8, 0.6};

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

double weighted_length(double words, double function_words) {
  return kDelta * (words - function_words) + (1 - kDelta) * function_words;
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

double meteor_score(std::span<const double, kCountTotal> counts) {
  const MatchedWords hyp = matched_words(counts, 0), ref = matched_words(counts, 1);
  const double precision = hyp.weighted / weighted_length(counts[kHypLength], counts[kHypFunction]);
  const double recall = ref.weighted / weighted_length(counts[kRefLength], counts[kRefFunction]);
  const double mean = 1.0 / ((1.0 - kAlpha) / precision + kAlpha / recall);
  const double fragmentation = counts[kChunks] / ((hyp.plain + ref.plain) / 2);
  const double score = mean * (1.0 - kGamma * std::pow(fragmentation, kBeta));
  return score > 0 ? score : 0;  // undefined and negative scores too
}

ScoreBound::ScoreBound() {
  for (std::size_t words = 0; words < one_chunk_.size(); ++words) {
    one_chunk_[words] = 1 - kGamma * std::pow(2.0 / static_cast<double>(words), kBeta);
  }
}

double ScoreBound::operator()(const Line& candidate, const Line& reference,
                              const MatchTable& table) {
  hyp_weights_.assign(candidate.size(), 0.0);
  ref_weights_.assign(reference.size(), 0.0);
  for (std::uint32_t j = 0; j + 1 < table.begin.size(); ++j) {
    for (const Match& m : table.list(j)) {
      const double weight = kWeights[m.module];
      for (std::uint32_t k = 0; k < m.hyp_words; ++k) {
        double& word = hyp_weights_[m.hyp + k];
        word = std::max(word, weight);
      }
      for (std::uint32_t k = 0; k < m.ref_words; ++k) {
        double& word = ref_weights_[j + k];
        word = std::max(word, weight);
      }
    }
  }
  std::size_t covered = 0;
  const auto sum = [&](const Line& line, const std::vector<double>& weights) {
    double content = 0, function = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      covered += weights[i] > 0;
      (line.words[i].function != 0 ? function : content) += weights[i];
    }
    return (kDelta * content + (1 - kDelta) * function) /
           weighted_length(line.size(), line.function_words);
  };
  const double precision = sum(candidate, hyp_weights_), recall = sum(reference, ref_weights_);
  if (covered == 0) return 0;
  // One chunk at least, but for a perfect segment, which counts none.
  const bool perfect = covered == std::size_t{candidate.size()} + reference.size();
  const double factor = perfect ? 1 : one_chunk_[std::min(covered, one_chunk_.size() - 1)];
  const double mean = 1.0 / ((1.0 - kAlpha) / precision + kAlpha / recall);
  constexpr double rounding = 1 + 1e-9;
  return mean * factor * rounding;
}

}  // namespace vernier::meteor
