// Clipped n-gram matches of one sample's candidate with each reference, found once for ROUGE-1, -2
// and -3.
#pragma once

#include <cstdint>
#include <vector>

#include "metrics/metric.h"
#include "metrics/words/ngram_overlap.h"

namespace vernier {

class SampleOverlaps {
 public:
  /// Announces the next sample; nothing is counted until a metric asks.
  void reset(const SampleView& sample) {
    sample_ = sample;
    built_ = false;
  }

  /// n-grams of `order` words that the candidate and reference `r` have in common.
  std::uint32_t matches(std::size_t r, std::size_t order) {
    if (order > orders_) {
      orders_ = order;  // from now on for every sample: the same metrics will ask again
      built_ = false;
    }
    if (!built_) build();
    return matches_[r * orders_ + order - 1];
  }

 private:
  void build() {
    built_ = true;
    matches_.assign(sample_.references.size() * orders_, 0);
    overlap_.set_candidate(sample_.candidate, static_cast<int>(orders_));
    for (std::size_t r = 0; r < sample_.references.size(); ++r) {
      overlap_.match(sample_.references[r], std::span(matches_).subspan(r * orders_, orders_));
    }
  }

  SampleView sample_;
  bool built_ = false;
  std::size_t orders_ = 0;
  NgramOverlap overlap_;
  std::vector<std::uint32_t> matches_;  // [reference][order - 1]
};

}  // namespace vernier
