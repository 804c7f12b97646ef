#include "metrics/spice/scene/scene_score.h"

#include <optional>

namespace vernier::spice {
namespace {

Category category_of(std::uint8_t parts) {
  return parts == 1 ? Category::kObject : parts == 2 ? Category::kAttribute : Category::kRelation;
}

std::optional<Category> category_of(AttributeGroup group) {
  switch (group) {
    case AttributeGroup::kCardinality:
      return Category::kCardinality;
    case AttributeGroup::kColor:
      return Category::kColor;
    case AttributeGroup::kSize:
      return Category::kSize;
    case AttributeGroup::kNone:
      break;
  }
  return std::nullopt;
}

template <class Count>
void for_each_category(const SceneTuple& tuple, Count count) {
  count(Category::kAll);
  count(category_of(tuple.parts));
  if (const auto group = category_of(tuple.group)) count(*group);
}

}  // namespace

const SceneCounts& SceneScorer::compare(const SceneGraph& candidate, const SceneGraph& references) {
  candidate.tuples(candidate_);
  references.tuples(references_);
  counts_ = {};
  const auto at = [&](Category c) -> CategoryCounts& { return counts_[std::size_t(c)]; };
  for (const SceneTuple& t : candidate_) {
    for_each_category(t, [&](Category c) { ++at(c).candidate; });
  }
  for (const SceneTuple& t : references_) {
    for_each_category(t, [&](Category c) { ++at(c).reference; });
  }

  const std::size_t width = references.node_count();
  similar_nodes_.clear();
  for (std::uint32_t c = 0; c < candidate.node_count(); ++c) {
    for (std::uint32_t r = 0; r < width; ++r) {
      similar_nodes_.push_back(similar(candidate.node(c), references.node(r)));
    }
  }
  const auto match = [&](const SceneTuple& c, const SceneTuple& r) {
    return c.parts == r.parts && similar_nodes_[c.first * width + r.first] &&
           (c.parts < 3 || similar_nodes_[c.second * width + r.second]) &&
           (c.parts < 2 || similar(candidate.link(c.link), references.link(r.link)));
  };
  matches_.assign(candidate_.size(), kNoMatch);
  for (std::size_t n = 0; n < candidate_.size(); ++n) {
    const SceneTuple& c = candidate_[n];
    bool in_group = false;  // matches a tuple of its own group, not only some attribute
    for (std::uint32_t r = 0; r < references_.size(); ++r) {
      if (!match(c, references_[r])) continue;
      if (matches_[n] == kNoMatch) matches_[n] = r;
      in_group = references_[r].group == c.group;
      if (in_group) break;
    }
    if (matches_[n] == kNoMatch) continue;
    ++at(Category::kAll).matched;
    ++at(category_of(c.parts)).matched;
    if (const auto group = category_of(c.group); group && in_group) ++at(*group).matched;
  }
  return counts_;
}

}  // namespace vernier::spice
