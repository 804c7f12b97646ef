// How two scene graphs come to their score, in words.
#pragma once

#include "metrics/explain/explanation.h"
#include "metrics/spice/scene/scene_score.h"

namespace vernier::spice {

/// Compares the graphs, which are over `texts`, with `scorer`.
SpiceExplanation explain_scenes(const SceneGraph& candidate, const SceneGraph& references,
                                const ConceptTexts& texts, SceneScorer& scorer);

}  // namespace vernier::spice
