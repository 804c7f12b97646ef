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
  Statistics best;
  double best_score = -1;
  for (std::size_t r = 0; r < references.size(); ++r) {
    const Statistics counts = count_matches(candidate_, references[r], align(references[r]));
    const double score = meteor_score(counts);
    if (score <= best_score) continue;
    best_score = score;
    best = counts;
    best_ = r;
  }
  return best;
}

Segment::Alignment Segment::best_alignment() {
  const auto texts = [this](const Line& line) {
    std::vector<std::string_view> words;
    for (const std::uint32_t word : line.words) words.push_back(lexicon_.text(word));
    return words;
  };
  const Line& reference = references_[best_];
  const std::span<const AlignedMatch> matches = align(reference);
  return {owners_[best_], texts(candidate_), texts(reference), {matches.begin(), matches.end()}};
}

std::span<const AlignedMatch> Segment::align(const Line& reference) {
  matcher_.match(reference, table_);
  return aligner_.align(std::min(candidate_.size(), kMaxAlignedWords), table_);
}

}  // namespace vernier::meteor
