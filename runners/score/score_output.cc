#include "runners/score/score_output.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/json_text.h"
#include "base/printable.h"
#include "runners/output/number_text.h"
#include "runners/output/slice_json.h"
#include "runners/output/text_table.h"

namespace vernier {
namespace {

struct Line {
  std::string_view name;
  double value;
  std::string_view signature;
};

std::vector<Line> lines_of(const ScoreReport& report) {
  std::vector<Line> lines;
  std::size_t i = 0;
  for (const MetricDescription& metric : report.header.metrics) {
    for (const std::string_view name : metric.scores) {
      lines.push_back({name, report.scores[i++], metric.signature});
    }
  }
  return lines;
}

std::string undefined_reason(std::string_view score) {
  return score.starts_with("cider") ? "IDF undefined for one document; --df FILE gives stored ones"
                                    : "undefined for this input";
}

TextRows slice_rows(const ScoreReport& report, const ScoreSlices& by) {
  TextRows out = {{printable(by.slices.key, 60), "samples"}};
  for (const std::string_view name : report.header.score_names()) out[0].emplace_back(name);
  for (std::size_t g = 0; g < by.slices.groups.size(); ++g) {
    const Slice& slice = by.slices.groups[g];
    auto& row = out.emplace_back();
    row = {slice.text(), std::to_string(slice.samples.size())};
    for (const double score : by.scores[g]) row.push_back(number_text(score));
  }
  return out;
}

std::string slice_sides(const ScoreReport& report) {
  return "l" + std::string(1 + report.header.score_names().size(), 'r');
}

void append_slices(std::string& out, const ScoreReport& report) {
  out.append(",\n \"slices\":[");
  for (const ScoreSlices& by : report.slices) {
    out.append(out.back() == '[' ? "{" : ",\n{");
    append_json_member(out, "by", by.slices.key);
    out.append(",\"groups\":[");
    for (std::size_t g = 0; g < by.slices.groups.size(); ++g) {
      const Slice& slice = by.slices.groups[g];
      out.append(g == 0 ? "\n{" : ",\n{");
      append_slice_value(out, slice);
      out.append(",\"scores\":{");
      std::size_t s = 0;
      for (const std::string_view name : report.header.score_names()) {
        append_json_member(out, name, by.scores[g][s++]);
      }
      out.append("}}");
    }
    out.append("]}");
  }
  out.push_back(']');
}

std::string json(const ScoreReport& report) {
  const CorpusCounts& c = report.counts;
  std::string out = fmt::format(
      "{{\"schema\":\"vernier.score/1\",\"samples\":{},\n \"counts\":{{\"scored\":{},"
      "\"empty_candidate\":{},\"missing_candidate\":{},\"extra_candidate\":{},"
      "\"duplicate_candidate\":{},\"replaced_invalid\":{},\"nul_characters\":{},"
      "\"truncated_records\":{},\"not_finite\":{},\"other_splits\":{},\"other_script\":{}}},\n "
      "\"scores\":{{",
      report.measured, c.scored, c.empty_candidate, c.missing_candidate, c.extra_candidate,
      c.duplicate_candidate, c.read.replaced_invalid, c.read.nul_characters,
      c.read.truncated_records, c.read.not_finite, c.read.other_splits, c.other_script);
  std::string undefined;
  const std::vector<Line> lines = lines_of(report);
  for (const Line& line : lines) {
    append_json_member(out, line.name, line.value);
    if (std::isfinite(line.value)) continue;
    undefined += undefined.empty() ? "{" : "";
    append_json_member(undefined, line.name, undefined_reason(line.name));
  }
  out.append("},\n \"signatures\":{");
  for (const MetricDescription& metric : report.header.metrics) {
    append_json_member(out, metric.name, metric.signature);
  }
  out.append("}");
  if (!undefined.empty()) out.append(",\n \"undefined\":" + undefined + "}");
  if (!report.skipped.empty()) {
    out.append(",\n \"skipped\":{");
    for (const SkippedMetric& skipped : report.skipped) {
      append_json_member(out, skipped.name, skipped.reason);
    }
    out.push_back('}');
  }
  if (!report.unscored.empty()) {
    out.append(",\n \"unscored\":{");
    for (const Unscored& unscored : report.unscored) {
      append_json_key(out, unscored.metric);
      out += fmt::format("{{\"samples\":{}", unscored.samples);
      append_json_member(out, "reason", unscored.reason);
      out.push_back('}');
    }
    out.push_back('}');
  }
  if (!report.warnings.empty()) {
    out.append(",\n \"warnings\":[");
    for (std::size_t i = 0; i < report.warnings.size(); ++i) {
      if (i > 0) out.push_back(',');
      append_json_string(out, report.warnings[i]);
    }
    out.push_back(']');
  }
  if (!report.slices.empty()) append_slices(out, report);
  out.append(",\n \"dataset\":{\"digest\":");
  append_json_string(out, report.header.dataset_digest);
  if (!report.header.id_rule.empty()) {
    out.append(",\"ids\":");
    append_json_string(out, report.header.id_rule);
  }
  out.push_back('}');
  if (!report.header.shard.empty()) append_json_member(out, "shard", report.header.shard);
  out.append(",\n \"version\":");
  append_json_string(out, report.header.version);
  out.append("}\n");
  return out;
}

std::string table(const ScoreReport& report) {
  const std::vector<Line> lines = lines_of(report);
  std::size_t name_width = 5;
  for (const Line& line : lines) name_width = std::max(name_width, line.name.size());
  std::string out = fmt::format("{:<{}}  {:>10}  {}\n", "score", name_width, "value", "signature");
  std::string_view previous;
  for (const Line& line : lines) {
    out += fmt::format("{:<{}}  {:>10}  {}\n", line.name, name_width, number_text(line.value),
                       line.signature == previous ? "\"" : line.signature);
    previous = line.signature;
    if (!std::isfinite(line.value)) {
      out += fmt::format("{:<{}}  {}\n", "", name_width, undefined_reason(line.name));
    }
  }
  for (const SkippedMetric& skipped : report.skipped) {
    out += fmt::format("{:<{}}  {:>10}  {}\n", skipped.name, name_width, "skipped", skipped.reason);
  }
  for (const Unscored& unscored : report.unscored) {
    out += fmt::format("{:<{}}  {} of {} samples {}: they have no score and are left out\n",
                       unscored.metric, name_width, unscored.samples, report.measured,
                       unscored.reason);
  }
  for (const ScoreSlices& by : report.slices) {
    out += "\n" + text_table(slice_rows(report, by), slice_sides(report));
  }
  const CorpusCounts& c = report.counts;
  out += fmt::format("\n{} samples", c.scored);
  const auto note = [&](std::uint64_t count, std::string_view what) {
    if (count > 0) out += fmt::format(", {} {}", count, what);
  };
  note(c.empty_candidate, "with an empty candidate");
  note(c.missing_candidate, "without a candidate left out");
  note(c.extra_candidate, "without references left out");
  note(c.duplicate_candidate, "repeated records counted once");
  note(c.read.replaced_invalid, "invalid UTF-8 sequences replaced");
  note(c.read.nul_characters, "NUL characters");
  note(c.read.truncated_records, "truncated records");
  note(c.read.not_finite, "numbers in meta that are not finite made null");
  note(c.read.other_splits, "images of other splits left out");
  out.push_back('\n');
  if (!report.header.shard.empty()) {
    out += fmt::format(
        "shard {}: the scores are of {} samples; vernier merge makes one run of all "
        "shards\n",
        report.header.shard, report.measured);
  }
  if (!report.first_empty.empty()) {
    out += fmt::format("empty candidates: {}{}\n", fmt::join(report.first_empty, ", "),
                       c.empty_candidate > report.first_empty.size() ? ", ..." : "");
  }
  return out;
}

std::string csv_text(std::string text) {
  for (std::size_t at = 0; (at = text.find('"', at)) != std::string::npos; at += 2) {
    text.insert(at, 1, '"');
  }
  return "\"" + text + "\"";
}

std::string csv(const ScoreReport& report) {
  const auto value_text = [](double value) {
    return std::isfinite(value) ? fmt::format("{}", value) : "";
  };
  const bool sliced = !report.slices.empty();
  const std::vector<Line> lines = lines_of(report);
  std::string out = sliced ? "score,value,signature,by,slice,samples\n" : "score,value,signature\n";
  for (const Line& line : lines) {
    out += fmt::format("{},{},\"{}\"", line.name, value_text(line.value), line.signature);
    out += sliced ? fmt::format(",,,{}\n", report.measured) : "\n";
  }
  for (const ScoreSlices& by : report.slices) {
    for (std::size_t g = 0; g < by.slices.groups.size(); ++g) {
      const Slice& slice = by.slices.groups[g];
      for (std::size_t s = 0; s < lines.size(); ++s) {
        out += fmt::format("{},{},\"{}\",{},{},{}\n", lines[s].name, value_text(by.scores[g][s]),
                           lines[s].signature, csv_text(printable(by.slices.key)),
                           csv_text(slice.text()), slice.samples.size());
      }
    }
  }
  return out;
}

// A bar inside a cell must be escaped, inside a code span too.
std::string escaped_bars(std::string_view signature) {
  std::string out;
  for (const char c : signature) out += c == '|' ? "\\|" : std::string(1, c);
  return out;
}

std::string markdown(const ScoreReport& report) {
  std::string out = "| score | value | signature |\n|---|---:|---|\n";
  for (const Line& line : lines_of(report)) {
    out += fmt::format("| {} | {} | `{}` |\n", line.name, number_text(line.value),
                       escaped_bars(line.signature));
  }
  for (const ScoreSlices& by : report.slices) {
    out += "\n" + markdown_table(slice_rows(report, by), slice_sides(report));
  }
  return out;
}

}  // namespace

std::string render_scores(const ScoreReport& report, OutputFormat format) {
  switch (format) {
    case OutputFormat::kJson:
      return json(report);
    case OutputFormat::kCsv:
      return csv(report);
    case OutputFormat::kMarkdown:
      return markdown(report);
    case OutputFormat::kTable:
      break;
  }
  return table(report);
}

}  // namespace vernier
