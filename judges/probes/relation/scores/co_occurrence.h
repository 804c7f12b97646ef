// Whether models claim relations because they are usual: invented ones by how often their parts
// occur together in what is known of all images (the prior that R-Bench, Wu et al. 2024, measures).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/statistics/rate_curve.h"
#include "judges/probes/relation/fact_judge.h"

namespace vernier::probes {

/// How often a subject has a relation, and a relation an object, whatever the third part is.
class CoOccurrence {
 public:
  /// Must outlive it.
  explicit CoOccurrence(const text::WordNet& word_net) : word_net_(word_net) {}

  void add(const TruthGraph& truth);
  std::uint64_t subject_relation(const Fact& claim) const;
  std::uint64_t relation_object(const Fact& claim) const;

 private:
  std::string key(char side, std::string_view noun, std::string_view predicate) const;

  const text::WordNet& word_net_;
  text::TextMap<std::uint64_t> counts_;
};

/// The share of invented relations among those that are supported or invented, by a count: claims
/// in four parts of about equal size, ascending, equal counts together. from and to: the smallest
/// and the largest count. `captions[i]` are the facts of a caption.
std::vector<RatePoint> invented_by_count(std::span<const JudgedFacts> captions,
                                         const CoOccurrence& known,
                                         std::uint64_t (CoOccurrence::*count)(const Fact&) const);

}  // namespace vernier::probes
