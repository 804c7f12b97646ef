// Files that name their records by images only.
#pragma once

#include <vector>

#include "judges/probes/answers/join/join.h"

namespace vernier::probes {

/// Where a record of either list has no id, while all have an image and no image comes twice among
/// the questions, the images become the ids (VizWiz, transcripts). Returns whether.
bool name_by_image(std::vector<JoinItem>& questions, std::vector<JoinItem>& answers);

}  // namespace vernier::probes
