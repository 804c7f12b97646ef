#include "results/report/sections/labels.h"

#include <fmt/format.h>

#include <algorithm>

#include "results/report/html/text.h"
#include "results/report/wording.h"

namespace vernier::report {

std::string run_badge(std::size_t run) {
  return fmt::format("<b class=\"badge run-{}\">{}</b>", run % 6, run_letter(run));
}

std::string run_label(const Findings& findings, std::size_t run) {
  return fmt::format("{} {}", run_badge(run), html(file_name(findings.runs[run].name())));
}

std::string score_label(std::string_view name, bool less_is_better) {
  return html(score_title(name)) + (less_is_better ? " <small>less is better</small>" : "");
}

std::vector<ScoreGroup> score_groups(const std::vector<std::string>& names) {
  std::vector<ScoreGroup> groups;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::size_t slash = names[i].find('/');
    const std::string title = slash == std::string::npos ? "" : names[i].substr(0, slash);
    auto group = std::ranges::find(groups, title, &ScoreGroup::title);
    if (group == groups.end()) group = groups.insert(groups.end(), {title, {}});
    group->members.push_back(i);
  }
  return groups;
}

}  // namespace vernier::report
