#include "results/report/audit/audit_result.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/printable.h"
#include "results/report/html/text.h"
#include "results/report/printed/printed_part.h"

namespace vernier::report {
namespace {

constexpr std::string_view kSchema = "vernier.judge.audit/1";
constexpr std::string_view kCommand = "vernier judge --audit SCENES -f json";
constexpr std::size_t kMostElements = 100;  // of a list: the audit has 13 rows
constexpr std::array kVerdicts = {AuditVerdict::kFine, AuditVerdict::kUndecided,
                                  AuditVerdict::kFlagged, AuditVerdict::kNotMeasured};

AuditVerdict verdict_in(const PrintedPart& part, const char* key) {
  const std::string name = part.text(key);
  const auto* const found = std::ranges::find(kVerdicts, name, verdict_name);
  if (found == kVerdicts.end()) part.refuse(key, "fine, undecided, flagged or not measured");
  return *found;
}

AuditNumber number_of(const PrintedPart& part) {
  AuditNumber out;
  out.name = part.text("name");
  out.value = part.number("value");
  out.low = part.number("low");
  out.high = part.number("high");
  out.n = part.count("n");
  out.least = part.limit("least");
  out.most = part.limit("most");
  if (part.has("state")) out.state = verdict_in(part, "state");
  return out;
}

AuditWeakness weakness_of(const PrintedPart& part) {
  AuditWeakness out;
  out.name = part.text("name");
  out.question = part.text("question");
  out.state = verdict_in(part, "state");
  out.reason = part.text_or_none("reason");
  for (const PrintedPart& measure : part.list("measures", kMostElements))
    out.measures.push_back(number_of(measure));
  return out;
}

AuditBin bin_of(const PrintedPart& part) {
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
  const PrintedJson printed = read_printed_json(path, kCommand, "--audit");
  if (const std::string schema = text_in(printed.document, "schema"); schema != kSchema) {
    refuse_printed(printed.name, 1,
                   fmt::format("expected the schema {}, found {}; --audit takes what vernier judge "
                               "--audit SCENES -f json prints, what probes print goes to --probe",
                               kSchema, schema.empty() ? "none" : printable(schema, 60)));
  }
  const PrintedPart document(printed, kCommand);
  AuditResult out;
  out.file = file_name(printed.name);
  out.judge = document.text("judge");
  out.data = document.text_or_none("data");
  out.scenes = document.count("scenes");
  out.captions = document.count("captions");
  for (const PrintedPart& row : document.list("rows", kMostElements)) {
    AuditWeakness weakness = weakness_of(row);
    if (out.weakness(weakness.name) != nullptr) {
      refuse_printed(
          printed.name, 1,
          fmt::format("expected every row once, found {} twice", printable(weakness.name, 60)));
    }
    out.weaknesses.push_back(std::move(weakness));
  }
  const PrintedPart calibration = document.object("calibration");
  out.calibration_reason = calibration.text_or_none("reason");
  for (const PrintedPart& fit : calibration.list("fits", kMostElements)) {
    out.fits.push_back({fit.text("method"), number_of(fit.object("error"))});
  }
  for (const PrintedPart& bin : calibration.list("deciles", kMostElements))
    out.bins.push_back(bin_of(bin));
  return out;
}

std::vector<AuditResult> read_audits(std::span<const std::string> paths) {
  std::vector<AuditResult> out;
  for (const std::string& path : paths) out.push_back(read_audit(path));
  return out;
}

}  // namespace vernier::report
