// The last changes of the basic graph.
#pragma once

#include <functional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "metrics/spice/dependencies/graph/edge.h"
#include "metrics/spice/syntax/label.h"

namespace vernier::spice {

/// What finish() knows of the words, counted from 0.
struct FinishedWords {
  std::span<const Label> tags;
  const std::function<std::string(std::size_t)>& lemma_of;
  const std::set<std::string, std::less<>>& reattaching_lemmas;  ///< of verbs
};

/// Reattaches question words, resolves kRelName and kPrepName, makes the subjects of passives
/// passive, orders the edges by their dependents and drops duplicates, as the post-processing of
/// basic dependencies of CoreNLP 3.6.0.
void finish(std::vector<NamedEdge>& edges, const FinishedWords& words);

}  // namespace vernier::spice
