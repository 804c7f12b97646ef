// What captions invent, and where in them.
#include <fmt/format.h>

#include <algorithm>

#include "results/report/charts/cells/bar.h"
#include "results/report/charts/curve.h"
#include "results/report/html/table.h"
#include "results/report/html/text.h"
#include "results/report/sections/labels.h"
#include "results/report/sections/sections.h"

namespace vernier::report {
namespace {

constexpr std::size_t kMostObjects = 20;

/// One probe in every run; null where a run has none of it.
using ByRun = std::vector<const EvidenceSums*>;

std::vector<std::string> probes_of(const Findings& findings) {
  std::vector<std::string> names;
  for (const auto& of_run : findings.evidence) {
    for (const EvidenceSums& sums : of_run) {
      if (std::ranges::find(names, sums.probe) == names.end()) names.push_back(sums.probe);
    }
  }
  return names;
}

ByRun by_run(const Findings& findings, const std::string& probe) {
  ByRun out;
  for (const auto& of_run : findings.evidence) {
    const auto found = std::ranges::find(of_run, probe, &EvidenceSums::probe);
    out.push_back(found == of_run.end() ? nullptr : &*found);
  }
  return out;
}

std::string share_text(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return "none";
  return fmt::format("{:.1f}\u00a0%", 100 * static_cast<double>(part) / static_cast<double>(whole));
}

std::string summary(const EvidenceSums& sums) {
  std::string out =
      fmt::format("{} of {} invented ({}), in {} of {} ({})", count_text(sums.invented),
                  counted(sums.mentions, "mention"), share_text(sums.invented, sums.mentions),
                  count_text(sums.with_invented), counted(sums.captions, "caption"),
                  share_text(sums.with_invented, sums.captions));
  if (sums.objects > 0) {
    out += fmt::format("; {} of {} of the images left out ({})", count_text(sums.left_out),
                       counted(sums.objects, "object"), share_text(sums.left_out, sums.objects));
  }
  if (sums.unplaced > 0) {
    out += fmt::format("; {} not marked, as places are not in the caption or overlap",
                       counted(sums.unplaced, "mention"));
  }
  if (sums.unreadable > 0) {
    out += fmt::format("; {} not readable", counted(sums.unreadable, "mention"));
  }
  return out;
}

/// Of a name; zeros where the run does not invent it.
EvidenceSums::Object object_of(const EvidenceSums* sums, const std::string& name) {
  if (sums == nullptr) return {};
  const auto found = std::ranges::find(sums->most_invented, name, &EvidenceSums::Object::name);
  return found == sums->most_invented.end() ? EvidenceSums::Object() : *found;
}

/// The objects that some run invents most often.
std::vector<std::string> objects_of(const ByRun& runs) {
  std::vector<std::pair<std::uint64_t, std::string>> all;
  for (const EvidenceSums* sums : runs) {
    if (sums == nullptr) continue;
    for (const EvidenceSums::Object& object : sums->most_invented) {
      const auto known = std::ranges::find(all, object.name, &decltype(all)::value_type::second);
      if (known == all.end()) {
        all.emplace_back(object.invented, object.name);
      } else {
        known->first = std::max(known->first, object.invented);
      }
    }
  }
  std::ranges::stable_sort(all, [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::string> names(all.size());
  std::ranges::transform(all, names.begin(), &decltype(all)::value_type::second);
  return names;
}

void append_objects(std::string& out, const ByRun& runs) {
  std::vector<std::string> names = objects_of(runs);
  if (names.empty()) return;
  const std::size_t all = names.size();
  names.resize(std::min(all, kMostObjects));
  std::uint64_t most = 1;
  for (const EvidenceSums* sums : runs) {
    most = std::max(most, object_of(sums, names.front()).invented);
  }
  std::vector<Column> columns = {{"object"}};
  for (std::size_t r = 0; r < runs.size(); ++r) {
    columns.push_back({run_badge(r) + " invented", true});
    columns.push_back({"of mentions", true});
    columns.push_back({""});
  }
  Table table(all > names.size() ? fmt::format("Most invented, {} of {}", names.size(), all)
                                 : "Most invented",
              std::move(columns));
  for (const std::string& name : names) {
    std::vector<std::string> cells = {fmt::format("<span class=\"wrap\">{}</span>", html(name))};
    for (std::size_t r = 0; r < runs.size(); ++r) {
      const EvidenceSums::Object object = object_of(runs[r], name);
      cells.push_back(count_text(object.invented));
      cells.push_back(object.invented == 0 ? "" : count_text(object.mentions));
      cells.push_back(bar_svg(static_cast<double>(object.invented) / static_cast<double>(most), r));
    }
    table.row(cells);
  }
  out += table.finish();
}

CurveSeries series_of(const std::vector<RatePoint>& curve, std::size_t most) {
  CurveSeries out;
  for (std::size_t p = 0; p < curve.size(); ++p) {
    const RatePoint& point = curve[p];
    std::string label = point.from == point.to ? fmt::format("{:.0f}", point.from)
                                               : fmt::format("{:.0f}–{:.0f}", point.from, point.to);
    if (p + 1 == most) label = fmt::format("{:.0f}+", point.from);
    out.push_back(
        {std::move(label), 100 * point.rate, 100 * point.low, 100 * point.high,
         fmt::format("{} of {}", count_text(point.bad), counted(point.cases, "mention"))});
  }
  return out;
}

void append_curve(std::string& out, const ByRun& runs, std::vector<RatePoint> EvidenceSums::*curve,
                  std::size_t most, std::string_view title, std::string_view x_name) {
  std::vector<CurveSeries> series;
  for (const EvidenceSums* sums : runs) {
    series.push_back(sums == nullptr ? CurveSeries() : series_of(sums->*curve, most));
  }
  const std::string svg = curve_svg(title, x_name, series);
  if (svg.empty()) return;
  out += fmt::format(
      "<figure><figcaption>{} <small>% of mentions, intervals with captions as "
      "clusters</small></figcaption>{}</figure>\n",
      html(title), svg);
}

}  // namespace

void append_evidence(std::string& out, const Findings& findings) {
  const std::vector<std::string> probes = probes_of(findings);
  if (probes.empty()) return;
  out += "<section id=\"evidence\"><h2>What captions invent</h2>\n";
  for (const std::string& probe : probes) {
    const ByRun runs = by_run(findings, probe);
    out += fmt::format("<h3>{}</h3>\n", html(probe));
    for (std::size_t r = 0; r < runs.size(); ++r) {
      out += fmt::format("<p class=\"run\">{}: {}</p>\n", run_label(findings, r),
                         runs[r] == nullptr ? "no evidence of this probe" : summary(*runs[r]));
    }
    append_objects(out, runs);
    out += "<div class=\"charts wide\">\n";
    append_curve(out, runs, &EvidenceSums::sentences, SentenceCurve::kPoints,
                 "Invented, by sentence", "number of the sentence");
    append_curve(out, runs, &EvidenceSums::tokens, TokenCurve::kPoints,
                 "Invented, by place in the caption", "place of the word");
    out += "</div>\n";
  }
  out += "</section>\n";
}

}  // namespace vernier::report
