#include <cmath>

#include "base/json_text.h"
#include "runners/probe/answers/output/yes_no_json.h"
#include "runners/probe/ocr/ocr_output.h"

namespace vernier {
namespace {

struct NamedScore {
  const char* name;
  probes::RatioEstimate probes::OcrScores::*score;
  const char* reason;  ///< why there is none
};
constexpr const char* kNothingWritten = "nothing is written in any image";
constexpr NamedScore kScores[] = {
    {"cer", &probes::OcrScores::cer, kNothingWritten},
    {"wer", &probes::OcrScores::wer, kNothingWritten},
    {"mean_cer", &probes::OcrScores::mean_cer, kNothingWritten},
    {"mean_wer", &probes::OcrScores::mean_wer, kNothingWritten},
    {"invented_words", &probes::OcrScores::invented, "all transcripts are empty"},
    {"invented_words_not_misread", &probes::OcrScores::invented_not_misread,
     "all transcripts are empty"},
    {"missing_words", &probes::OcrScores::missing, kNothingWritten}};

void append_edits(std::string& out, const char* key, const probes::OcrEdits& edits) {
  append_json_key(out, key);
  out += '{';
  append_json_count(out, "reference", edits.length);
  append_json_count(out, "replaced", edits.replaced);
  append_json_count(out, "inserted", edits.inserted);
  append_json_count(out, "deleted", edits.deleted);
  out += '}';
}

void append_scores(std::string& out, const probes::OcrScores& scores) {
  append_json_key(out, "scores");
  out += '{';
  for (const NamedScore& one : kScores) {
    append_json_member(out, one.name, 100 * (scores.*one.score).value);
  }
  append_json_member(out, "exact", scores.exact.percent());
  append_json_member(out, "exact_lines", scores.exact_lines.percent());
  out += '}';
  append_json_key(out, "standard_errors");
  out += '{';
  for (const NamedScore& one : kScores) {
    append_json_member(out, one.name, 100 * (scores.*one.score).error);
  }
  out += '}';
  append_json_key(out, "undefined");
  out += '{';
  for (const NamedScore& one : kScores) {
    if (std::isnan((scores.*one.score).value)) append_json_member(out, one.name, one.reason);
  }
  if (scores.exact_lines.whole == 0) append_json_member(out, "exact_lines", kNothingWritten);
  out += '}';
}

void append_runs(std::string& out, const probes::OcrRecord& record) {
  constexpr const char* kNames[] = {"keep", "replace", "delete", "insert"};
  append_json_key(out, "edits");
  out += '[';
  for (const EditRun& run : record.runs) {
    if (run.edit == Edit::kKeep) continue;
    out += out.ends_with('[') ? "{" : ",{";
    append_json_member(out, "edit", kNames[static_cast<std::size_t>(run.edit)]);
    append_json_count(out, "reference_at", run.a);
    append_json_count(out, "output_at", run.b);
    append_json_count(out, "length", run.length);
    out += '}';
  }
  out += ']';
}

void append_words(std::string& out, const probes::OcrRecord& record) {
  append_json_key(out, "invented");
  out += '[';
  for (std::size_t n = 0; n < record.difference.invented.size(); ++n) {
    const std::size_t place = record.difference.invented[n];
    out += out.ends_with('[') ? "{" : ",{";
    append_json_member(out, "word", record.output.words[place]);
    append_json_count(out, "at", record.output.word_begins[place]);
    append_json_key(out, "misread");
    out += record.difference.misread[n] ? "true}" : "false}";
  }
  out += ']';
  append_json_key(out, "missing");
  out += '[';
  for (const std::size_t place : record.difference.missing) {
    out += out.ends_with('[') ? "{" : ",{";
    append_json_member(out, "word", record.reference.words[place]);
    append_json_count(out, "at", record.reference.word_begins[place]);
    out += '}';
  }
  out += ']';
}

}  // namespace

std::string ocr_json(const OcrStudy& study) {
  const probes::OcrScores& scores = study.scores;
  std::string out = "{\"schema\":\"vernier.probe.ocr/1\"";
  append_json_member(out, "normalisation", study.normalisation);
  append_json_member(out, "references", study.tesseract.empty() ? "file" : "tesseract");
  if (!study.tesseract.empty()) append_json_member(out, "tesseract", study.tesseract);
  append_json_member(out, "signature", study.signature);
  append_json_key(out, "counts");
  out += '{';
  append_json_count(out, "records", study.records.size());
  append_json_count(out, "exact", scores.exact.part);
  append_json_count(out, "both_empty", scores.both_empty);
  append_json_count(out, "text_where_nothing_is_written", scores.said_of_nothing);
  append_json_count(out, "empty_transcripts", scores.empty_outputs);
  append_json_count(out, "loops", scores.loops);
  append_edits(out, "characters", scores.characters);
  append_edits(out, "words", scores.words);
  out += '}';
  append_scores(out, scores);
  append_join(out, study.join);
  return out + "}\n";
}

std::string ocr_evidence(const OcrStudy& study) {
  std::string out;
  for (std::size_t n = 0; n < study.records.size(); ++n) {
    const probes::OcrRecord& record = study.records[n];
    const probes::JoinItem& item = study.references.items[study.places[n]];
    out += '{';
    append_json_member(out, "id", item.id);
    append_json_member(out, "image_id", item.image);
    append_json_member(out, "output", record.output.text);
    append_json_member(out, "reference", record.reference.text);
    append_json_count(out, "reference_number", record.chosen);
    append_edits(out, "characters", record.characters);
    append_edits(out, "words", record.words);
    append_json_key(out, "loops");
    out += record.loops ? "true" : "false";
    append_runs(out, record);
    append_words(out, record);
    out += "}\n";
  }
  return out;
}

}  // namespace vernier
