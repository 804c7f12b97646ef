#include "runners/probe/position/position_output.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/json_text.h"
#include "base/printable.h"
#include "runners/probe/answers/output/page.h"

namespace vernier {
namespace {

void append_contrast(std::string& out, const char* name, const PositionContrast& contrast) {
  append_json_key(out, name);
  out.push_back('{');
  append_json_member(out, "value", contrast.value);
  append_json_member(out, "p", contrast.p);
  out.push_back('}');
}

void append_curve(std::string& out, const PositionCurve& curve, bool from_zero) {
  const PositionEffects& e = curve.effects;
  append_json_key(out, curve.name);
  out += "{";
  append_json_member(out, "mean", e.mean);
  append_json_member(out, "spread", e.spread);
  append_json_member(out, "inconsistency", e.inconsistency);
  append_contrast(out, "any", e.any);
  append_contrast(out, "slope", e.slope);
  append_contrast(out, "curvature", e.curvature);
  append_contrast(out, "recency", e.recency);
  out += ",\"positions\":[";
  for (std::size_t k = 0; k < e.means.size(); ++k) {
    out += k == 0 ? "\n  {" : ",\n  {";
    append_json_count(out, "position", k + (from_zero ? 0 : 1));
    append_json_count(out, "values", e.means[k].values);
    append_json_member(out, "mean", e.means[k].mean);
    append_json_member(out, "low", e.means[k].low);
    append_json_member(out, "high", e.means[k].high);
    out.push_back('}');
  }
  out += "]}";
}

void append_leakage(std::string& out, const probes::Leakage& leakage, double p) {
  out += ",\n \"leakage\":{";
  append_json_count(out, "mentions", leakage.mentions);
  append_json_count(out, "hallucinated", leakage.hallucinated);
  append_json_count(out, "leaked", leakage.leaked);
  append_json_member(out, "rate",
                     static_cast<double>(leakage.leaked) / static_cast<double>(leakage.mentions));
  append_json_member(out, "p", p);
  append_json_key(out, "offsets");
  out.push_back('[');
  for (const auto& [offset, counts] : leakage.offsets) {
    out += out.back() == '[' ? "{" : ",{";
    append_json_member(out, "offset", offset);
    append_json_count(out, "cases", counts.cases);
    append_json_count(out, "leaked", counts.leaked);
    out.push_back('}');
  }
  out += "]}";
}

std::string json(const PositionStudy& study) {
  std::string out = "{\"schema\":\"vernier.probe.position/1\",\n \"design\":{";
  append_json_count(out, "records", study.file.records.size());
  append_json_count(out, "groups", study.file.groups.size());
  append_json_count(out, "images", study.file.images.size());
  append_json_count(out, "orders", study.orders);
  append_json_count(out, "positions", study.file.positions);
  append_json_count(out, "repeated", study.file.repeated);
  append_json_key(out, "balanced");
  out += study.balanced ? "true" : "false";
  out += "},\n \"values\":{";
  for (const PositionCurve& curve : study.curves) append_curve(out, curve, study.file.from_zero);
  out += "}";
  if (study.leakage) append_leakage(out, *study.leakage, study.leakage_p);
  out += ",\n \"verdicts\":[";
  for (const PositionVerdict& verdict : study.verdicts) {
    out += out.back() == '[' ? "{" : ",{";
    append_json_member(out, "value", verdict.value);
    append_json_member(out, "bias", verdict.bias);
    append_json_member(out, "p", verdict.p);
    append_json_member(out, "p_corrected", verdict.corrected);
    out.push_back('}');
  }
  out.push_back(']');
  append_json_member(out, "signature", study.signature);
  return out + "}\n";
}

/// A bar of the mean between the smallest and largest end of an interval.
std::string bar(const PositionMean& mean, double least, double most) {
  constexpr double kWidth = 24;
  const double share = most > least ? (mean.mean - least) / (most - least) : 0;
  return std::string(static_cast<std::size_t>(std::lround(share * kWidth)), '#');
}

TextRows curve_rows(const PositionCurve& curve, bool from_zero) {
  TextRows rows = {{"position", "values", "mean", "95 % interval", ""}};
  double least = INFINITY, most = -INFINITY;
  for (const PositionMean& mean : curve.effects.means) {
    least = std::min(least, mean.low);
    most = std::max(most, mean.high);
  }
  for (std::size_t k = 0; k < curve.effects.means.size(); ++k) {
    const PositionMean& mean = curve.effects.means[k];
    rows.push_back({std::to_string(k + (from_zero ? 0 : 1)), std::to_string(mean.values),
                    fmt::format("{:.4f}", mean.mean),
                    fmt::format("{:.4f} to {:.4f}", mean.low, mean.high), bar(mean, least, most)});
  }
  return rows;
}

TextRows contrast_rows(const PositionCurve& curve) {
  const PositionEffects& e = curve.effects;
  const auto row = [](const char* name, const PositionContrast& contrast) {
    return std::vector<std::string>{
        name, fmt::format("{:.5f}", contrast.value),
        std::isfinite(contrast.p) ? fmt::format("{:.4f}", contrast.p) : "-"};
  };
  return {{"effect of the position", "value", "p"},
          row("any (sum of squares)", e.any),
          row("slope a position", e.slope),
          row("curvature (> 0: U)", e.curvature),
          row("last third - first third", e.recency)};
}

TextRows leakage_rows(const probes::Leakage& leakage) {
  TextRows rows = {{"neighbour", "hallucinated mentions", "its object", "%"}};
  for (const auto& [offset, counts] : leakage.offsets) {
    rows.push_back({fmt::format("{:+d}", offset), std::to_string(counts.cases),
                    std::to_string(counts.leaked),
                    fmt::format("{:.1f}", 100 * static_cast<double>(counts.leaked) /
                                              static_cast<double>(counts.cases))});
  }
  return rows;
}

}  // namespace

std::string position_text(const PositionStudy& study, OutputFormat format) {
  if (format == OutputFormat::kJson) return json(study);
  ProbePage page;
  for (const PositionCurve& curve : study.curves) {
    page.table(printable(curve.name, 60), curve_rows(curve, study.file.from_zero), "rrrrl");
    page.table("", contrast_rows(curve), "lrr");
    page.line(fmt::format("spread {:.4f}; the same image differs by {:.4f} between two positions",
                          curve.effects.spread, curve.effects.inconsistency));
  }
  if (study.leakage) {
    const probes::Leakage& leakage = *study.leakage;
    page.line(
        fmt::format("leakage: {} of {} hallucinated mentions ({} mentions in all) name what "
                    "another image of the group has; p = {:.4f} against other groups",
                    leakage.leaked, leakage.hallucinated, leakage.mentions, study.leakage_p));
    if (!leakage.offsets.empty()) page.table("", leakage_rows(leakage), "rrrr");
  }
  page.line(fmt::format("{} groups, {} images, {} orders, {} positions{}", study.file.groups.size(),
                        study.file.images.size(), study.orders, study.file.positions,
                        study.balanced ? ""
                                       : "; not every image stood at every position equally often: "
                                         "positions are compared within images (least squares)"));
  if (study.verdicts.empty()) page.line("no bias found");
  for (const PositionVerdict& verdict : study.verdicts) {
    page.line(
        fmt::format("bias: {}{} (p = {:.4f}, corrected {:.4f})", verdict.bias,
                    verdict.value == verdict.bias ? "" : " of " + printable(verdict.value, 60),
                    verdict.p, verdict.corrected));
  }
  page.line(study.signature);
  return page.text(format);
}

std::string plan_text(const probes::GroupPlan& plan, const std::vector<std::string>& images) {
  std::string out;
  for (const probes::PlannedOrder& order : plan.orders) {
    out += fmt::format("{{\"group\":{},\"order\":{},\"images\":", order.group + 1, order.order + 1);
    std::vector<std::string_view> names;
    for (const std::size_t image : order.images) names.push_back(images[image]);
    append_json_strings(out, names);
    out += "}\n";
  }
  return out;
}

}  // namespace vernier
