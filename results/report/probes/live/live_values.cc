#include "results/report/probes/live/live_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "results/report/html/text.h"
#include "results/report/probes/probe_scores.h"

namespace vernier::report {
namespace {

constexpr std::size_t kMostKinds = 60;

}  // namespace

bool LiveNumber::known() const { return std::isfinite(value); }

std::string LiveNumber::text(bool change) const {
  if (!known()) return "";
  std::string out =
      fmt::format("<b>{}</b>", change ? signed_text(value, 1) : number_text(value, 1));
  if (!std::isfinite(low) || !std::isfinite(high)) return out;
  return out + " " + (change ? signed_interval_text(low, high, 1) : interval_text(low, high, 1));
}

LiveNumber number_with_interval(const Json& object, const std::string& key) {
  return {number_in(object, key), number_in(object, key + "_low"),
          number_in(object, key + "_high")};
}

std::string reason_in(const Json& object, const std::string& key) {
  return text_in(object_in(object, "undefined"), key);
}

std::vector<std::string> live_kinds(const ProbeGroup& results) {
  std::vector<std::string> kinds;
  for (const ProbeResult* result : results) {
    for (const auto& [kind, scores] : object_in(result->document(), "kinds").items()) {
      if (kinds.size() < kMostKinds && std::ranges::find(kinds, kind) == kinds.end()) {
        kinds.push_back(kind);
      }
    }
  }
  return kinds;
}

const Json& live_kind(const ProbeResult& result, const std::string& kind) {
  return object_in(object_in(result.document(), "kinds"), kind);
}

std::string badge_among(const ProbeGroup& results, std::size_t r) {
  return results.size() > 1 ? result_badge(r) + " " : "";
}

StripScale change_scale(const std::vector<LiveNumber>& changes) {
  std::vector<double> values = {0};
  for (const LiveNumber& change : changes) {
    for (const double value : {change.value, change.low, change.high}) values.push_back(value);
  }
  return strip_scale(values, std::nullopt, std::nullopt, std::nullopt);
}

}  // namespace vernier::report
