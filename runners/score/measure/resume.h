// Takes up a run that was interrupted.
#pragma once

#include <string>

#include "base/io/output/journal.h"
#include "runners/score/measure/measure.h"

namespace vernier {

struct Resumed {
  SamplePlace next;     ///< the first sample that is not in the journal
  std::string refusal;  ///< why what the journal holds cannot be taken up; empty: it could
};

/// Reads what an earlier process left in the journal: whole records of the same run, in the order
/// of the corpus, are counted in `run` and kept, the rest is cut off; `run` then stands behind its
/// header or the last of them. On a refusal the journal is as before, and `run` of no more use.
Resumed resume_run(Journal& journal, const Corpus& corpus, RunWriter& run);

}  // namespace vernier
