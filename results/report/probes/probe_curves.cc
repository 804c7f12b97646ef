#include "results/report/probes/probe_curves.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

namespace vernier::report {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

/// The first of these keys that the object has; null where none is there.
template <std::size_t n>
const char* first_key(const Json& object, const char* const (&keys)[n]) {
  for (const char* key : keys) {
    if (object.contains(key)) return key;
  }
  return nullptr;
}

struct Reader {
  const char* place = nullptr;  // null: from and to
  const char* value = nullptr;  // null: part of cases
  std::string part;
  bool shares = false;  // from and to are shares: none is above 1
};

/// How to read the points; nothing where they are none.
std::optional<Reader> reader_of(const Json& points) {
  const Json& first = points.front();
  static constexpr const char* kPlaces[] = {"position", "sentence", "token",   "offset",
                                            "rotation", "step",     "distance"};
  static constexpr const char* kValues[] = {"rate", "mean", "percent", "accuracy", "share"};
  Reader reader;
  reader.place = first_key(first, kPlaces);
  if (reader.place == nullptr && !(first.contains("from") && first.contains("to"))) {
    return std::nullopt;
  }
  reader.shares = std::ranges::all_of(
      points, [](const Json& point) { return point.is_object() && number_in(point, "to") <= 1; });
  reader.value = first_key(first, kValues);
  if (reader.value != nullptr) return reader;
  if (!first.contains("cases")) return std::nullopt;
  for (const auto& [key, value] : first.items()) {
    if (!value.is_number_integer() || key == "cases" || (reader.place && key == reader.place)) {
      continue;
    }
    if (!reader.part.empty()) return std::nullopt;  // which one is it?
    reader.part = key;
  }
  return reader.part.empty() ? std::nullopt : std::optional(reader);
}

std::string label_of(const Json& point, const Reader& reader) {
  if (reader.place != nullptr)
    return cell_text(reader.place, point.value(reader.place, Json())).value_or("");
  const double from = number_in(point, "from"), to = number_in(point, "to");
  if (from == to) return fmt::format("{:g}", from);
  if (reader.shares) return fmt::format("{:g}–{:g} %", 100 * from, 100 * to);
  return fmt::format("{:g}–{:g}", from, to);
}

CurvePoint point_of(const Json& point, const Reader& reader) {
  CurvePoint out{label_of(point, reader)};
  if (reader.value != nullptr) {
    out.value = number_in(point, reader.value);
  } else {
    const double cases = number_in(point, "cases");
    out.value = cases > 0 ? number_in(point, reader.part) / cases : kNan;
  }
  out.low = number_in(point, "low");
  out.high = number_in(point, "high");
  for (const auto& [key, value] : point.items()) {
    if (!value.is_number_integer() || (reader.place && key == reader.place)) continue;
    if (reader.place == nullptr && (key == "from" || key == "to")) continue;
    if (key == "low" || key == "high" || (reader.value && key == reader.value)) continue;
    out.note += fmt::format("{}{} {}", out.note.empty() ? "" : ", ", key_text(key), value.dump());
  }
  return out;
}

std::size_t finite_points(const CurveSeries& series) {
  return static_cast<std::size_t>(std::ranges::count_if(
      series, [](const CurvePoint& point) { return std::isfinite(point.value); }));
}

bool is_step(std::string_view part) {
  const bool digits = !part.empty() && part.size() < 6 &&
                      std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
  return digits || (part.size() == 1 && part[0] >= 'A' && part[0] <= 'Z');
}

/// The key around its first number or single capital letter, and that.
struct Stepped {
  std::string before, step, after;
};

std::optional<Stepped> stepped(std::string_view key) {
  for (std::size_t at = key.find('_'); at != std::string_view::npos; at = key.find('_', at + 1)) {
    const std::size_t end = std::min(key.find('_', at + 1), key.size());
    const std::string_view part = key.substr(at + 1, end - at - 1);
    if (!is_step(part)) continue;
    return Stepped{std::string(key.substr(0, at)), std::string(part), std::string(key.substr(end))};
  }
  return std::nullopt;
}

}  // namespace

std::optional<ProbeCurve> curve_of_list(const std::vector<std::string>& path, const Json& list) {
  if (!list.is_array() || list.size() < 2 || !list.front().is_object()) return std::nullopt;
  const std::optional<Reader> reader = reader_of(list);
  if (!reader) return std::nullopt;
  ProbeCurve curve;
  curve.path = path;
  curve.x_name = reader->place != nullptr ? reader->place
                 : path.empty()           ? ""
                                          : key_text(path.back());
  curve.y_name = reader->value != nullptr ? reader->value : reader->part;
  for (const Json& point : list) {
    if (!point.is_object()) return std::nullopt;
    curve.series.push_back(point_of(point, *reader));
  }
  return finite_points(curve.series) < 2 ? std::nullopt : std::optional(std::move(curve));
}

std::vector<ProbeCurve> curves_of_members(const std::vector<std::string>& path,
                                          const Json& object) {
  std::vector<std::pair<std::string, ProbeCurve>> families;
  if (!object.is_object()) return {};
  for (const auto& [key, value] : object.items()) {
    const std::optional<Stepped> parts = stepped(key);
    if (!parts || !value.is_number()) continue;
    const std::string name = parts->before + "_…" + parts->after;
    auto family = std::ranges::find(families, name, &decltype(families)::value_type::first);
    if (family == families.end()) {
      family = families.insert(families.end(), {name, {}});
      family->second.path = path;
      family->second.path.push_back(name);
      const bool letters = parts->step[0] >= 'A';
      family->second.x_name =
          letters ? "letter" : parts->before.substr(parts->before.rfind('_') + 1);
    }
    family->second.series.push_back({parts->step, value.get<double>()});
  }
  std::vector<ProbeCurve> out;
  for (auto& [name, curve] : families) {
    if (finite_points(curve.series) >= 3) out.push_back(std::move(curve));
  }
  return out;
}

}  // namespace vernier::report
