#include "runners/judge/calibration/calibration_map.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/io/byte_sink.h"
#include "base/io/byte_source.h"
#include "base/json_text.h"
#include "base/printable.h"

namespace vernier {
namespace {

constexpr std::string_view kSchema = "judge-calibration/1";

}  // namespace

void CalibrationMap::write(const std::string& path) const {
  std::string out = "{";
  append_json_member(out, "schema", kSchema);
  append_json_member(out, "judge", judge);
  append_json_member(out, "data", data);
  append_json_member(out, "method", method);
  append_json_count(out, "captions", captions);
  append_json_key(out, "knots");
  out += '[';
  for (const CalibrationCurve::Knot& knot : curve.knots) {
    if (out.back() != '[') out += ',';
    out += '[';
    append_json_number(out, knot.x);
    out += ',';
    append_json_number(out, knot.y);
    out += ']';
  }
  ByteSink sink(path);
  sink.write(out + "]}\n");
  sink.commit();
}

CalibrationMap CalibrationMap::read(const std::string& path) {
  constexpr std::size_t kMost = std::size_t{16} << 20;
  const std::string text = ByteSource::open(path)->read_rest(kMost);
  const auto refuse = [&](const std::string& what) {
    throw Error(ExitCode::kBadInput,
                fmt::format("{}: {}; expected what vernier judge --audit --calibration FILE writes",
                            printable(path, 300), what));
  };
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object() || json.value("schema", "") != kSchema) refuse("is no calibration");
  CalibrationMap map;
  try {
    map.judge = json.at("judge").get<std::string>();
    map.data = json.at("data").get<std::string>();
    map.method = json.at("method").get<std::string>();
    map.captions = json.at("captions").get<std::uint64_t>();
    for (const auto& knot : json.at("knots")) {
      map.curve.knots.push_back({knot.at(0).get<double>(), knot.at(1).get<double>()});
    }
  } catch (const nlohmann::json::exception&) {
    refuse("has parts that are missing or of another type");
  }
  if (map.curve.knots.empty()) refuse("has no knots");
  for (std::size_t i = 1; i < map.curve.knots.size(); ++i) {
    if (!(map.curve.knots[i].x > map.curve.knots[i - 1].x)) refuse("has knots that do not ascend");
  }
  return map;
}

void CalibrationMap::check(const std::string& judge_signature, const std::string& path) const {
  if (judge == judge_signature) return;
  throw Error(
      ExitCode::kIncomplete,
      fmt::format("{}: was made for another judge ({}), not for this one ({}); make one with: "
                  "vernier judge --audit SCENES --calibration FILE",
                  printable(path, 300), printable(judge, 400), printable(judge_signature, 400)));
}

}  // namespace vernier
