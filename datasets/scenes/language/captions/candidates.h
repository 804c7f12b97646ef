// Captions of graded quality for one scene.
#pragma once

#include <vector>

#include "datasets/scenes/language/captions/caption_text.h"
#include "datasets/scenes/language/captions/corruption.h"

namespace vernier::scenes {

struct Candidate {
  std::string kind;  ///< "correct", a fault's name, "verbose", "empty", "mixed", "other image"
  Utterance caption;
  GraphScore score;
  CaptionPlan plan;
};

/// One of each kind that the scene allows: correct, each fault, verbose, empty, mixed (two to four
/// faults) and the truth about `other`.
std::vector<Candidate> graded_captions(const World& world, const DrawnScene& scene,
                                       const DrawnScene& other, SceneRandom& random);

/// A caption of any kind whose rating is near one drawn evenly from 0 to 100.
Candidate rated_caption(const World& world, const DrawnScene& scene, const DrawnScene& other,
                        SceneRandom& random);

}  // namespace vernier::scenes
