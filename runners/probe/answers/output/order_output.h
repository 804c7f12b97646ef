// What `vernier probe order` prints.
#pragma once

#include <string>
#include <vector>

#include "judges/probes/answers/choice/circular.h"
#include "judges/probes/answers/pairs/order_bias.h"
#include "runners/output/output_format.h"

namespace vernier {

std::string rotations_text(const probes::RotationFile& file, const probes::CircularScores& scores,
                           const std::string& signature, OutputFormat format);

std::string pairs_text(const probes::PairFile& file, const std::vector<probes::OrderBias>& subsets,
                       const std::string& signature, OutputFormat format);

}  // namespace vernier
