// From basic dependencies to the collapsed, cc-processed ones of CoreNLP 3.6.0 (Universal
// Dependencies v1, without extra dependencies).
#pragma once

#include "metrics/spice/graph/collapse/steps.h"
#include "metrics/spice/graph/sentence_graph.h"

namespace vernier::spice {

/// One thread's part.
class Collapser {
 public:
  void collapse(SentenceGraph& graph);

 private:
  StepMemory memory_;
};

}  // namespace vernier::spice
