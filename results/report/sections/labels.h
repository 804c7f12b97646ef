// Small pieces of HTML that several sections use.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "results/report/findings.h"

namespace vernier::report {

/// A letter on the run's colour.
std::string run_badge(std::size_t run);
/// The badge and the name.
std::string run_label(const Findings& findings, std::size_t run);
/// The score's title, with a remark where less is better.
std::string score_label(std::string_view name, bool less_is_better);

/// Scores that stand in one table: parts of a score are grouped by what stands before "/".
struct ScoreGroup {
  std::string title;                 ///< empty: the scores themselves; "spice" for its parts
  std::vector<std::size_t> members;  ///< positions in `names`
};
std::vector<ScoreGroup> score_groups(const std::vector<std::string>& names);

}  // namespace vernier::report
