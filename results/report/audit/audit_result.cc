#include "results/report/audit/audit_result.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/printable.h"
#include "results/report/html/text.h"
#include "results/report/printed/printed_json.h"

namespace vernier::report {
namespace {

constexpr std::string_view kSchema = "vernier.judge.audit/1";
constexpr std::size_t kMostElements = 100;  // of a list: the audit has 13 rows
constexpr std::array kVerdicts = {AuditVerdict::kFine, AuditVerdict::kUndecided,
                                  AuditVerdict::kFlagged, AuditVerdict::kNotMeasured};

/// A value of the document with the way to it, which errors name.
class Part {
 public:
  Part(const Json& value, const std::string& file, std::string way)
      : value_(value), file_(file), way_(std::move(way)) {
    if (!value_.is_object()) refuse(value_, way_, "an object");
  }

  bool has(const char* key) const { return value_.contains(key); }
  std::string text(const char* key) const {
    const Json& value = at(key);
    if (!value.is_string()) refuse(value, below(key), "a text");
    return value.get<std::string>();
  }
  std::string text_or_none(const char* key) const { return has(key) ? text(key) : ""; }
  double number(const char* key) const {
    const Json& value = at(key);
    if (value.is_null()) return std::numeric_limits<double>::quiet_NaN();
    if (!value.is_number()) refuse(value, below(key), "a number or null");
    return value.get<double>();
  }
  double number_or_none(const char* key) const {
    return has(key) ? number(key) : std::numeric_limits<double>::quiet_NaN();
  }
  std::optional<double> limit(const char* key) const {
    if (!has(key)) return std::nullopt;
    if (!at(key).is_number()) refuse(at(key), below(key), "a number");
    return number(key);
  }
  std::uint64_t count(const char* key) const {
    const Json& value = at(key);
    if (!value.is_number_unsigned()) refuse(value, below(key), "a count");
    return value.get<std::uint64_t>();
  }
  AuditVerdict verdict(const char* key) const {
    const std::string name = text(key);
    const auto* const found = std::ranges::find(kVerdicts, name, verdict_name);
    if (found != kVerdicts.end()) return *found;
    refuse(at(key), below(key), "fine, undecided, flagged or not measured");
  }
  Part object(const char* key) const { return {at(key), file_, below(key)}; }
  std::vector<Part> list(const char* key) const {
    const Json& value = at(key);
    if (!value.is_array() || value.size() > kMostElements) {
      refuse(value, below(key), fmt::format("a list of at most {} objects", kMostElements));
    }
    std::vector<Part> out;
    for (std::size_t i = 0; i < value.size(); ++i) {
      out.emplace_back(value[i], file_, fmt::format("{}[{}]", below(key), i));
    }
    return out;
  }

 private:
  std::string below(const char* key) const { return way_.empty() ? key : way_ + "." + key; }
  const Json& at(const char* key) const {
    const auto found = value_.find(key);
    if (found == value_.end()) {
      refuse_printed(file_, 1,
                     fmt::format("expected a member {}, as vernier judge --audit SCENES -f json "
                                 "prints it, found none",
                                 below(key)));
    }
    return *found;
  }
  [[noreturn]] void refuse(const Json& found, const std::string& way,
                           const std::string& expected) const {
    const std::string text = found.is_array()    ? fmt::format("a list of {}", found.size())
                             : found.is_object() ? "an object"
                                                 : printable(found.dump(-1, ' ', true), 60);
    refuse_printed(file_, 1, fmt::format("expected {} as {}, found {}", expected, way, text));
  }

  const Json& value_;
  const std::string& file_;
  std::string way_;
};

AuditNumber number_of(const Part& part) {
  AuditNumber out;
  out.name = part.text("name");
  out.value = part.number("value");
  out.low = part.number("low");
  out.high = part.number("high");
  out.n = part.count("n");
  out.least = part.limit("least");
  out.most = part.limit("most");
  if (part.has("state")) out.state = part.verdict("state");
  return out;
}

AuditWeakness weakness_of(const Part& part) {
  AuditWeakness out;
  out.name = part.text("name");
  out.question = part.text("question");
  out.state = part.verdict("state");
  out.reason = part.text_or_none("reason");
  for (const Part& measure : part.list("measures")) out.measures.push_back(number_of(measure));
  return out;
}

AuditBin bin_of(const Part& part) {
  return {part.number("low"),
          part.number("high"),
          part.count("captions"),
          part.number("score"),
          part.number("truth"),
          part.number_or_none("truth_low"),
          part.number_or_none("truth_high"),
          part.number("calibrated")};
}

}  // namespace

std::string_view verdict_name(AuditVerdict state) {
  constexpr std::array<std::string_view, 4> kNames = {"fine", "undecided", "flagged",
                                                      "not measured"};
  return kNames[static_cast<std::size_t>(state)];
}

std::uint64_t AuditResult::count(AuditVerdict state) const {
  return static_cast<std::uint64_t>(std::ranges::count(weaknesses, state, &AuditWeakness::state));
}

const AuditWeakness* AuditResult::weakness(const std::string& name) const {
  const auto found = std::ranges::find(weaknesses, name, &AuditWeakness::name);
  return found == weaknesses.end() ? nullptr : &*found;
}

AuditResult read_audit(const std::string& path) {
  const PrintedJson printed =
      read_printed_json(path, "vernier judge --audit SCENES -f json", "--audit");
  if (const std::string schema = text_in(printed.document, "schema"); schema != kSchema) {
    refuse_printed(printed.name, 1,
                   fmt::format("expected the schema {}, found {}; --audit takes what vernier judge "
                               "--audit SCENES -f json prints, what probes print goes to --probe",
                               kSchema, schema.empty() ? "none" : printable(schema, 60)));
  }
  const Part document(printed.document, printed.name, "");
  AuditResult out;
  out.file = file_name(printed.name);
  out.judge = document.text("judge");
  out.data = document.text_or_none("data");
  out.scenes = document.count("scenes");
  out.captions = document.count("captions");
  for (const Part& row : document.list("rows")) {
    AuditWeakness weakness = weakness_of(row);
    if (out.weakness(weakness.name) != nullptr) {
      refuse_printed(
          printed.name, 1,
          fmt::format("expected every row once, found {} twice", printable(weakness.name, 60)));
    }
    out.weaknesses.push_back(std::move(weakness));
  }
  const Part calibration = document.object("calibration");
  out.calibration_reason = calibration.text_or_none("reason");
  for (const Part& fit : calibration.list("fits")) {
    out.fits.push_back({fit.text("method"), number_of(fit.object("error"))});
  }
  for (const Part& bin : calibration.list("deciles")) out.bins.push_back(bin_of(bin));
  return out;
}

std::vector<AuditResult> read_audits(std::span<const std::string> paths) {
  std::vector<AuditResult> out;
  for (const std::string& path : paths) out.push_back(read_audit(path));
  return out;
}

}  // namespace vernier::report
