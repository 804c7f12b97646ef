#include "runners/compare/compare_output.h"

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

std::string signed_number(double value) {
  return std::isfinite(value) ? fmt::format("{:+.6f}", value) : "-";
}
std::string interval_text(const Interval& interval) {
  return std::isfinite(interval.low)
             ? fmt::format("[{:+.6f}, {:+.6f}]", interval.low, interval.high)
             : "-";
}
std::string probability(double p) {
  if (!std::isfinite(p)) return "-";
  return p < 0.0001 ? "<0.0001" : fmt::format("{:.4f}", p);
}

TextRows rows(const ComparedRun& compared) {
  TextRows out;
  out.push_back({"score", "a", "b", "b - a", "interval", "p", "p (Holm)", "detectable", ""});
  for (const ScoreDifference& d : compared.comparison.scores) {
    out.push_back({d.score.name, number_text(d.score.a), number_text(d.score.b),
                   signed_number(d.difference), interval_text(d.interval), probability(d.p),
                   probability(d.p_holm), number_text(d.detectable),
                   std::string(direction(d, compared.comparison.alpha))});
  }
  return out;
}

TextRows slice_rows(const ComparedRun& compared, const ComparedSlices& by) {
  TextRows out;
  out.push_back({"score", printable(by.slices.key, 60), "samples", "a", "b", "b - a", "interval"});
  for (std::size_t s = 0; s < compared.runs->scores().size(); ++s) {
    for (std::size_t g = 0; g < by.slices.groups.size(); ++g) {
      const PartDifference& d = by.differences[g][s];
      out.push_back({compared.runs->scores()[s].name, by.slices.groups[g].text(),
                     std::to_string(by.slices.groups[g].samples.size()), number_text(d.a),
                     number_text(d.b), signed_number(d.difference), interval_text(d.interval)});
    }
  }
  return out;
}

void append_moved(std::string& out, const ComparedRun& compared, std::string_view what,
                  const std::vector<MovedSample>& samples) {
  if (samples.empty()) return;
  out += fmt::format("\n{}\n", what);
  for (const MovedSample& m : samples) {
    const Run::Sample& a = compared.runs->a().samples()[m.in_a];
    const Run::Sample& b = compared.runs->b().samples()[m.in_b];
    out += fmt::format("  {}  {} -> {}\n", printable(a.id, 60), number_text(m.a), number_text(m.b));
    if (!compared.runs->a().has_texts() || !compared.runs->b().has_texts()) continue;
    out += fmt::format("    a: {}\n    b: {}\n", printable(a.candidate), printable(b.candidate));
  }
}

void append_interval_note(std::string& out, const ComparedRun& compared) {
  out += fmt::format("\n{} samples in {} clusters; {}\n", compared.comparison.samples,
                     compared.comparison.clusters, compared.comparison.signature);
  if (compared.runs->a().seeds() > 1) {
    out += fmt::format("{} seeds a run; standard error of b - a that comes from them:",
                       compared.runs->a().seeds());
    for (const ScoreDifference& d : compared.comparison.scores) {
      out += fmt::format(" {} {}", d.score.name, number_text(d.seed_error));
    }
    out += "\n";
  }
  for (const std::string& name : compared.runs->only_in_one()) {
    out += fmt::format("{} is in one of the runs only\n", printable(name));
  }
}

std::string moved_title(const ComparedRun& compared, std::string_view direction,
                        std::size_t count) {
  return fmt::format("{} by {}: {} samples", direction,
                     compared.comparison.scores[compared.moved_by].score.name, count);
}

void json_moved(std::string& out, const ComparedRun& compared,
                const std::vector<MovedSample>& samples) {
  out.push_back('[');
  for (const MovedSample& m : samples) {
    const Run::Sample& a = compared.runs->a().samples()[m.in_a];
    const Run::Sample& b = compared.runs->b().samples()[m.in_b];
    out += out.back() == '[' ? "{" : ",{";
    append_json_member(out, "id", a.id);
    append_json_member(out, "a", m.a);
    append_json_member(out, "b", m.b);
    if (compared.runs->a().has_texts() && compared.runs->b().has_texts()) {
      append_json_member(out, "candidate_a", a.candidate);
      append_json_member(out, "candidate_b", b.candidate);
    }
    out.push_back('}');
  }
  out.push_back(']');
}

