#include "metrics/meteor/segment.h"

#include <algorithm>

namespace vernier::meteor {

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
  order_.resize(references.size());
  for (std::size_t r = 0; r < references.size(); ++r) {
    Pair& pair = pairs_[r];
    matcher_.match(references[r], pair.table);
    pair.bound = bound_(candidate_, references[r], pair.table);
    order_[r] = r;
  }
  std::sort(order_.begin(), order_.end(), [this](std::size_t a, std::size_t b) {
    return pairs_[a].bound != pairs_[b].bound ? pairs_[a].bound > pairs_[b].bound : a < b;
  });
  Statistics best;
  double best_score = -1;
  for (const std::size_t r : order_) {
    if (pairs_[r].bound < best_score) break;
    const Statistics counts = count_matches(candidate_, references[r], align(pairs_[r].table));
    const double score = meteor_score(counts);
    if (score < best_score || (score == best_score && r > best_)) continue;
    best_score = score;
    best = counts;
    best_ = r;
  }
  return best;
}

Segment::Alignment Segment::best_alignment() {
  const auto texts = [this](const Line& line) {
    std::vector<std::string_view> words;
    for (const WordAt& at : line.words) words.push_back(lexicon_.text(at.word));
    return words;
  };
  const Line& reference = references_[best_];
  const std::span<const AlignedMatch> matches = align(pairs_[best_].table);
  return {owners_[best_], texts(candidate_), texts(reference), {matches.begin(), matches.end()}};
}

std::span<const AlignedMatch> Segment::align(const MatchTable& table) {
  return aligner_.align(std::min(candidate_.size(), kMaxAlignedWords), table);
}

}  // namespace vernier::meteor
