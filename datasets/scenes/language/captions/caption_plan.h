// What a caption says, apart from its words, and how true that is.
#pragma once

#include <vector>

#include "datasets/scenes/language/description.h"

namespace vernier::scenes {

struct CaptionPlan {
  struct Relation {
    std::size_t subject = 0;  ///< an item
    Predicate predicate = Predicate::kLeftOf;
    std::size_t object = 0;  ///< an item
  };
  std::vector<Description> items;
  std::vector<Relation> relations;
};

/// The whole truth: all objects from left to right, fully described, and up to `relations`
/// relations between things that their description singles out.
CaptionPlan true_plan(const DrawnScene& scene, std::size_t relations, SceneRandom& random);

/// How true a caption is, and how complete. Items are matched with objects of their shape so that
/// most attributes are right, and most relations where that leaves a choice. Shares are between 0
/// and 1.
struct GraphScore {
  double objects = 0;     ///< F1 of items and objects
  double attributes = 0;  ///< F1 of sizes, stripes, colours and words on signs
  double relations = 1;   ///< share of the stated relations that hold; 1 without
  /// 40 % objects, 40 % attributes, 20 % relations (50 and 50 without relations) of 100, to the
  /// nearest 5, but 100 only without any fault; 0 for a caption that says nothing.
  int rating = 0;
  /// The same sum of 100 as it comes, not rounded: 100 only without any fault.
  double exact = 0;
};
GraphScore graph_score(const DrawnScene& scene, const CaptionPlan& plan);

}  // namespace vernier::scenes
