#include "results/report/probes/probe_section.h"

#include <fmt/format.h>

#include <algorithm>

#include "results/report/charts/curve.h"
#include "results/report/html/table.h"
#include "results/report/html/text.h"
#include "results/report/probes/live/live_section.h"
#include "results/report/probes/probe_blocks.h"
#include "results/report/probes/probe_scores.h"

namespace vernier::report {
namespace {

using Path = std::vector<std::string>;

std::string path_text(const Path& path) {
  std::string out;
  for (const std::string& key : path) out += (out.empty() ? "" : " · ") + key_text(key);
  return out;
}

/// The tables or curves of one path, by result; null where a result has none.
template <class Part>
struct SamePath {
  Path path;
  std::vector<const Part*> by_result;
};

template <class Part>
std::vector<SamePath<Part>> by_path(const std::vector<ProbeBlocks>& results,
                                    std::vector<Part> ProbeBlocks::*parts) {
  std::vector<SamePath<Part>> out;
  for (std::size_t r = 0; r < results.size(); ++r) {
    for (const Part& part : results[r].*parts) {
      auto known = std::ranges::find(out, part.path, &SamePath<Part>::path);
      if (known == out.end()) {
        known =
            out.insert(out.end(), {part.path, std::vector<const Part*>(results.size(), nullptr)});
      }
      known->by_result[r] = &part;
    }
  }
  return out;
}

/// "correct by position": what leads to a curve, but for the words that say nothing.
std::string curve_title(const ProbeCurve& curve) {
  Path path;
  for (const std::string& key : curve.path) {
    if (key == "curves" || key == "values" || key == "scores") continue;
    if (key_text(key) == curve.x_name || key == curve.x_name + "s") continue;
    path.push_back(key);
  }
  if (path.empty()) path.push_back(curve.y_name);
  const bool steps = path.back().find("…") != std::string::npos;
  return steps ? path_text(path) : path_text(path) + " by " + curve.x_name;
}

void append_curves(std::string& out, const std::vector<ProbeBlocks>& results) {
  std::string figures;
  for (const auto& same : by_path(results, &ProbeBlocks::curves)) {
    std::vector<CurveSeries> series;
    std::string title, x_name, y_name;
    bool intervals = false;
    for (const ProbeCurve* curve : same.by_result) {
      series.push_back(curve == nullptr ? CurveSeries() : curve->series);
      if (curve == nullptr) continue;
      title = curve_title(*curve);
      x_name = curve->x_name;
      y_name = curve->y_name;
      intervals = intervals || std::ranges::any_of(curve->series, [](const CurvePoint& point) {
                    return point.low <= point.high;
                  });
    }
    if (intervals) y_name += ", with intervals";
    figures += fmt::format("<figure><figcaption>{} <small>{}</small></figcaption>{}</figure>\n",
                           html(title), html(key_text(y_name)), curve_svg(title, x_name, series));
  }
  if (!figures.empty()) out += "<div class=\"charts wide\">\n" + figures + "</div>\n";
}

std::string title_of(const Path& path) { return path.empty() ? "Details" : path_text(path); }

/// Names and values, a column a result.
std::string facts_table(const SamePath<ProbeBlock>& same) {
  std::vector<Column> columns = {{""}};
  for (std::size_t r = 0; r < same.by_result.size(); ++r) {
    columns.push_back({same.by_result.size() > 1 ? result_badge(r) : "value", true});
  }
  std::vector<std::string> names;
  for (const ProbeBlock* block : same.by_result) {
    if (block == nullptr) continue;
    for (const ProbeBlock::Row& row : block->rows) {
      if (std::ranges::find(names, row.name) == names.end()) names.push_back(row.name);
    }
  }
  Table table(title_of(same.path), std::move(columns));
  for (const std::string& name : names) {
    std::vector<std::string> cells = {fmt::format("<span class=\"wrap\">{}</span>", html(name))};
    for (const ProbeBlock* block : same.by_result) {
      cells.emplace_back();
      if (block == nullptr) continue;
      const auto row = std::ranges::find(block->rows, name, &ProbeBlock::Row::name);
      if (row != block->rows.end()) {
        cells.back() = fmt::format("<span class=\"wrap\">{}</span>", html(row->cells[0]));
      }
    }
    table.row(cells);
  }
  return table.finish();
}

std::string rows_table(const ProbeBlock& block, const std::string& badge) {
  std::vector<Column> columns = {{badge}};
  for (std::size_t c = 0; c < block.columns.size(); ++c) {
    columns.push_back({html(block.columns[c]), block.numbers[c]});
  }
  if (block.facts) columns.push_back({"value", true});
  Table table(title_of(block.path), std::move(columns));
  for (const ProbeBlock::Row& row : block.rows) {
    std::vector<std::string> cells = {
        fmt::format("<span class=\"wrap\">{}</span>", html(row.name))};
    for (const std::string& cell : row.cells) {
      // Reasons and lists are long: numbers stay as they are.
      cells.push_back(cell.size() > 30 ? fmt::format("<span class=\"wrap\">{}</span>", html(cell))
                                       : html(cell));
    }
    table.row(cells);
  }
  std::string out = "<div>" + table.finish();
  if (block.left_out > 0) {
    out += fmt::format("<p class=\"fine\">{} in the file.</p>\n",
                       counted(block.left_out, "further row"));
  }
  return out + "</div>\n";
}

std::string tables_of(const SamePath<ProbeBlock>& same) {
  const bool facts = std::ranges::all_of(
      same.by_result, [](const ProbeBlock* block) { return block == nullptr || block->facts; });
  if (facts) return facts_table(same);
  std::string out;
  for (std::size_t r = 0; r < same.by_result.size(); ++r) {
    if (same.by_result[r] == nullptr) continue;
    out += rows_table(*same.by_result[r], same.by_result.size() > 1 ? result_badge(r) : "");
  }
  return out;
}

/// Whether this is a part with scores of its own, which the table of scores shows.
bool has_scores(const std::vector<ProbeBlocks>& results, const Path& path) {
  return !path.empty() && std::ranges::any_of(results, [&](const ProbeBlocks& result) {
    return std::ranges::any_of(result.blocks, [&](const ProbeBlock& block) {
      return block.path.size() > path.size() && block.path.front() == path.front() &&
             block.path.back() == "scores";
    });
  });
}

void append_tables(std::string& out, const std::vector<ProbeBlocks>& results) {
  const auto curves = by_path(results, &ProbeBlocks::curves);
  // What is deep inside, and the numbers behind curves, are folded away under their first key.
  std::vector<std::pair<std::string, std::string>> folded;
  std::string shown;
  for (const auto& same : by_path(results, &ProbeBlocks::blocks)) {
    const bool drawn =
        std::ranges::find(curves, same.path, &SamePath<ProbeCurve>::path) != curves.end();
    if (same.path.size() < 2 && !drawn && !has_scores(results, same.path)) {
      shown += tables_of(same);
      continue;
    }
    const std::string& key = same.path.front();
    auto group = std::ranges::find(folded, key, &decltype(folded)::value_type::first);
    if (group == folded.end()) group = folded.insert(folded.end(), {key, ""});
    group->second += tables_of(same);
  }
  out += "<div class=\"tables\">\n" + shown + "</div>\n";
  for (const auto& [key, tables] : folded) {
    out += fmt::format(
        "<details class=\"more-tables\"><summary>More of {}</summary><div class=\"tables\">\n{}"
        "</div></details>\n",
        html(key_text(key)), tables);
  }
}

}  // namespace

void append_probe(std::string& out, const ProbeGroup& results, std::size_t number) {
  out += fmt::format("<section id=\"probe-{0}\"><h2>{1}</h2>\n", number,
                     html(probe_title(*results[0])));
  const bool same = same_signature(results);
  for (std::size_t r = 0; r < results.size(); ++r) {
    out += fmt::format("<p class=\"run\">{} {}", result_badge(r), html(results[r]->file));
    const bool said = same && r + 1 < results.size();
    out += said ? "</p>\n" : fmt::format("<br><code>{}</code></p>\n", html(results[r]->signature));
  }
  if (!same) {
    out +=
        "<p class=\"warning\"><strong>Not comparable:</strong> the signatures differ, so these "
        "numbers were not made alike. They stand side by side without differences.</p>\n";
  }
  std::vector<ProbeBlocks> blocks;
  for (const ProbeResult* result : results) blocks.push_back(probe_blocks(result->document()));
  if (results[0]->probe == "live") {
    append_live(out, results);
    out += "<details class=\"more-tables\"><summary>All numbers</summary>\n";
    append_tables(out, blocks);
    out += "</details>\n";
  } else {
    out += score_tables(results);
    append_curves(out, blocks);
    append_tables(out, blocks);
  }
  if (results.size() > 1) {
    out +=
        "<p class=\"fine\">Differences of printed scores have no interval: those of runs "
        "(<code>vernier probe NAME -o RUN</code>) have.</p>\n";
  }
  out += "</section>\n";
}

}  // namespace vernier::report
