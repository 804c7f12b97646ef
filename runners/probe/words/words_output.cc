#include "runners/probe/words/words_output.h"

#include <fmt/format.h>

#include <cmath>

#include "base/json_text.h"
#include "base/printable.h"
#include "runners/check/checked_words_json.h"
#include "runners/output/text_table.h"

namespace vernier {
namespace {

std::string percent(double share, const Interval& interval) {
  if (!std::isfinite(share)) return "-";
  if (!std::isfinite(interval.low)) return fmt::format("{:.2f}", 100 * share);
  return fmt::format("{:.2f} ({:.1f} to {:.1f})", 100 * share, 100 * interval.low,
                     100 * interval.high);
}

void append_row(std::string& out, const WordsPart& part, const char* check,
                const MeasuredQuality& quality) {
  out += out.back() == '[' ? "\n  {" : ",\n  {";
  append_json_member(out, "group", part.group.empty() ? "all" : part.group);
  append_json_member(out, "check", check);
  append_json_count(out, "texts", part.texts);
  append_json_count(out, "invented", part.invented);
  const auto append = [&](const std::string& name, double value, const Interval& interval) {
    append_json_member(out, name, value);
    append_json_member(out, name + "_low", interval.low);
    append_json_member(out, name + "_high", interval.high);
  };
  append("average_precision", quality.value.average_precision, quality.average_precision);
  append("roc_auc", quality.value.area, quality.area);
  append("localisation", quality.value.localisation, quality.localisation);
  out.push_back('}');
}

void append_quality(std::string& out, const char* name, const CheckQuality& quality) {
  append_json_key(out, name);
  out.push_back('{');
  append_json_member(out, "average_precision", quality.average_precision);
  append_json_member(out, "roc_auc", quality.area);
  append_json_member(out, "localisation", quality.localisation);
  out.push_back('}');
}

/// Means of FaithScore's own labels: of the answers that have facts, or sub-sentences.
double mean(const std::vector<double>& values) {
  double sum = 0, n = 0;
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    sum += value;
    ++n;
  }
  return n > 0 ? sum / n : NAN;
}

std::string json(const WordsStudy& study) {
  std::string out = "{\"schema\":\"vernier.probe.words/1\"";
  append_json_member(out, "format", study.labelled.format);
  const WordsPart& all = study.parts.front();
  append_json_key(out, "counts");
  out.push_back('{');
  append_json_count(out, "texts", all.texts);
  append_json_count(out, "invented", all.invented);
  append_json_count(out, "images", study.labelled.images.size());
  append_json_count(out, "marked_words", all.marked);
  append_json_count(out, "marked_and_unsupported", all.marked_found);
  append_json_count(out, "unmarked_words", all.unmarked);
  append_json_count(out, "unmarked_and_unsupported", all.unmarked_found);
  out.push_back('}');
  append_quality(out, "scores", all.words.value);
  append_quality(out, "chair", all.chair.value);
  append_json_key(out, "checks");
  out.push_back('[');
  for (const WordsPart& part : study.parts) {
    append_row(out, part, "words", part.words);
    append_row(out, part, "chair", part.chair);
    append_row(out, part, "difference", part.difference);
  }
  out.push_back(']');
  if (!study.labelled.fact_scores.empty()) {
    out += ",\n \"labels\":{";
    append_json_member(out, "faithscore", mean(study.labelled.fact_scores));
    append_json_member(out, "descriptive_share", mean(study.labelled.descriptive_shares));
    out.push_back('}');
  }
  if (!std::isfinite(all.words.value.localisation)) {
    out += ",\n \"undefined\":{";
    append_json_member(out, "localisation", "the file does not say which words are invented");
    out.push_back('}');
  }
  append_json_member(out, "signature", study.signature);
  return out + "}\n";
}

void add_rows(TextRows& rows, const WordsPart& part) {
  const auto row = [&](const char* check, const MeasuredQuality& quality) {
    rows.push_back({printable(part.group.empty() ? "all" : part.group, 40),
                    std::to_string(part.invented) + " of " + std::to_string(part.texts), check,
                    percent(quality.value.average_precision, quality.average_precision),
                    percent(quality.value.area, quality.area),
                    percent(quality.value.localisation, quality.localisation)});
  };
  row("words", part.words);
  row("CHAIR", part.chair);
  row("difference", part.difference);
}

}  // namespace

std::string words_text(const WordsStudy& study, OutputFormat format) {
  if (format == OutputFormat::kJson) return json(study);
  const bool markdown = format == OutputFormat::kMarkdown;
  TextRows rows = {{"texts", "invented", "check", "average precision", "ROC AUC", "localisation"}};
  for (const WordsPart& part : study.parts) add_rows(rows, part);
  std::string out = markdown ? markdown_table(rows, "lrlrrr") : text_table(rows, "lrlrrr");
  const WordsPart& all = study.parts.front();
  std::string notes;
  if (all.marked > 0) {
    notes += fmt::format("unsupported: {} of {} content words that are marked, {} of {} others\n",
                         all.marked_found, all.marked, all.unmarked_found, all.unmarked);
  }
  if (!study.labelled.fact_scores.empty()) {
    notes += fmt::format("by the labels: FaithScore {:.2f}, descriptive sub-sentences {:.2f}\n",
                         100 * mean(study.labelled.fact_scores),
                         100 * mean(study.labelled.descriptive_shares));
  }
  notes += "95 % intervals over images; difference: words - CHAIR\n" + study.signature + "\n";
  return out + "\n" + (markdown ? markdown_text(notes) : notes);
}

std::string words_evidence(const WordsStudy& study) {
  std::string out;
  for (std::size_t i = 0; i < study.texts.size(); ++i) {
    const probes::LabelledText& text = study.labelled.texts[i];
    const CheckedText& checked = study.texts[i];
    out.push_back('{');
    append_json_member(out, "id", text.id);
    append_json_member(out, "image_id", study.labelled.images[text.image]);
    append_json_member(out, "text", text.text);
    append_json_key(out, "invented");
    out += text.invented ? "true" : "false";
    append_checked_words(out, checked.words);
    append_json_key(out, "chair");
    out.push_back('[');
    for (const probes::JudgedMention& mention : checked.chair.mentions) {
      out += out.back() == '[' ? "{" : ",{";
      append_json_count(out, "start", mention.place.begin);
      append_json_count(out, "end", mention.place.end);
      append_json_member(out, "object", study.vocabulary.class_name(mention.object));
      append_json_member(out, "verdict", mention.hallucinated ? "hallucinated" : "supported");
      out.push_back('}');
    }
    out += "]}\n";
  }
  return out;
}

}  // namespace vernier