void json_slices(std::string& out, const ComparedRun& compared) {
  out += ",\n\"slices\":[";
  for (const ComparedSlices& by : compared.by) {
    out += out.back() == '[' ? "{" : ",\n{";
    append_json_member(out, "by", by.slices.key);
    out += ",\"groups\":[";
    for (std::size_t g = 0; g < by.slices.groups.size(); ++g) {
      const Slice& slice = by.slices.groups[g];
      out += g == 0 ? "\n{" : ",\n{";
      append_slice_value(out, slice);
      out += ",\"metrics\":{";
      for (std::size_t s = 0; s < by.differences[g].size(); ++s) {
        const PartDifference& d = by.differences[g][s];
        append_json_key(out, compared.runs->scores()[s].name);
        out.push_back('{');
        append_json_member(out, "a", d.a);
        append_json_member(out, "b", d.b);
        append_json_member(out, "difference", d.difference);
        append_json_member(out, "ci_low", d.interval.low);
        append_json_member(out, "ci_high", d.interval.high);
        out.push_back('}');
      }
      out += "}}";
    }
    out += "]}";
  }
  out.push_back(']');
}

}  // namespace

void append_comparison(std::string& out, const ComparedRun& compared) {
  const Comparison& c = compared.comparison;
  append_json_member(out, "a", compared.runs->a().name());
  append_json_member(out, "b", compared.runs->b().name());
  out += fmt::format(",\"samples\":{},\"clusters\":{},\"statistics\":", c.samples, c.clusters);
  append_json_string(out, c.signature);
  out += ",\n\"metrics\":{";
  for (const ScoreDifference& d : c.scores) {
    append_json_key(out, d.score.name);
    out.push_back('{');
    append_json_member(out, "a", d.score.a);
    append_json_member(out, "b", d.score.b);
    append_json_member(out, "difference", d.difference);
    append_json_member(out, "ci_low", d.interval.low);
    append_json_member(out, "ci_high", d.interval.high);
    append_json_member(out, "standard_error", d.standard_error);
    if (compared.runs->a().seeds() > 1) append_json_member(out, "seed_error", d.seed_error);
    append_json_member(out, "p", d.p);
    append_json_member(out, "p_holm", d.p_holm);
    append_json_member(out, "mde", d.detectable);
    out +=
        fmt::format(",\"less_is_better\":{},\"identical\":{}", d.score.less_is_better, d.identical);
    append_json_member(out, "signature", d.score.signature);
    out += "}\n";
  }
  out += "},\n\"moved\":{";
  append_json_member(out, "score", c.scores[compared.moved_by].score.name);
  const MovedSamples& moved = compared.moved;
  out += fmt::format(",\"worse_count\":{},\"better_count\":{},\"same_count\":{},\n\"worse\":",
                     moved.worse_count, moved.better_count, moved.same_count);
  json_moved(out, compared, moved.worse);
  out += ",\n\"better\":";
  json_moved(out, compared, moved.better);
  out += "}";
  if (!compared.runs->only_in_one().empty()) {
    out += ",\n\"only_in_one\":[";
    for (const std::string& name : compared.runs->only_in_one()) {
      if (out.back() != '[') out.push_back(',');
      append_json_string(out, name);
    }
    out.push_back(']');
  }
  if (!compared.by.empty()) json_slices(out, compared);
}

std::string compare_table(const std::vector<ComparedRun>& compared) {
  std::string out;
  for (const ComparedRun& one : compared) {
    out += fmt::format("{}a: {}\nb: {}\n\n", out.empty() ? "" : "\n", one.runs->a().name(),
                       one.runs->b().name());
    out += text_table(rows(one), "lrrrrrrrr");
    for (const ComparedSlices& by : one.by) {
      out += "\n" + text_table(slice_rows(one, by), "llrrrrr");
    }
    append_moved(out, one, moved_title(one, "worse", one.moved.worse_count), one.moved.worse);
    append_moved(out, one, moved_title(one, "better", one.moved.better_count), one.moved.better);
    append_interval_note(out, one);
  }
  return out;
}

std::string compare_markdown(const std::vector<ComparedRun>& compared) {
  std::string out;
  for (const ComparedRun& one : compared) {
    out += fmt::format("{}`{}` against `{}`\n\n", out.empty() ? "" : "\n", one.runs->b().name(),
                       one.runs->a().name());
    out += markdown_table(rows(one), "lrrrrrrrl");
    for (const ComparedSlices& by : one.by) {
      out += "\n" + markdown_table(slice_rows(one, by), "llrrrrr");
    }
    append_interval_note(out, one);
  }
  return out;
}

std::string compare_json(const std::vector<ComparedRun>& compared) {
  std::string out = "{\"schema\":\"vernier.compare/1\"";
  if (compared.size() == 1) {
    append_comparison(out, compared[0]);
  } else {
    out += ",\n\"comparisons\":[";
    for (const ComparedRun& one : compared) {
      out += out.back() == '[' ? "{" : ",\n{";
      append_comparison(out, one);
      out.push_back('}');
    }
    out.push_back(']');
  }
  return out + "}\n";
}

}  // namespace vernier
