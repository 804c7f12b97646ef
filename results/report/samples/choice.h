// Which samples the searchable list holds when there are too many for a page.
#pragma once

#include <vector>

#include "results/report/findings.h"

namespace vernier::report {

/// Up to `most` samples in the order of the first run: the worst and the best by the main score,
/// those that moved most, and an evenly spaced rest.
std::vector<std::size_t> choose_samples(const Findings& findings, std::size_t most);

}  // namespace vernier::report
