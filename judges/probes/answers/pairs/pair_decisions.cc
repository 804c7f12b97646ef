#include "judges/probes/answers/pairs/pair_decisions.h"

#include <fmt/format.h>

#include <charconv>
#include <map>
#include <tuple>

#include "base/printable.h"
#include "metrics/text/unicode/unicode.h"
#include "metrics/text/unicode/white_space.h"

namespace vernier::probes {
namespace {

const ObjectRecord::Names kLabel = {"label", "gold", "human"},
                          kOriginal = {"decision_original_order", "decision_1", "decision1"},
                          kSwapped = {"decision_swapped_order", "decision_2", "decision2"};

std::optional<Preference> read_decision(std::string_view text, PairFile& file) {
  if (text::strip_left(text).empty()) return std::nullopt;
  const auto preference = parse_preference(text);
  file.unreadable += !preference;
  return preference;
}

std::optional<Preference> decision_of(const ObjectRecord& record, const Value& judgment,
                                      PairFile& file) {
  if (judgment.is_null()) return std::nullopt;
  const Value* decision = judgment.is_object() ? judgment.find("decision") : &judgment;
  if (decision == nullptr || decision->is_null()) return std::nullopt;
  if (!decision->is_string()) record.refuse("expected a text or null as \"decision\"");
  return read_decision(decision->text, file);
}

std::optional<std::uint64_t> length_of(const ObjectRecord& record, ObjectRecord::Names text_names,
                                       ObjectRecord::Names length_names) {
  if (const auto text = record.find_text(text_names)) {
    std::uint64_t length = 0;
    for (std::size_t pos = 0; pos < text->size(); ++length) text::next_code_point(*text, pos);
    return length;
  }
  if (record.find(length_names) == nullptr) return std::nullopt;
  const double length = record.number(length_names);
  if (length < 0 || length > 1e12 ||
      length != static_cast<double>(static_cast<long long>(length))) {
    record.refuse("expected a length that is a whole number of characters");
  }
  return static_cast<std::uint64_t>(length);
}

PairDecision read_pair(const ObjectRecord& record, PairFile& file) {
  PairDecision pair;
  pair.id = record.text({"pair_id", "id", "question_id"});
  if (const auto source = record.find_text({"source", "subset", "category"})) {
    pair.subset = subset_of(*source);
  }
  const std::string_view label = record.text(kLabel);
  const auto wanted = parse_preference(label);
  if (!wanted) {
    record.refuse(
        fmt::format("expected A>B, B>A or A=B in \"label\", found '{}'", printable(label, 30)));
  }
  pair.label = *wanted;
  if (const Value* judgments = record.find("judgments")) {
    if (!judgments->is_array() || judgments->items.size() != 2) {
      record.refuse("expected two judgments, one an order");
    }
    pair.original = decision_of(record, judgments->items[0], file);
    pair.swapped = decision_of(record, judgments->items[1], file);
  } else {
    if (const auto text = record.find_text(kOriginal)) pair.original = read_decision(*text, file);
    if (const auto text = record.find_text(kSwapped)) pair.swapped = read_decision(*text, file);
  }
  pair.length_a = length_of(record, {"response_A", "answer_a", "text_a"}, {"length_a"});
  pair.length_b = length_of(record, {"response_B", "answer_b", "text_b"}, {"length_b"});
  return pair;
}

auto content(const PairDecision& pair) {
  return std::tie(pair.subset, pair.label, pair.original, pair.swapped);
}

}  // namespace

std::string subset_of(std::string_view source) {
  if (source.starts_with("mmlu-pro")) return "knowledge";
  if (source == "livebench-reasoning") return "reasoning";
  if (source == "livebench-math") return "math";
  if (source == "livecodebench") return "coding";
  return std::string(source);
}

std::optional<Preference> parse_preference(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '[' || c == ']' || c == '\r' || c == '\n') continue;
    plain += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  for (const std::string_view first : {"A>B", "A>>B", "B<A", "B<<A", "A"}) {
    if (plain == first) return 1;
  }
  for (const std::string_view second : {"B>A", "B>>A", "A<B", "A<<B", "B"}) {
    if (plain == second) return -1;
  }
  for (const std::string_view tie : {"A=B", "B=A", "TIE"}) {
    if (plain == tie) return 0;
  }
  return std::nullopt;
}

bool are_pair_decisions(const ObjectFile& file) {
  const ObjectRecord& first = file.records().front();
  const Value& fields = first.value();
  return fields.find("label") != nullptr &&
         (fields.find("judgments") != nullptr ||
          fields.find("decision_original_order") != nullptr ||
          fields.find("decision_1") != nullptr || fields.find("decision1") != nullptr);
}

PairFile read_pair_decisions(const ObjectFile& file) {
  PairFile out;
  std::map<std::string, std::size_t, std::less<>> place;
  for (const ObjectRecord& record : file.records()) {
    const std::uint64_t unreadable = out.unreadable;
    PairDecision pair = read_pair(record, out);
    const auto [found, fresh] = place.try_emplace(pair.id, out.pairs.size());
    if (fresh) {
      out.pairs.push_back(std::move(pair));
      continue;
    }
    if (content(out.pairs[found->second]) != content(pair)) {
      record.refuse("expected each pair once, found it again with another decision or label");
    }
    ++out.duplicates;
    out.unreadable = unreadable;
  }
  return out;
}

}  // namespace vernier::probes
