// Members of what `vernier probe live -f json` printed, as its pages need them. Whatever is absent
// or of another type is NaN or empty: files are made by anyone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "results/report/charts/cells/strip.h"
#include "results/report/probes/probe_result.h"

namespace vernier::report {

struct LiveNumber {
  double value, low, high;

  bool known() const;
  /// "−12.3 [−20.1, −4.4]", with a sign where `change`; empty where it is unknown.
  std::string text(bool change = false) const;
};

/// `key` with key_low and key_high.
LiveNumber number_with_interval(const Json& object, const std::string& key);

/// Why `key` is undefined; empty where nothing says so.
std::string reason_in(const Json& object, const std::string& key);

/// Names of the kinds of questions in all results, in their order.
std::vector<std::string> live_kinds(const ProbeGroup& results);
const Json& live_kind(const ProbeResult& result, const std::string& kind);

/// The badge of a result where there are several.
std::string badge_among(const ProbeGroup& results, std::size_t r);

/// A scale with 0 for changes.
StripScale change_scale(const std::vector<LiveNumber>& changes);

}  // namespace vernier::report
