// Questions about a full graph, with answers.
#pragma once

#include <vector>

#include "datasets/scenes/replicator/text/captions.h"

namespace vernier::replicator {

/// How many things there are, of each name too; what things are like and of what colour; how the
/// nearest pairs stand: as it is and, for places, the other way round, which is denied. Only of
/// things that words single out.
std::vector<QuestionPair> question_pairs(const Graph& full);

}  // namespace vernier::replicator
