// What `vernier compare` prints.
#pragma once

#include <string>
#include <vector>

#include "runners/compare/compared_run.h"

namespace vernier {

std::string compare_table(const std::vector<ComparedRun>& compared);
std::string compare_json(const std::vector<ComparedRun>& compared);
std::string compare_markdown(const std::vector<ComparedRun>& compared);

/// The members of one comparison in an object that is already open.
void append_comparison(std::string& json, const ComparedRun& compared);

}  // namespace vernier
