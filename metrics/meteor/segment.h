// Aligns a candidate with its references and chooses the best reference, as METEOR does.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "metrics/meteor/alignment/aligner.h"
#include "metrics/meteor/alignment/matcher.h"
#include "metrics/meteor/score/score_bound.h"
#include "metrics/meteor/score/statistics.h"
#include "metrics/meteor/words/lexicon.h"
#include "metrics/metric.h"

namespace vernier::meteor {

/// One thread at a time.
class Segment {
 public:
  Segment(std::shared_ptr<const MeteorData> data, const Vocabulary& vocabulary,
          bool with_paraphrases)
      : lexicon_(data, vocabulary, with_paraphrases), matcher_(std::move(data), lexicon_) {}

  /// The counts of the best reference: the first of those with the highest score.
  Statistics measure(const SampleView& sample);

  /// What the last measure() found.
  struct Alignment {
    std::size_t reference;  ///< number of the best reference
    std::vector<std::string_view> candidate_words, reference_words;
    std::vector<bool> candidate_function, reference_function;  // by word
    std::vector<AlignedMatch> matches;
  };
  Alignment best_alignment();

 private:
  std::span<const AlignedMatch> align(const MatchTable& table);

  Lexicon lexicon_;
  Matcher matcher_;
  Aligner aligner_;
  Line candidate_;
  std::vector<Line> references_;
  std::vector<std::size_t> owners_;  // by line of references_: the number of its reference
  std::size_t best_ = 0;
  ScoreBound bound_;
  struct Pair {
    double bound;
    MatchTable table;
  };
  std::vector<Pair> pairs_;         // by reference line
  std::vector<std::size_t> order_;  // reference lines, the most promising first
};

}  // namespace vernier::meteor
