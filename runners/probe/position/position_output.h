// What `probe position` writes.
#pragma once

#include <string>

#include "judges/probes/position/group_plan.h"
#include "runners/output/output_format.h"
#include "runners/probe/position/position_study.h"

namespace vernier {

std::string position_text(const PositionStudy& study, OutputFormat format);

/// One JSON object a line and prompt: {"group", "order", "images"}.
std::string plan_text(const probes::GroupPlan& plan, const std::vector<std::string>& images);

}  // namespace vernier
