#include "datasets/scenes/language/captions/caption_plan.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace vernier::scenes {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

/// Attributes that an item states, and how many of them an object has.
struct Agreement {
  std::size_t stated = 0, right = 0;
};

Agreement agreement(const Description& item, const DrawnObject* object) {
  Agreement out;
  const auto count = [&](bool stated, bool right) {
    out.stated += stated;
    out.right += stated && right;
  };
  const bool matched = object != nullptr;
  count(item.size.has_value(), matched && item.size == object->size);
  count(item.pattern.has_value(), matched && item.pattern == object->pattern);
  count(item.color.has_value(), matched && item.color == object->color);
  count(!item.text.empty(), matched && item.text == object->text);
  return out;
}

/// Pairs items with objects of their shape in every way that leaves none unpaired without need
/// and keeps the best: most attributes right, then most relations. (Six things of one shape make
/// 720 ways, the worst there is.)
class Matching {
 public:
  Matching(const DrawnScene& scene, const CaptionPlan& plan)
      : scene_(scene),
        plan_(plan),
        object_of_(plan.items.size(), kNone),
        taken_(scene.objects.size()) {
    pair(0, {});
  }

  std::size_t paired() const { return best_.paired; }
  std::size_t attributes_right() const { return best_.attributes; }
  std::size_t relations_right() const { return best_.relations; }

 private:
  struct Found {
    std::size_t paired = 0, attributes = 0, relations = 0;
    bool operator<(const Found& other) const {
      return std::tie(paired, attributes, relations) <
             std::tie(other.paired, other.attributes, other.relations);
    }
  };

  void pair(std::size_t item, Found found) {
    if (item == plan_.items.size()) {
      found.relations = static_cast<std::size_t>(
          std::ranges::count_if(plan_.relations, [&](const auto& r) { return holds(r); }));
      best_ = std::max(best_, found);
      return;
    }
    bool free = false;
    for (std::size_t o = 0; o < scene_.objects.size(); ++o) {
      const DrawnObject& object = scene_.objects[o];
      if (taken_[o] || plan_.items[item].shape != object.shape) continue;
      free = true;
      taken_[o] = true;
      object_of_[item] = o;
      pair(item + 1,
           {found.paired + 1, found.attributes + agreement(plan_.items[item], &object).right, 0});
      object_of_[item] = kNone;
      taken_[o] = false;
    }
    // Where items are more than objects, each of them may be the one that is left over.
    if (!free || items_of(item) > objects_of(item)) pair(item + 1, found);
  }

  std::size_t items_of(std::size_t item) const {
    return static_cast<std::size_t>(
        std::ranges::count(plan_.items, plan_.items[item].shape, &Description::shape));
  }
  std::size_t objects_of(std::size_t item) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        scene_.objects, [&](const DrawnObject& o) { return plan_.items[item].shape == o.shape; }));
  }
  bool holds(const CaptionPlan::Relation& relation) const {
    const std::size_t subject = object_of_[relation.subject], object = object_of_[relation.object];
    return subject != kNone && object != kNone && scene_.holds(subject, relation.predicate, object);
  }

  const DrawnScene& scene_;
  const CaptionPlan& plan_;
  std::vector<std::size_t> object_of_;
  std::vector<bool> taken_;
  Found best_;
};

double f1(std::size_t right, std::size_t said, std::size_t true_ones) {
  return said + true_ones == 0
             ? 1
             : 2 * static_cast<double>(right) / static_cast<double>(said + true_ones);
}

}  // namespace

CaptionPlan true_plan(const DrawnScene& scene, std::size_t relations, SceneRandom& random) {
  CaptionPlan plan;
  const std::vector<std::size_t> order = scene.left_to_right();
  std::vector<std::size_t> item_of(scene.objects.size());
  for (const std::size_t object : order) {
    item_of[object] = plan.items.size();
    plan.items.push_back(describe_fully(scene.objects[object]));
  }
  std::vector<DrawnRelation> choice;
  std::ranges::copy_if(scene.relations, std::back_inserter(choice), [&](const DrawnRelation& r) {
    return referents(scene, plan.items[item_of[r.subject]]).size() == 1 &&
           referents(scene, plan.items[item_of[r.object]]).size() == 1;
  });
  random.shuffle(choice);
  for (const DrawnRelation& relation : choice) {
    if (plan.relations.size() == relations) break;
    plan.relations.push_back(
        {item_of[relation.subject], relation.predicate, item_of[relation.object]});
  }
  return plan;
}

GraphScore graph_score(const DrawnScene& scene, const CaptionPlan& plan) {
  GraphScore score;
  if (plan.items.empty()) return {0, 0, 0, 0, 0};
  const Matching best(scene, plan);
  std::size_t stated = 0;
  for (const Description& item : plan.items) stated += agreement(item, nullptr).stated;
  std::size_t attributes = 0;  // that the whole truth states
  for (const DrawnObject& object : scene.objects) {
    attributes += agreement(describe_fully(object), &object).stated;
  }
  score.objects = f1(best.paired(), plan.items.size(), scene.objects.size());
  score.attributes = f1(best.attributes_right(), stated, attributes);
  double sum = 0.5 * score.objects + 0.5 * score.attributes;
  if (!plan.relations.empty()) {
    score.relations =
        static_cast<double>(best.relations_right()) / static_cast<double>(plan.relations.size());
    sum = 0.8 * sum + 0.2 * score.relations;
  }
  score.exact = 100 * sum;
  // The small number takes sums that rounding left just below a half.
  score.rating = 5 * static_cast<int>(std::floor(20 * sum + 0.5 + 1e-9));
  if (sum < 1 - 1e-9) score.rating = std::min(score.rating, 95);
  return score;
}

}  // namespace vernier::scenes
