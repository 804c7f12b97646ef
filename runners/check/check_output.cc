#include "runners/check/check_output.h"

#include <fmt/format.h>

#include "base/json_text.h"
#include "base/printable.h"
#include "runners/check/checked_words_json.h"
#include "runners/output/text_table.h"
#include "runners/probe/relation/relation_output.h"

namespace vernier {
namespace {

using probes::WordVerdict;

void append_sentence(std::string& out, const CheckedSentence& sentence) {
  out.push_back('{');
  append_json_member(out, "text", sentence.text);
  append_json_count(out, "start", sentence.place.begin);
  append_json_count(out, "end", sentence.place.end);
  append_json_member(out, "verdict", sentence_verdict_name(sentence.verdict));
  append_checked_words(out, sentence.words);
  append_json_key(out, "against");
  out.push_back('[');
  for (const probes::JudgedFact& fact : sentence.against) {
    if (out.back() != '[') out.push_back(',');
    append_judged_fact(out, fact);
  }
  out += "]}";
}

std::string json(const CheckStudy& study) {
  std::string out = "{\"schema\":\"vernier.check/1\",\n \"passed\":";
  out += study.passed ? "true" : "false";
  out += ",\n \"counts\":{";
  append_json_count(out, "texts", study.entries.size());
  append_json_count(out, "failed_texts", study.failed_entries);
  append_json_count(out, "sentences", study.sentences);
  append_json_count(out, "claiming", study.claiming);
  append_json_count(out, "supported", study.supported);
  append_json_count(out, "uncertain", study.uncertain);
  append_json_count(out, "unsupported", study.unsupported);
  out += "}";
  append_json_member(out, "unsupported_share",
                     static_cast<double>(study.unsupported) / static_cast<double>(study.claiming));
  if (study.claiming == 0) {
    out += ",\n \"undefined\":{";
    append_json_member(out, "unsupported_share", "no sentence claims anything of an image");
    out.push_back('}');
  }
  out += ",\n \"texts\":[";
  for (const CheckedEntry& entry : study.entries) {
    out += out.back() == '[' ? "\n  {" : ",\n  {";
    append_json_member(out, "id", entry.id);
    append_json_key(out, "passed");
    out += entry.passed ? "true" : "false";
    append_json_count(out, "failed_sentences", entry.failed);
    append_json_key(out, "sentences");
    out.push_back('[');
    for (const CheckedSentence& sentence : entry.sentences) {
      if (out.back() != '[') out += ",\n    ";
      append_sentence(out, sentence);
    }
    out += "]}";
  }
  out += "]";
  append_json_member(out, "signature", study.signature);
  return out + "}\n";
}

/// Why a sentence is not supported: "fork (not in the evidence), man ride dog (dog ride man)".
std::string reasons(const CheckedSentence& sentence) {
  std::string out;
  const auto add = [&](const std::string& reason) { out += (out.empty() ? "" : ", ") + reason; };
  for (const probes::CheckedWord& word : sentence.words) {
    if (word.verdict == WordVerdict::kSupported) continue;
    const bool verb_or_adjective = word.word.kind == probes::ContentKind::kVerb ||
                                   word.word.kind == probes::ContentKind::kAdjective;
    if (sentence.verdict == SentenceVerdict::kUnsupported && verb_or_adjective) continue;
    std::string why = printable(word.word.text, 40);
    if (word.basis != probes::WordBasis::kNone) {
      why += fmt::format(" ({}{}{})", word_basis_name(word.basis), word.because.empty() ? "" : ": ",
                         printable(word.because, 40));
    }
    add(why);
  }
  for (const probes::JudgedFact& fact : sentence.against) {
    const std::string claim =
        fact.fact.kind == probes::FactKind::kAttribute
            ? fact.fact.link + " " + fact.fact.subject
            : fact.fact.subject + " " + fact.fact.link + " " + fact.fact.object;
    add(fmt::format("{} ({}: {})", printable(claim, 60), fact_verdict_name(fact.verdict),
                    printable(fact.because, 60)));
  }
  return out;
}

}  // namespace

std::string check_text(const CheckStudy& study, OutputFormat format) {
  if (format == OutputFormat::kJson) return json(study);
  const bool markdown = format == OutputFormat::kMarkdown;
  const auto escaped = [&](std::string text) {
    return markdown ? markdown_text(std::move(text)) : text;
  };
  TextRows rows = {{"text", "sentence", "verdict", "because of"}};
  for (const CheckedEntry& entry : study.entries) {
    for (const CheckedSentence& sentence : entry.sentences) {
      if (sentence.verdict < SentenceVerdict::kUncertain) continue;
      rows.push_back({entry.id.empty() ? "-" : printable(entry.id, 40),
                      printable(sentence.text, 60), sentence_verdict_name(sentence.verdict),
                      reasons(sentence)});
    }
  }
  std::string out;
  if (rows.size() > 1) {
    out = (markdown ? markdown_table(rows, "llll") : text_table(rows, "llll")) + "\n";
  }
  out += escaped(fmt::format(
      "{}: {} of {} sentences that claim something are supported, {} uncertain, {} unsupported\n",
      study.passed ? "passed" : "FAILED", study.supported, study.claiming, study.uncertain,
      study.unsupported));
  return out + escaped(study.signature + "\n");
}

}  // namespace vernier
