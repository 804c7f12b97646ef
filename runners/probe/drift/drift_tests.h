// The tests behind a study of drift.
#pragma once

#include "runners/probe/drift/drift_study.h"

namespace vernier {

/// Fills in the measures of every round and judges them; rounds[0] gets its values.
void test_rounds(const DriftRounds& read, const DriftOptions& options, DriftStudy& study);

}  // namespace vernier
