#include "metrics/meteor/score/score_bound.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "metrics/meteor/score/parameters.h"

namespace vernier::meteor {
namespace {

// Candidates longer than the words of this many bits get a bound that knows nothing of chunks.
constexpr std::size_t kBits = 63;

double word_weight(const WordAt& word) { return word.function != 0 ? 1 - kDelta : kDelta; }

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

/// Leaves `count` values other than 0, the largest.
void keep_largest(std::vector<double>& values, std::size_t count) {
  std::sort(values.begin(), values.end(), std::greater<>());
  values.resize(std::min(values.size(), count));
}

}  // namespace

ScoreBound::ScoreBound() {
  for (std::size_t n = 0; n < power_.size(); ++n) {
    power_[n] = std::pow(static_cast<double>(n), kBeta);
  }
}

double ScoreBound::operator()(const Line& candidate, const Line& reference,
                              const MatchTable& table) {
  read(candidate, reference, table);
  const auto covered = [](const std::vector<double>& words) {
    return static_cast<std::size_t>(
        std::count_if(words.begin(), words.end(), [](double w) { return w > 0; }));
  };
  std::size_t hyp_covered = covered(hyp_), ref_covered = covered(ref_);
  if (hyp_covered == 0 || ref_covered == 0) return 0;
  const bool perfect = hyp_covered == candidate.size() && ref_covered == reference.size();
  lonely_.clear();
  if (candidate.size() <= kBits) find_lonely(reference.size(), table);
  double all_covered = sum(ref_);
  double recalled = all_covered;
  if (single_) {  // a word of one side takes one of the other
    const std::size_t most = std::min(hyp_covered, ref_covered);
    if (hyp_covered > most) keep_largest(hyp_, most);
    if (ref_covered > most) {
      keep_largest(ref_, most);
      recalled = sum(ref_);
    }
    hyp_covered = ref_covered = most;
  }
  const double precision = sum(hyp_) / weighted_length(candidate.size(), candidate.function_words);
  const double length = weighted_length(reference.size(), reference.function_words);
  constexpr double rounding = 1 + 1e-9;
  if (perfect) return harmonic_mean(precision, recalled / length) * rounding;
  // With fewer chunks than lonely words some of those are left out: the least ones at best.
  double best = 0;
  const std::size_t words = hyp_covered + ref_covered;
  for (std::size_t chunks = std::max<std::size_t>(1, lonely_.size()), left_out = 0;;) {
    const double recall = std::min(recalled, all_covered) / length;
    best = std::max(best, harmonic_mean(precision, recall) * unbroken(chunks, words));
    if (--chunks == 0) break;
    all_covered -= lonely_[left_out++];
  }
  return best * rounding;
}

// 1 - METEOR's penalty for the number of chunks.
double ScoreBound::unbroken(std::size_t chunks, std::size_t words) const {
  if (words >= power_.size()) return 1;
  return 1 - kGamma * power_[std::min(2 * chunks, words)] / power_[words];
}

void ScoreBound::read(const Line& candidate, const Line& reference, const MatchTable& table) {
  hyp_.assign(candidate.size(), 0.0);
  ref_.assign(reference.size(), 0.0);
  single_ = true;
  for (std::uint32_t j = 0; j + 1 < table.begin.size(); ++j) {
    for (const Match& m : table.list(j)) {
      const double weight = kWeights[m.module];
      single_ &= m.hyp_words == 1 && m.ref_words == 1;
      for (std::uint32_t k = m.hyp; k < std::uint32_t{m.hyp} + m.hyp_words; ++k) {
        hyp_[k] = std::max(hyp_[k], weight);
      }
      for (std::uint32_t k = j; k < j + m.ref_words; ++k) ref_[k] = std::max(ref_[k], weight);
    }
  }
  for (std::size_t i = 0; i < hyp_.size(); ++i) hyp_[i] *= word_weight(candidate.words[i]);
  for (std::size_t j = 0; j < ref_.size(); ++j) ref_[j] *= word_weight(reference.words[j]);
}

// A match continues a chunk where another one ends both at its first reference word and at its
// first candidate word. A reference word whose matches never do, and that no longer match covers,
// costs a chunk or is left out.
void ScoreBound::find_lonely(std::size_t ref_size, const MatchTable& table) {
  begins_.assign(ref_size + 1, 0);
  ends_.assign(ref_size + 1, 0);
  inside_.assign(ref_size + 1, false);
  for (std::uint32_t j = 0; j + 1 < table.begin.size(); ++j) {
    for (const Match& m : table.list(j)) {
      begins_[j] |= std::uint64_t{1} << m.hyp;
      ends_[j + m.ref_words] |= std::uint64_t{1} << (m.hyp + m.hyp_words);
      for (std::uint32_t k = 1; k < m.ref_words; ++k) inside_[j + k] = true;
    }
  }
  for (std::size_t j = 0; j < ref_size; ++j) {
    if (begins_[j] != 0 && (begins_[j] & ends_[j]) == 0 && !inside_[j]) lonely_.push_back(ref_[j]);
  }
  std::sort(lonely_.begin(), lonely_.end());
}

}  // namespace vernier::meteor
