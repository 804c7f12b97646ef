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

void append_measured(std::string& out, const char* name, double value, const Interval& interval) {
  append_json_key(out, name);
  out.push_back('{');
  append_json_member(out, "value", value);
  append_json_member(out, "low", interval.low);
  append_json_member(out, "high", interval.high);
  out.push_back('}');
}

void append_quality(std::string& out, const char* name, const MeasuredQuality& quality) {
  append_json_key(out, name);
  out.push_back('{');
  append_measured(out, "average_precision", quality.value.average_precision,
                  quality.average_precision);
  append_measured(out, "roc_auc", quality.value.area, quality.area);
  append_measured(out, "localisation", quality.value.localisation, quality.localisation);
  out.push_back('}');
}

void append_part(std::string& out, const WordsPart& part) {
  append_json_count(out, "texts", part.texts);
  append_json_count(out, "invented", part.invented);
  append_quality(out, "words", part.words);
  append_quality(out, "chair", part.chair);
  append_quality(out, "difference", part.difference);
  append_json_key(out, "unsupported");
  out.push_back('{');
  append_json_count(out, "marked_words", part.marked);
  append_json_count(out, "marked_and_unsupported", part.marked_found);
  append_json_count(out, "unmarked_words", part.unmarked);
  append_json_count(out, "unmarked_and_unsupported", part.unmarked_found);
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
  append_json_count(out, "images", study.labelled.images.size());
  out += ",\n \"scores\":{";
  append_part(out, study.parts.front());
  out.push_back('}');
  if (study.parts.size() > 1) {
    out += ",\n \"groups\":{";
    for (std::size_t i = 1; i < study.parts.size(); ++i) {
      append_json_key(out, study.parts[i].group);
      out.push_back('{');
      append_part(out, study.parts[i]);
      out.push_back('}');
    }
    out.push_back('}');
  }
  if (!study.labelled.fact_scores.empty()) {
    out += ",\n \"labels\":{";
    append_json_member(out, "faithscore", mean(study.labelled.fact_scores));
    append_json_member(out, "descriptive_share", mean(study.labelled.descriptive_shares));
    out.push_back('}');
  }
  if (!std::isfinite(study.parts.front().words.value.localisation)) {
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
