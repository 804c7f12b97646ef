// How far two scene graphs agree: F1 over tuples, as SPICE 1.0 counts it.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "metrics/spice/scene/scene_graph.h"

namespace vernier::spice {

/// All tuples, and the six parts of them that SPICE reports.
enum class Category : std::uint8_t {
  kAll,
  kObject,
  kAttribute,
  kRelation,
  kCardinality,
  kColor,
  kSize
};
inline constexpr std::size_t kCategoryCount = 7;

/// What a category has to say of one sample.
struct CategoryCounts {
  std::uint32_t matched = 0;    ///< candidate tuples that match some reference tuple
  std::uint32_t candidate = 0;  ///< tuples of the candidate
  std::uint32_t reference = 0;  ///< tuples of the references

  /// Several candidate tuples may match one and the same reference tuple, so recall can be above 1.
  double precision() const { return reference && candidate ? double(matched) / candidate : 0; }
  double recall() const { return reference ? double(matched) / reference : 0; }
  double f() const {
    const double p = precision(), r = recall();
    return p > 0 && r > 0 ? (1.0 + 1.0) * (p * r) / (1.0 * p + r) : 0;
  }

  friend bool operator==(const CategoryCounts&, const CategoryCounts&) = default;
};

using SceneCounts = std::array<CategoryCounts, kCategoryCount>;

/// Compares graphs over the same ConceptTexts. One thread at a time.
class SceneScorer {
 public:
  const SceneCounts& compare(const SceneGraph& candidate, const SceneGraph& references);

  /// What compare() looked at last, for those who want to see it.
  const std::vector<SceneTuple>& candidate_tuples() const { return candidate_; }
  const std::vector<SceneTuple>& reference_tuples() const { return references_; }
  /// By candidate tuple: the first reference tuple that it matches, or kNoMatch.
  static constexpr std::uint32_t kNoMatch = ~std::uint32_t{0};
  const std::vector<std::uint32_t>& matches() const { return matches_; }

 private:
  std::vector<SceneTuple> candidate_, references_;
  std::vector<std::uint32_t> matches_;
  std::vector<std::uint8_t> similar_nodes_;  // candidate node by reference node
  SceneCounts counts_;
};

}  // namespace vernier::spice
