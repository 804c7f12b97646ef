#include "base/json_text.h"
#include "runners/probe/drift/output/drift_output.h"

namespace vernier {
namespace {

using probes::drift::kMeasures;
using probes::drift::measure_info;
using probes::drift::PhraseRise;

void append_flag(std::string& out, std::string_view key, bool value) {
  append_json_key(out, key);
  out += value ? "true" : "false";
}

void append_measures(std::string& out, const DriftRound& round, bool first) {
  append_json_key(out, "measures");
  out.push_back('{');
  for (std::size_t m = 0; m < kMeasures; ++m) {
    const DriftValue& value = round.measures[m];
    if (out.back() != '{') out.push_back(',');
    out += "\n   ";
    append_json_string(out, measure_info(m).name);
    out += ":{";
    append_json_member(out, "value", value.value);
    if (!first) {
      append_json_member(out, "reference", value.reference);
      append_json_member(out, "change", value.change);
      append_json_member(out, "low", value.low);
      append_json_member(out, "high", value.high);
      append_json_member(out, "p", value.p);
      append_json_member(out, "p_corrected", value.corrected);
      append_flag(out, "changed", value.changed);
      append_flag(out, "harmful", value.harmful);
    }
    out.push_back('}');
  }
  out.push_back('}');
}

void append_phrase(std::string& out, const PhraseRise& phrase) {
  out.push_back('{');
  append_json_member(out, "text", phrase.text);
  append_json_count(out, "captions", phrase.after);
  append_json_count(out, "captions_before", phrase.before);
  out.push_back('}');
}

void append_objects(std::string& out, const char* key, const std::vector<DriftObject>& objects) {
  append_json_key(out, key);
  out.push_back('[');
  for (const DriftObject& object : objects) {
    out += out.back() == '[' ? "{" : ",{";
    append_json_member(out, "object", object.name);
    append_json_count(out, "captions", object.after);
    append_json_count(out, "captions_before", object.before);
    append_json_member(out, "ratio", object.ratio);
    append_json_member(out, "low", object.low);
    append_json_member(out, "high", object.high);
    out.push_back('}');
  }
  out.push_back(']');
}

void append_reasons(std::string& out, const DriftRound& round) {
  append_json_key(out, "reasons");
  out.push_back('[');
  for (std::size_t m = 0; m < kMeasures; ++m) {
    const DriftValue& value = round.measures[m];
    if (!value.changed) continue;
    out += out.back() == '[' ? "{" : ",{";
    append_json_member(out, "measure", measure_info(m).name);
    append_json_member(out, "direction", value.change < 0 ? "down" : "up");
    append_flag(out, "harmful", value.harmful);
    out.push_back('}');
  }
  out.push_back(']');
}

void append_round(std::string& out, const DriftFile& file, const DriftRound& round, bool first) {
  out += "{";
  append_json_member(out, "name", file.file.name);
  append_json_count(out, "n", round.captions);
  append_json_count(out, "repeated", file.file.repeated);
  append_json_count(out, "empty", round.empty);
  append_json_count(out, "left_out", file.left_out);
  append_json_count(out, "replaced_invalid", file.file.counts.replaced_invalid);
  append_json_count(out, "refused_sentences", round.refused_sentences);
  append_json_key(out, "images");
  out.push_back('{');
  append_json_count(out, "in_file", file.images);
  append_json_count(out, "missing", file.missing);
  append_json_count(out, "extra", file.extra);
  append_json_member(out, "ids", file.id_rule);
  out.push_back('}');
  append_json_count(out, "vocabulary", round.vocabulary);
  append_json_key(out, "words");
  out.push_back('{');
  append_json_member(out, "p10", round.lengths.low);
  append_json_member(out, "p50", round.lengths.median);
  append_json_member(out, "p90", round.lengths.high);
  out.push_back('}');
  append_measures(out, round, first);
  append_json_key(out, "commonest_caption");
  append_phrase(out, round.commonest);
  if (!first) {
    append_json_member(out, "verdict", verdict_name(round.verdict));
    append_reasons(out, round);
    append_json_key(out, "top_phrases");
    out.push_back('[');
    for (const PhraseRise& phrase : round.phrases) {
      if (out.back() != '[') out.push_back(',');
      append_phrase(out, phrase);
    }
    out.push_back(']');
    append_objects(out, "risen_objects", round.risen);
    append_objects(out, "fallen_objects", round.fallen);
  }
  out.push_back('}');
}

}  // namespace

std::string drift_json(const DriftStudy& study, double alpha) {
  std::string out = "{\"schema\":\"vernier.probe.drift/1\"";
  append_json_count(out, "images", study.input.images.size());
  append_json_member(out, "alpha", alpha);
  append_json_key(out, "distinct_samples");
  out += "[";
  for (const std::uint64_t sample : study.samples) {
    out += (out.back() == '[' ? "" : ",") + std::to_string(sample);
  }
  out += "],\n \"rounds\":[";
  for (std::size_t r = 0; r < study.rounds.size(); ++r) {
    out += r == 0 ? "\n  " : ",\n  ";
    append_round(out, study.input.rounds[r], study.rounds[r], r == 0);
  }
  out += "],\n \"first_bad_round\":";
  out += study.first_bad == 0 ? "null" : std::to_string(study.first_bad);
  append_json_key(out, "undefined");
  out.push_back('{');
  for (const auto& [measure, why] : study.undefined) append_json_member(out, measure, why);
  out.push_back('}');
  append_json_member(out, "signature", study.signature);
  return out + "}\n";
}

}  // namespace vernier
