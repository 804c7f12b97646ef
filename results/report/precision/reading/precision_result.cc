#include "results/report/precision/reading/precision_result.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/io/byte_source.h"
#include "base/printable.h"
#include "results/report/html/text.h"

namespace vernier::report {
namespace {

constexpr std::string_view kSchema = "vernier.precision.checkpoints/1";
constexpr std::string_view kFamily = "vernier.precision.checkpoints/";
constexpr std::string_view kCommand = "vernier precision --model-b DIR -f json";
constexpr std::size_t kMostPairs = 64, kMostRules = 5000, kMostLevels = 20;
constexpr std::array kVerdicts = {Verdict::kPass, Verdict::kRegression, Verdict::kInconclusive,
                                  Verdict::kUnmeasured, Verdict::kInvalid};
constexpr std::array<std::string_view, 4> kOutcomes = {"pass", "regression", "inconclusive",
                                                       "error"};

std::string last_part(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return std::string(file_name(path));
}

PrecisionCheckpoint checkpoint_of(const PrintedPart& part) {
  PrecisionCheckpoint out;
  out.label = part.text("label");
  out.folder = last_part(part.text("folder"));
  out.model = part.text("model");
  out.precision = part.text("precision");
  out.bytes = part.count("bytes");
  out.bits = part.number("bits_per_layer_weight");
  if (part.has("speed")) {
    const PrintedPart speed = part.object("speed");
    out.read = speed.number("prompt_tokens_per_second");
    out.written = speed.number("new_tokens_per_second");
    out.joules = speed.number_or_none("joules_per_new_token");
  }
  return out;
}

PrecisionRule rule_of(const PrintedPart& part) {
  PrecisionRule out;
  out.metric = part.text("metric");
  out.slice = part.text_or_none("slice");
  out.reason = part.text("reason");
  const std::string verdict = part.text("verdict");
  const auto* const found = std::ranges::find(kVerdicts, verdict, vernier::verdict_name);
  if (found == kVerdicts.end()) {
    part.refuse("verdict", "pass, regression, inconclusive, unmeasured or invalid");
  }
  out.verdict = *found;
  out.baseline = part.number_or_none("baseline");
  out.candidate = part.number_or_none("candidate");
  out.least = part.limit("min_value");
  out.most = part.limit("max_value");
  out.wanted = part.limit("clusters_wanted");
  if (part.has("difference")) {
    out.worse = {-part.number("difference"), -part.number("ci_high"), -part.number("ci_low")};
    out.allowed = part.number("allowed");
  }
  return out;
}

PrecisionGate gate_of(const PrintedPart& part) {
  PrecisionGate out;
  out.verdict = part.text("verdict");
  if (std::ranges::find(kOutcomes, out.verdict) == kOutcomes.end()) {
    part.refuse("verdict", "pass, regression, inconclusive or error");
  }
  out.policy = part.text("policy");
  out.failure = part.text_or_none("failure");
  out.statistics = part.text("statistics");
  out.samples = part.count("samples");
  out.clusters = part.count("clusters");
  for (const PrintedPart& rule : part.list("rules", kMostRules)) {
    out.rules.push_back(rule_of(rule));
  }
  return out;
}

template <class Level>
void read_level(const PrintedPart& pair, const char* name, Level (*read)(const PrintedPart&),
                std::optional<Level>& out) {
  if (pair.has(name)) out = read(pair.object(name));
}

PrecisionPair pair_of(const PrintedPart& part) {
  PrecisionPair out;
  out.b = checkpoint_of(part.object("b"));
  read_level(part, "logits", read_logits, out.logits);
  read_level(part, "captions", read_caption_level, out.captions);
  read_level(part, "answers", read_answers, out.answers);
  read_level(part, "verdicts", read_verdicts, out.verdicts);
  read_level(part, "units", read_units, out.units);
  for (const PrintedPart& skipped : part.list("skipped", kMostLevels)) {
    out.skipped.emplace_back(skipped.text("level"), skipped.text("reason"));
  }
  out.gate = gate_of(part.object("gate"));
  return out;
}

}  // namespace

std::size_t PrecisionGate::count(Verdict of) const {
  return static_cast<std::size_t>(std::ranges::count(rules, of, &PrecisionRule::verdict));
}

const PrecisionRule* PrecisionGate::rule(const std::string& metric) const {
  const auto found = std::ranges::find_if(rules, [&](const PrecisionRule& rule) {
    return rule.metric == metric && rule.slice.empty();
  });
  return found == rules.end() ? nullptr : &*found;
}

std::string PrecisionResult::subject() const {
  if (pairs.size() > 1) {
    return fmt::format("{} against {}", counted(pairs.size(), "checkpoint"), a.folder);
  }
  const PrecisionCheckpoint& b = pairs[0].b;
  if (a.folder != b.folder) return fmt::format("{} against {}", b.folder, a.folder);
  return fmt::format("{} in {} against {}", b.folder, b.precision, a.precision);
}

bool is_precision_result(const std::string& path) {
  std::error_code unknown;
  if (path == "-" || !std::filesystem::is_regular_file(path, unknown)) return false;
  std::string begin = ByteSource::open(path)->read_rest(256);
  std::erase_if(begin, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
  return begin.starts_with(fmt::format("{{\"schema\":\"{}", kFamily));
}

PrecisionResult read_precision_result(const std::string& path) {
  const PrintedJson printed = read_printed_json(path, kCommand, "");
  if (const std::string schema = text_in(printed.document, "schema"); schema != kSchema) {
    refuse_printed(printed.name, 1,
                   fmt::format("expected the schema {}, found {}", kSchema,
                               schema.empty() ? "none" : printable(schema, 60)));
  }
  const PrintedPart document(printed, kCommand);
  PrecisionResult out;
  out.file = file_name(printed.name);
  const PrintedPart data = document.object("data");
  out.pictures = data.count("pictures");
  out.texts = data.count("texts");
  out.questions = data.count("questions");
  out.candidates = data.count("candidates");
  out.a = checkpoint_of(document.object("a"));
  for (const PrintedPart& pair : document.list("pairs", kMostPairs)) {
    out.pairs.push_back(pair_of(pair));
  }
  if (out.pairs.empty()) document.refuse("pairs", "at least one pair");
  return out;
}

}  // namespace vernier::report
