#include "metrics/meteor/segment.h"

#include <algorithm>

namespace vernier::meteor {
namespace {

// A pair with more matches, which no captions have, is aligned at once instead of being kept until
// all bounds are known: a degenerate text against many references must not fill the memory.
constexpr std::size_t kMatchesKept = std::size_t{1} << 16;

}  // namespace

Statistics Segment::measure(const SampleView& sample) {
  matcher_.end_sample();
  lexicon_.read_candidate(sample.candidate, candidate_);
  owners_.clear();
  for (std::size_t r = 0; r < sample.references.size(); ++r) {
    owners_.resize(lexicon_.read_reference(sample.references[r], references_, owners_.size()), r);
  }
  const std::span<Line> references(references_.data(), owners_.size());
  lexicon_.find_phrases(candidate_);
  for (Line& reference : references) lexicon_.find_phrases(reference);
  matcher_.begin_sample(candidate_, references);
  if (pairs_.size() < references.size()) pairs_.resize(references.size());
  Statistics best;
  double best_score = -1;
  const auto consider = [&](std::size_t r) {
    const Statistics counts = count_matches(candidate_, references[r], align(pairs_[r].table));
    const double score = meteor_score(counts);
    if (score < best_score || (score == best_score && r > best_)) return;
    best_score = score;
    best = counts;
    best_ = r;
  };
  order_.clear();
  for (std::size_t r = 0; r < references.size(); ++r) {
    Pair& pair = pairs_[r];
    matcher_.match(references[r], pair.table);
    if (pair.table.matches.size() > kMatchesKept) {
      consider(r);
      pair.table = {};
      continue;
    }
    pair.bound = bound_(candidate_, references[r], pair.table);
    order_.push_back(r);
  }
  std::sort(order_.begin(), order_.end(), [this](std::size_t a, std::size_t b) {
    return pairs_[a].bound != pairs_[b].bound ? pairs_[a].bound > pairs_[b].bound : a < b;
  });
  for (const std::size_t r : order_) {
    if (pairs_[r].bound < best_score) break;
    consider(r);
  }
  return best;
}

Segment::Alignment Segment::best_alignment() {
  const auto texts = [this](const Line& line) {
    std::vector<std::string_view> words;
    for (const WordAt& at : line.words) words.push_back(lexicon_.text(at.word));
    return words;
  };
  const auto function = [](const Line& line) {
    std::vector<bool> flags;
    for (const WordAt& at : line.words) flags.push_back(at.function != 0);
    return flags;
  };
  const Line& reference = references_[best_];
  matcher_.match(reference, pairs_[best_].table);
  const std::span<const AlignedMatch> matches = align(pairs_[best_].table);
  return {owners_[best_],       texts(candidate_),   texts(reference),
          function(candidate_), function(reference), {matches.begin(), matches.end()}};
}

std::span<const AlignedMatch> Segment::align(const MatchTable& table) {
  return aligner_.align(std::min(candidate_.size(), kMaxAlignedWords), table);
}

}  // namespace vernier::meteor
