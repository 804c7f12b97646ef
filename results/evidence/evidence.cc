#include "results/evidence/evidence.h"

#include <simdjson.h>

#include <algorithm>
#include <array>

#include "base/json_text.h"

namespace vernier {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

Finding finding_of(std::string_view verdict) {
  constexpr std::array<std::string_view, 4> kInvented = {"hallucinated", "target", "unsupported",
                                                         "contradicted"};
  if (std::ranges::find(kInvented, verdict) != kInvented.end()) return Finding::kInvented;
  return verdict == "supported" || verdict == "safe" ? Finding::kSupported : Finding::kOther;
}

std::string text_at(const object& record, std::string_view key) {
  std::string_view text;
  return record[key].get(text) == simdjson::SUCCESS ? std::string(text) : std::string();
}

std::optional<std::uint64_t> count_at(const object& record, std::string_view key) {
  std::uint64_t value = 0;
  return record[key].get(value) == simdjson::SUCCESS ? std::optional(value) : std::nullopt;
}

/// Numbers in a record begin at 1.
std::optional<std::size_t> ordinal_at(const object& record, std::string_view key) {
  const std::optional<std::uint64_t> value = count_at(record, key);
  return value && *value > 0 ? std::optional<std::size_t>(*value - 1) : std::nullopt;
}

/// Where each character begins, and the end.
std::vector<std::size_t> character_places(std::string_view text) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) places.push_back(i);
  }
  places.push_back(text.size());
  return places;
}

std::optional<Mention> mention_of(const element& value, const std::vector<std::size_t>& places) {
  object record;
  if (value.get(record) != simdjson::SUCCESS) return std::nullopt;
  Mention mention;
  mention.verdict = text_at(record, "verdict");
  if (mention.verdict.empty()) return std::nullopt;
  mention.finding = finding_of(mention.verdict);
  mention.object = text_at(record, "object");
  if (mention.object.empty()) mention.object = text_at(record, "word");
  mention.sentence = ordinal_at(record, "sentence");
  mention.token = ordinal_at(record, "token");
  const auto start = count_at(record, "start"), end = count_at(record, "end");
  if (start && end && *start < *end && *end < places.size()) {
    mention.place = Mention::Place{places[*start], places[*end]};
  }
  return mention;
}

/// Takes away the places that lie over another's.
void drop_overlaps(std::vector<Mention>& mentions) {
  std::vector<Mention*> placed;
  for (Mention& mention : mentions) {
    if (mention.place) placed.push_back(&mention);
  }
  std::ranges::stable_sort(placed, [](const Mention* a, const Mention* b) {
    return a->place->begin != b->place->begin ? a->place->begin < b->place->begin
                                              : a->place->end > b->place->end;
  });
  const Mention* last = nullptr;
  for (Mention* mention : placed) {
    if (last != nullptr && mention->place->begin < last->place->end &&
        (mention->place->begin != last->place->begin || mention->place->end != last->place->end)) {
      mention->place.reset();
    } else {
      last = mention;
    }
  }
}

bool is_evidence(const element& value, object& record, array& mentions) {
  return value.get(record) == simdjson::SUCCESS &&
         record["mentions"].get(mentions) == simdjson::SUCCESS;
}

/// Most metas hold none, and are not parsed.
bool may_hold_evidence(std::string_view meta) {
  return meta.find("\"mentions\"") != std::string_view::npos;
}

}  // namespace

std::vector<std::string> ProbeEvidence::left_out() const {
  std::vector<std::string> out;
  for (const std::string& object : objects) {
    const bool named = std::ranges::any_of(mentions, [&](const Mention& mention) {
      return mention.finding == Finding::kSupported && mention.object == object;
    });
    if (!named && std::ranges::find(out, object) == out.end()) out.push_back(object);
  }
  return out;
}

std::vector<ProbeEvidence> evidence_of(std::string_view meta, std::string_view caption) {
  std::vector<ProbeEvidence> out;
  simdjson::dom::parser parser;
  object whole;
  if (!may_hold_evidence(meta) || parser.parse(meta).get(whole) != simdjson::SUCCESS) return out;
  std::vector<std::size_t> places;
  for (const auto [name, value] : whole) {
    object record;
    array mentions, objects;
    if (!is_evidence(value, record, mentions)) continue;
    if (places.empty()) places = character_places(caption);
    ProbeEvidence& evidence = out.emplace_back();
    evidence.probe = name;
    for (const element mention : mentions) {
      if (auto read = mention_of(mention, places)) {
        evidence.mentions.push_back(std::move(*read));
      } else {
        ++evidence.unreadable;
      }
    }
    drop_overlaps(evidence.mentions);
    if (record["objects"].get(objects) != simdjson::SUCCESS) continue;
    for (const element one : objects) {
      std::string_view text;
      if (one.get(text) == simdjson::SUCCESS) evidence.objects.emplace_back(text);
    }
  }
  return out;
}

std::string meta_without_evidence(std::string_view meta) {
  simdjson::dom::parser parser;
  object whole;
  if (!may_hold_evidence(meta) || parser.parse(meta).get(whole) != simdjson::SUCCESS) {
    return std::string(meta);
  }
  std::string out = "{";
  for (const auto [name, value] : whole) {
    object record;
    array mentions;
    if (is_evidence(value, record, mentions)) continue;
    append_json_key(out, name);
    out += simdjson::minify(value);
  }
  return out.size() == 1 ? "" : out + "}";
}

}  // namespace vernier
