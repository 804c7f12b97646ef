// In what the headers of two runs differ, for messages.
#pragma once

#include <string>
#include <string_view>

#include "results/run/run_text.h"

namespace vernier {

/// The fields of two signatures that differ, as "df:corpus(500) / df:corpus(5000)".
std::string signature_differences(std::string_view a, std::string_view b);

/// Everything that differs but the shard, as "candidates 1f.. / 2a..; cider: v:1.0 / v:1.1"; empty
/// where nothing does.
std::string header_differences(const RunHeader& a, const RunHeader& b);

}  // namespace vernier
