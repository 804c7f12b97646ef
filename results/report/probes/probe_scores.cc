#include "results/report/probes/probe_scores.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "results/report/html/table.h"
#include "results/report/html/text.h"
#include "results/report/probes/probe_blocks.h"

namespace vernier::report {
namespace {

constexpr std::size_t kMostScores = 200;

/// A value, or a dash with the reason.
std::string value_cell(const Json& result, const std::string& key, int decimals) {
  const Json& scores = object_in(result, "scores");
  if (!scores.contains(key)) return "";
  const double value = number_in(scores, key);
  if (std::isfinite(value)) return number_text(value, decimals);
  const Json& reasons = object_in(result, "undefined");
  const auto reason = reasons.find(key);
  const bool known = reason != reasons.end() && reason->is_string();
  return with_small("–", known ? html(reason->get<std::string>()) : "undefined");
}

std::string plain_cell(const Json& object, const std::string& key, int decimals) {
  const double value = number_in(object, key);
  return std::isfinite(value) ? number_text(value, decimals) : "";
}

/// Of one score in all results, alike.
int decimals_of(const ProbeGroup& results, const std::string& name) {
  double largest = 0;
  for (const ProbeResult* result : results) {
    const double value = std::abs(number_in(object_in(result->document(), "scores"), name));
    if (std::isfinite(value)) largest = std::max(largest, value);
  }
  return decimals_up_to(largest);
}

/// Names of scores of all results, in their order.
std::vector<std::string> score_names(const ProbeGroup& results) {
  std::vector<std::string> names;
  std::set<std::string> known;
  for (const ProbeResult* result : results) {
    for (const auto& [key, value] : object_in(result->document(), "scores").items()) {
      if (names.size() < kMostScores && known.insert(key).second) names.push_back(key);
    }
  }
  return names;
}

/// What else there is about the scores of one result: titles and objects with the same keys.
std::vector<std::pair<std::string, const Json*>> companions(const Json& document) {
  std::vector<std::pair<std::string, const Json*>> out;
  const Json& errors = object_in(document, "standard_errors");
  if (!errors.empty()) out.emplace_back("standard error", &errors);
  for (const auto& [key, bound] : object_in(document, "bounds").items()) {
    if (bound.is_object()) out.emplace_back(key_text(key), &bound);
  }
  for (const auto& [key, part] : document.items()) {
    if (!part.is_object()) continue;
    const Json& scores = object_in(part, "scores");
    if (!scores.empty()) out.emplace_back(key_text(key), &scores);
  }
  return out;
}

std::string label(const std::string& name) {
  return fmt::format("<span class=\"wrap\">{}</span>", html(key_text(name)));
}

std::string table_of_one(const ProbeGroup& results, const std::vector<std::string>& names) {
  const Json& document = results[0]->document();
  const auto beside = companions(document);
  std::vector<Column> columns = {{"score"}, {"value", true}};
  for (const auto& [title, object] : beside) columns.push_back({html(title), true});
  Table table("Scores", std::move(columns));
  for (const std::string& name : names) {
    const int decimals = decimals_of(results, name);
    std::vector<std::string> cells = {label(name), value_cell(document, name, decimals)};
    for (const auto& [title, object] : beside) {
      cells.push_back(plain_cell(*object, name, decimals));
    }
    table.row(cells);
  }
  return table.finish();
}

std::string table_of_several(const ProbeGroup& results, const std::vector<std::string>& names) {
  const bool comparable = same_signature(results);
  std::vector<Column> columns = {{"score"}};
  for (std::size_t r = 0; r < results.size(); ++r) columns.push_back({result_badge(r), true});
  for (std::size_t r = 1; r < results.size() && comparable; ++r) {
    columns.push_back({result_badge(r) + " − " + result_badge(0), true});
  }
  Table table("Scores side by side", std::move(columns));
  for (const std::string& name : names) {
    const int decimals = decimals_of(results, name);
    std::vector<std::string> cells = {label(name)};
    const double first = number_in(object_in(results[0]->document(), "scores"), name);
    for (const ProbeResult* result : results) {
      std::string cell = value_cell(result->document(), name, decimals);
      const std::string error =
          plain_cell(object_in(result->document(), "standard_errors"), name, decimals);
      cells.push_back(error.empty() ? std::move(cell) : with_small(cell, "± " + error));
    }
    for (std::size_t r = 1; r < results.size() && comparable; ++r) {
      const double value = number_in(object_in(results[r]->document(), "scores"), name);
      cells.push_back(signed_text(value - first, decimals));
    }
    table.row(cells);
  }
  return table.finish();
}

/// "accuracy/existence" as a table of its own: groups down, scores across. Which part of a name is
/// which, their numbers tell: there are fewer scores than groups.
std::string table_of_groups(const ProbeGroup& results, const std::vector<std::string>& names) {
  std::vector<std::string> first, last;
  const auto once = [](std::vector<std::string>& list, std::string part) {
    if (std::ranges::find(list, part) == list.end()) list.push_back(std::move(part));
  };
  for (const std::string& name : names) {
    once(first, name.substr(0, name.find('/')));
    once(last, name.substr(name.rfind('/') + 1));
  }
  const bool scores_first = first.size() <= last.size();
  const auto split = [&](const std::string& name) {
    const std::size_t slash = scores_first ? name.find('/') : name.rfind('/');
    std::pair<std::string, std::string> parts(name.substr(0, slash), name.substr(slash + 1));
    if (!scores_first) std::swap(parts.first, parts.second);
    return parts;  // score, group
  };
  std::vector<std::string> groups;
  for (const std::string& name : names) once(groups, split(name).second);
  const std::vector<std::string>& scores = scores_first ? first : last;
  std::vector<Column> columns = {{"part"}};
  for (const std::string& score : scores) {
    for (std::size_t r = 0; r < results.size(); ++r) {
      columns.push_back(
          {html(key_text(score)) + (results.size() > 1 ? " " + result_badge(r) : ""), true});
    }
  }
  Table table("Scores by part", std::move(columns));
  for (const std::string& group : groups) {
    std::vector<std::string> cells = {label(group)};
    for (const std::string& score : scores) {
      const std::string name =
          scores_first ? fmt::format("{}/{}", score, group) : fmt::format("{}/{}", group, score);
      const int decimals = decimals_of(results, name);
      for (const ProbeResult* result : results) {
        cells.push_back(value_cell(result->document(), name, decimals));
      }
    }
    table.row(cells);
  }
  return table.finish();
}

}  // namespace

std::string result_badge(std::size_t result) {
  return fmt::format("<b class=\"badge run-{}\">{}</b>", result % 6, result + 1);
}

bool same_signature(const ProbeGroup& results) {
  return std::ranges::all_of(results, [&](const ProbeResult* result) {
    return result->signature == results[0]->signature;
  });
}

std::string score_tables(const ProbeGroup& results) {
  std::vector<std::string> plain, grouped;
  for (std::string& name : score_names(results)) {
    (name.find('/') == std::string::npos ? plain : grouped).push_back(std::move(name));
  }
  std::string out;
  if (!plain.empty()) {
    out += results.size() == 1 ? table_of_one(results, plain) : table_of_several(results, plain);
  }
  if (!grouped.empty()) out += table_of_groups(results, grouped);
  return out;
}

}  // namespace vernier::report
