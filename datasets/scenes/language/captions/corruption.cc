#include "datasets/scenes/language/captions/corruption.h"

#include <algorithm>
#include <array>

namespace vernier::scenes {
namespace {

constexpr double kHard = 0.75;
constexpr int kTries = 30;

bool remove_item(SceneRandom& random, CaptionPlan& plan) {
  if (plan.items.size() < 2) return false;
  const std::size_t gone = random.below(plan.items.size());
  plan.items.erase(plan.items.begin() + static_cast<std::ptrdiff_t>(gone));
  std::erase_if(plan.relations,
                [&](const auto& r) { return r.subject == gone || r.object == gone; });
  for (CaptionPlan::Relation& relation : plan.relations) {
    relation.subject -= relation.subject > gone;
    relation.object -= relation.object > gone;
  }
  return true;
}

/// Gives an attribute another value: that of `other` or any.
void change(const World& world, Attribute attribute, const DrawnObject* other, SceneRandom& random,
            Description& item) {
  DrawnObject any;
  any.color = static_cast<Color>(random.below(kColors));
  any.shape = static_cast<Shape>(random.below(world.shapes));
  any.size = static_cast<Size>(random.below(2));
  any.pattern = static_cast<Pattern>(random.below(2));
  item.take(attribute, other != nullptr ? *other : any);
  if (item.pattern == Pattern::kSolid) item.pattern.reset();  // captions do not speak of it
}

bool wrong_attribute(const World& world, const DrawnScene& scene, SceneRandom& random,
                     CaptionPlan& plan) {
  static constexpr std::array kKinds = {Attribute::kColor, Attribute::kColor, Attribute::kSize,
                                        Attribute::kPattern, Attribute::kShape};
  for (int attempt = 0; attempt < kTries; ++attempt) {
    Description& item = plan.items[random.below(plan.items.size())];
    if (item.shape == Shape::kSign) {
      std::string_view said = random.of(sign_words());
      if (item.text.empty() || said == item.text) continue;
      item.text = said;
      return true;
    }
    const DrawnObject& other = random.of(scene.objects);
    const bool hard = random.chance(kHard) && !other.is_sign();
    const Description before = item;
    change(world, random.of(kKinds), hard ? &other : nullptr, random, item);
    if (item != before && referents(scene, item).empty()) return true;
    item = before;
  }
  return false;
}

/// The scene's objects that two items mean; none where a description fits no or several objects.
std::optional<std::pair<std::size_t, std::size_t>> meant(const DrawnScene& scene,
                                                         const CaptionPlan& plan,
                                                         const CaptionPlan::Relation& relation) {
  const auto subject = referents(scene, plan.items[relation.subject]);
  const auto object = referents(scene, plan.items[relation.object]);
  if (subject.size() != 1 || object.size() != 1) return std::nullopt;
  return std::pair<std::size_t, std::size_t>(subject.front().object, object.front().object);
}

bool wrong_relation(const DrawnScene& scene, bool swap, SceneRandom& random, CaptionPlan& plan) {
  if (plan.relations.empty()) return false;
  CaptionPlan::Relation& relation = plan.relations[random.below(plan.relations.size())];
  const auto pair = meant(scene, plan, relation);
  if (!pair || !scene.holds(pair->first, relation.predicate, pair->second)) return false;
  if (swap) {
    std::swap(relation.subject, relation.object);
    return true;
  }
  for (int attempt = 0; attempt < kTries; ++attempt) {
    const auto other = static_cast<Predicate>(random.below(kPredicates));
    // Only the opposite is known to be wrong where centres are near each other along an axis.
    if (!scene.holds(pair->first, opposite(other), pair->second)) continue;
    relation.predicate = other;
    return true;
  }
  relation.predicate = opposite(relation.predicate);
  return true;
}

bool invent(const World& world, const DrawnScene& scene, SceneRandom& random, CaptionPlan& plan) {
  for (int attempt = 0; attempt < kTries; ++attempt) {
    Description item;
    for (const Attribute attribute : {Attribute::kSize, Attribute::kColor, Attribute::kShape}) {
      change(world, attribute, nullptr, random, item);
    }
    Description kind;  // not a further one of a kind that is there
    kind.color = item.color;
    kind.shape = item.shape;
    if (!referents(scene, kind).empty()) continue;
    const std::size_t at = random.below(plan.items.size() + 1);
    plan.items.insert(plan.items.begin() + static_cast<std::ptrdiff_t>(at), item);
    for (CaptionPlan::Relation& relation : plan.relations) {
      relation.subject += relation.subject >= at;
      relation.object += relation.object >= at;
    }
    return true;
  }
  return false;
}

}  // namespace

std::string_view fault_name(Fault fault) {
  static constexpr std::array<std::string_view, kFaults> kNames = {
      "missing object", "wrong attribute", "wrong relation", "swapped arguments",
      "invented object"};
  return kNames[static_cast<std::size_t>(fault)];
}

bool corrupt(const World& world, const DrawnScene& scene, Fault fault, SceneRandom& random,
             CaptionPlan& plan) {
  const CaptionPlan before = plan;
  const auto put = [&] {
    switch (fault) {
      case Fault::kMissingObject:
        return remove_item(random, plan);
      case Fault::kWrongAttribute:
        return wrong_attribute(world, scene, random, plan);
      case Fault::kWrongRelation:
        return wrong_relation(scene, false, random, plan);
      case Fault::kSwappedArguments:
        return wrong_relation(scene, true, random, plan);
      case Fault::kInventedObject:
        return invent(world, scene, random, plan);
    }
    return false;
  };
  // "The red circle is above the red circle" says nothing.
  const auto ambiguous = [&](std::size_t item) {
    return std::ranges::count(plan.items, plan.items[item]) > 1;
  };
  if (put() && std::ranges::none_of(plan.relations, [&](const auto& relation) {
        return ambiguous(relation.subject) || ambiguous(relation.object);
      })) {
    return true;
  }
  plan = before;
  return false;
}

}  // namespace vernier::scenes
