// What an averaged perceptron tagger has learnt.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/text/text_set.h"

namespace vernier::text {

struct PerceptronModel {
  struct Weight {
    double value;
    std::uint32_t tag;
  };
  /// Weights [begin, begin + count) belong to one feature.
  struct Feature {
    std::uint64_t hash = 0;  ///< of its key (hash_bytes); 0: a free slot
    std::uint32_t begin = 0, count = 0;
  };

  std::vector<std::string> tags;  ///< ascending; at most 255
  /// Words whose tag is always the same.
  TextMap<std::uint32_t> known;
  std::vector<Weight> weights;
  std::vector<Feature> features;  ///< open addressing by hash; a power of two, at most half full

  std::span<const Weight> find(std::uint64_t hash) const {
    for (std::size_t i = hash & (features.size() - 1);; i = (i + 1) & (features.size() - 1)) {
      const Feature& feature = features[i];
      if (feature.hash == hash) return std::span(weights).subspan(feature.begin, feature.count);
      if (feature.hash == 0) return {};
    }
  }
  /// Makes the table of these features, whose slots are not in order yet. Throws Error(kResource)
  /// when two have the same hash.
  void index(const std::vector<Feature>& list);
};

}  // namespace vernier::text
