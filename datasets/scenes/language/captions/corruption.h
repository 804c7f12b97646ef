// Faults put into captions on purpose.
#pragma once

#include "datasets/scenes/language/captions/caption_plan.h"
#include "datasets/scenes/world/world.h"

namespace vernier::scenes {

enum class Fault : std::uint8_t {
  kMissingObject,
  kWrongAttribute,  ///< from another object of the scene where one has it, three times of four
  kWrongRelation,   ///< another predicate, that does not hold
  kSwappedArguments,
  kInventedObject,
};
inline constexpr std::size_t kFaults = 5;

/// "missing object", ...
std::string_view fault_name(Fault fault);

/// Puts one fault into a plan. False where the plan has nothing to be wrong about (no relation, one
/// object only); the plan is as before then.
bool corrupt(const World& world, const DrawnScene& scene, Fault fault, SceneRandom& random,
             CaptionPlan& plan);

}  // namespace vernier::scenes
