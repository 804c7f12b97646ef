#include "judges/visce/verdict/verdict_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "base/json_text.h"
#include "metrics/text/unicode/unicode.h"

namespace vernier::visce {
namespace {

void text_member(std::string& out, std::string_view key, std::string_view text) {
  // Models write what they like.
  std::string valid(text);
  text::replace_invalid_utf8(valid);
  append_json_member(out, key, valid);
}

void null_member(std::string& out, std::string_view key) {
  append_json_key(out, key);
  out += "null";
}

VerdictStatus status_of(std::string_view name) {
  for (unsigned i = 0; i <= static_cast<unsigned>(VerdictStatus::kFailed); ++i) {
    const auto status = static_cast<VerdictStatus>(i);
    if (verdict_status_name(status) == name) return status;
  }
  throw std::runtime_error("unknown status");
}

}  // namespace

void append_verdict(std::string& out, const Verdict& verdict, Scale scale) {
  append_json_member(out, "status", verdict_status_name(verdict.status));
  append_json_key(out, "scale");
  out += fmt::format("[{},{}]", scale.low, scale.high);
  if (verdict.score) {
    append_json_member(out, "score", *verdict.score);
  } else {
    null_member(out, "score");
  }
  if (verdict.rating) {
    append_json_key(out, "raw");
    out += std::to_string(verdict.rating->raw);
    append_json_member(out, "expectation", verdict.rating->score);
    append_json_member(out, "spread", verdict.rating->spread);
    append_json_member(out, "entropy_bits", verdict.rating->entropy_bits);
    append_json_member(out, "mass", verdict.rating->mass);
    append_json_member(out, "pruned", verdict.pruned);
  }
  if (!verdict.deciles.empty()) {
    append_json_key(out, "deciles");
    out += '[';
    for (const double one : verdict.deciles) {
      if (out.back() != '[') out += ',';
      append_json_number(out, one);
    }
    out += ']';
  }
  if (!verdict.said.empty()) text_member(out, "said", verdict.said);
  if (!verdict.rationale.empty()) text_member(out, "rationale", verdict.rationale);
  append_json_key(out, "flags");
  append_json_strings(out, verdict.flags);
  append_json_member(out, "prompt", fmt::format("{:016x}", verdict.prompt));
  append_json_count(out, "tokens_in", verdict.tokens_in);
}

Verdict read_verdict(std::string_view text) {
  const auto json = nlohmann::json::parse(text);
  Verdict verdict;
  verdict.status = status_of(json.at("status").get<std::string>());
  if (!json.at("score").is_null()) verdict.score = json.at("score").get<double>();
  if (json.contains("raw")) {
    Rating rating;
    rating.raw = json.at("raw").get<int>();
    rating.score = json.at("expectation").get<double>();
    rating.spread = json.at("spread").get<double>();
    rating.entropy_bits = json.at("entropy_bits").get<double>();
    rating.mass = json.at("mass").get<double>();
    verdict.rating = rating;
    verdict.pruned = json.at("pruned").get<double>();
  }
  if (json.contains("deciles")) verdict.deciles = json.at("deciles").get<std::vector<double>>();
  verdict.said = json.value("said", "");
  verdict.rationale = json.value("rationale", "");
  verdict.flags = json.at("flags").get<std::vector<std::string>>();
  verdict.prompt = std::stoull(json.at("prompt").get<std::string>(), nullptr, 16);
  verdict.tokens_in = json.at("tokens_in").get<std::size_t>();
  return verdict;
}

void append_context(std::string& out, const VisualContext& context) {
  out += '{';
  text_member(out, "text", context.text);
  append_json_key(out, "objects");
  out += '[';
  for (const ContextObject& object : context.objects) {
    if (out.back() != '[') out += ',';
    out += '{';
    text_member(out, "name", object.name);
    if (!object.description.empty()) text_member(out, "description", object.description);
    append_json_key(out, "features");
    append_json_strings(out, object.features);
    out += '}';
  }
  out += ']';
  append_json_key(out, "relations");
  append_json_strings(out, context.relations);
  append_json_key(out, "sections_found");
  append_json_strings(out, context.sections_found);
  append_json_key(out, "truncated");
  out += context.truncated ? "true" : "false";
  append_json_key(out, "loop");
  out += context.loop ? "true" : "false";
  out += '}';
}

}  // namespace vernier::visce
