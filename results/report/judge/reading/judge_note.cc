#include "results/report/judge/reading/judge_note.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/json_text.h"

namespace vernier::report {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::array<std::string_view, 3> kVerdicts = {"verdict", "clair", "capscore"};

std::string text_at(const object& record, std::string_view key) {
  std::string_view text;
  return record[key].get(text) == simdjson::SUCCESS ? std::string(text) : std::string();
}

std::optional<double> number_at(const object& record, std::string_view key) {
  double value = 0;
  if (record[key].get(value) != simdjson::SUCCESS) return std::nullopt;
  return value;
}

std::vector<std::string> texts_at(const object& record, std::string_view key) {
  std::vector<std::string> out;
  array list;
  if (record[key].get(list) != simdjson::SUCCESS) return out;
  for (const element one : list) {
    std::string_view text;
    if (one.get(text) == simdjson::SUCCESS) out.emplace_back(text);
  }
  return out;
}

/// Points of 100 that one step of the scale is worth.
double points_a_step(const object& record) {
  array scale;
  double low = 0, high = 0;
  if (record["scale"].get(scale) != simdjson::SUCCESS || scale.size() != 2 ||
      scale.at(0).get(low) != simdjson::SUCCESS || scale.at(1).get(high) != simdjson::SUCCESS ||
      !(high > low)) {
    return 1;
  }
  return 100 / (high - low);
}

std::vector<double> deciles_at(const object& record) {
  array list;
  if (record["deciles"].get(list) != simdjson::SUCCESS || list.size() != 10) return {};
  std::vector<double> out;
  for (const element one : list) {
    double value = 0;
    if (one.get(value) != simdjson::SUCCESS || !(value >= 0 && value <= 1)) return {};
    out.push_back(value);
  }
  return out;
}

std::optional<SeenImage> seen_at(const object& record) {
  object context;
  if (record["context"].get(context) != simdjson::SUCCESS) return std::nullopt;
  SeenImage seen;
  seen.text = text_at(context, "text");
  seen.relations = texts_at(context, "relations");
  array things;
  if (context["objects"].get(things) != simdjson::SUCCESS) return seen;
  for (const element one : things) {
    object thing;
    if (one.get(thing) != simdjson::SUCCESS) continue;
    std::vector<std::string> features = texts_at(thing, "features");
    if (std::string what = text_at(thing, "description"); !what.empty()) {
      features.insert(features.begin(), std::move(what));
    }
    seen.things.push_back({text_at(thing, "name"), fmt::format("{}", fmt::join(features, "; "))});
  }
  return seen;
}

std::optional<RatedNumber> rating_at(const object& record) {
  const auto raw = number_at(record, "raw"), spread = number_at(record, "spread"),
             entropy = number_at(record, "entropy_bits"), mass = number_at(record, "mass");
  if (!raw || !spread || !entropy || !mass) return std::nullopt;
  return RatedNumber{*raw, *spread * points_a_step(record), *entropy, *mass};
}

bool read_verdict(const element& value, JudgeNote& note) {
  object record;
  if (value.get(record) != simdjson::SUCCESS) return false;
  note.status = text_at(record, "status");
  if (note.status.empty()) return false;
  note.score = number_at(record, "score");
  note.rating = rating_at(record);
  note.deciles = deciles_at(record);
  note.said = text_at(record, "said");
  note.rationale = text_at(record, "rationale");
  if (note.rationale.empty()) note.rationale = text_at(record, "reason");
  for (std::string& flag : texts_at(record, "flags")) note.flags.push_back(std::move(flag));
  note.seen = seen_at(record);
  return true;
}

bool read_claims(const element& value, JudgeNote& note) {
  object record;
  array mentions;
  if (value.get(record) != simdjson::SUCCESS ||
      record["mentions"].get(mentions) != simdjson::SUCCESS) {
    return false;
  }
  for (const element one : mentions) {
    object mention;
    if (one.get(mention) != simdjson::SUCCESS) continue;
    const auto p_yes = number_at(mention, "p_yes");
    if (!p_yes || !(*p_yes >= 0 && *p_yes <= 1)) continue;
    note.claims.push_back({text_at(mention, "object"), text_at(mention, "kind"),
                           text_at(mention, "verdict"), *p_yes});
  }
  for (std::string& flag : texts_at(record, "flags")) note.flags.push_back(std::move(flag));
  return !note.claims.empty() || !note.flags.empty();
}

bool read_vote(const element& value, JudgeNote& note) {
  object record;
  if (value.get(record) != simdjson::SUCCESS) return false;
  const auto first = number_at(record, "better_first"), second = number_at(record, "better_second");
  if (!first || !second) return false;
  note.vote = RivalVote{text_at(record, "rival"), *first, *second};
  return true;
}

/// Takes one member of a meta into the note; false for what is none of a judge.
bool read_member(std::string_view name, const element& value, JudgeNote& note) {
  if (std::ranges::find(kVerdicts, name) != kVerdicts.end()) return read_verdict(value, note);
  if (name == "checklist") return read_claims(value, note);
  return name == "pairwise" && read_vote(value, note);
}

/// Most metas hold none, and are not parsed.
bool may_hold_note(std::string_view meta) {
  return std::ranges::any_of(
      std::array{R"("status")", R"("checklist")", R"("better_first")"},
      [&](std::string_view sign) { return meta.find(sign) != std::string_view::npos; });
}

}  // namespace

std::optional<JudgeNote> judge_note(std::string_view meta) {
  simdjson::dom::parser parser;
  object whole;
  if (!may_hold_note(meta) || parser.parse(meta).get(whole) != simdjson::SUCCESS) {
    return std::nullopt;
  }
  JudgeNote note;
  bool found = false;
  for (const auto [name, value] : whole) found |= read_member(name, value, note);
  return found ? std::optional(std::move(note)) : std::nullopt;
}

std::string meta_without_judge(std::string_view meta) {
  simdjson::dom::parser parser;
  object whole;
  if (!may_hold_note(meta) || parser.parse(meta).get(whole) != simdjson::SUCCESS) {
    return std::string(meta);
  }
  std::string out = "{";
  for (const auto [name, value] : whole) {
    JudgeNote ignored;
    if (read_member(name, value, ignored)) continue;
    append_json_key(out, name);
    out += simdjson::minify(value);
  }
  return out.size() == 1 ? "" : out + "}";
}

}  // namespace vernier::report
