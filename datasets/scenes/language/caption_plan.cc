#include "datasets/scenes/language/caption_plan.h"

#include <algorithm>
#include <cmath>

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

/// Of each item, the object that it is about.
std::vector<std::size_t> match(const DrawnScene& scene, const CaptionPlan& plan) {
  struct Pair {
    std::size_t right, item, object;
  };
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < plan.items.size(); ++i) {
    for (std::size_t o = 0; o < scene.objects.size(); ++o) {
      if (plan.items[i].shape != scene.objects[o].shape) continue;
      pairs.push_back({agreement(plan.items[i], &scene.objects[o]).right, i, o});
    }
  }
  std::ranges::stable_sort(pairs, std::ranges::greater(), &Pair::right);
  std::vector<std::size_t> object_of(plan.items.size(), kNone);
  std::vector<bool> taken(scene.objects.size());
  for (const Pair& pair : pairs) {
    if (object_of[pair.item] != kNone || taken[pair.object]) continue;
    object_of[pair.item] = pair.object;
    taken[pair.object] = true;
  }
  return object_of;
}

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
  if (plan.items.empty()) return {0, 0, 0, 0};
  const std::vector<std::size_t> object_of = match(scene, plan);
  std::size_t matched = 0;
  Agreement all;
  for (std::size_t i = 0; i < plan.items.size(); ++i) {
    const bool known = object_of[i] != kNone;
    matched += known;
    const Agreement one = agreement(plan.items[i], known ? &scene.objects[object_of[i]] : nullptr);
    all.stated += one.stated;
    all.right += one.right;
  }
  std::size_t attributes = 0;  // that the whole truth states
  for (const DrawnObject& object : scene.objects) {
    attributes += agreement(describe_fully(object), &object).stated;
  }
  score.objects = f1(matched, plan.items.size(), scene.objects.size());
  score.attributes = f1(all.right, all.stated, attributes);
  double sum = 0.5 * score.objects + 0.5 * score.attributes;
  if (!plan.relations.empty()) {
    const auto holds = std::ranges::count_if(plan.relations, [&](const auto& relation) {
      const std::size_t subject = object_of[relation.subject], object = object_of[relation.object];
      return subject != kNone && object != kNone &&
             scene.holds(subject, relation.predicate, object);
    });
    score.relations = static_cast<double>(holds) / static_cast<double>(plan.relations.size());
    sum = 0.8 * sum + 0.2 * score.relations;
  }
  // The small number takes sums that rounding left just below a half.
  score.rating = 5 * static_cast<int>(std::floor(20 * sum + 0.5 + 1e-9));
  if (sum < 1 - 1e-9) score.rating = std::min(score.rating, 95);
  return score;
}

}  // namespace vernier::scenes
