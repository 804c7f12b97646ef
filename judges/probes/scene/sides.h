// "A is to the left of B" as one claim.
#pragma once

#include <vector>

#include "judges/probes/scene/fact.h"

namespace vernier::probes {

/// SPICE takes the side for a thing and reads two relations off "A is to the left of B": A to left,
/// left of B. In the facts of one sentence these become "A left of B", the same for right, and the
/// side is no object. A sentence that names several things as of that side stays as it is: which
/// of them is meant is not known.
void join_sides(std::vector<Fact>& sentence);

}  // namespace vernier::probes
