#include "runners/probe/amber/amber_output.h"

#include <fmt/format.h>

#include <limits>

#include "base/json_text.h"
#include "runners/output/text_table.h"
#include "runners/probe/amber/amber_run.h"

namespace vernier {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

void append_counts(std::string& out, const probes::AmberAnswers& counts) {
  append_json_count(out, "n", counts.n);
  append_json_count(out, "correct", counts.correct);
  append_json_count(out, "truth_no", counts.truth_no);
  append_json_count(out, "answered_no", counts.answered_no);
  append_json_count(out, "true_no", counts.true_no);
  append_json_count(out, "neither", counts.neither);
}

void append_groups(std::string& out, const probes::AmberQuestions& questions) {
  for (const auto& [name, counts] : questions.groups()) {
    append_json_key(out, name);
    out.push_back('{');
    append_counts(out, counts);
    out.push_back('}');
  }
}

/// Appends the scores of the questions; the F1 of all of them. Scores without cases are null,
/// whatever the official printout says.
double append_question_scores(std::string& out, const probes::AmberQuestions& questions) {
  double f1 = kNaN;
  for (const auto& [name, counts] : questions.groups()) {
    const probes::AmberAnswerScores s = probes::amber_answer_scores(name, counts);
    const bool all = std::string_view(name) == "all";
    const std::string tail = all ? "" : std::string("/") + name;
    append_json_member(out, "accuracy" + tail, counts.n > 0 ? s.accuracy : kNaN);
    append_json_member(out, "precision" + tail, counts.answered_no > 0 ? s.precision : kNaN);
    append_json_member(out, "recall" + tail, counts.truth_no > 0 ? s.recall : kNaN);
    append_json_member(out, "f1" + tail, counts.truth_no > 0 ? s.f1 : kNaN);
    if (all && counts.truth_no > 0) f1 = s.f1;
  }
  return f1;
}

void append_scores(std::string& out, const AmberStudy& study) {
  const probes::AmberTextScores texts = probes::amber_text_scores(study.texts);
  const bool described = study.texts.n > 0;
  append_json_member(out, "chair", study.texts.mentions > 0 ? texts.chair : kNaN);
  append_json_member(out, "cover", study.texts.truth > 0 ? texts.cover : kNaN);
  append_json_member(out, "hal", described ? texts.hal : kNaN);
  append_json_member(out, "cog", study.texts.targets > 0 ? texts.cog : kNaN);
  const double f1 = append_question_scores(out, study.questions);
  append_json_member(out, "amber", probes::amber_score(described ? texts.chair : kNaN, f1));
}

std::string json(const AmberStudy& study) {
  const probes::AmberGenerative& t = study.texts;
  std::string out = "{\"schema\":\"vernier.probe.amber/1\",\n \"generative\":{";
  append_json_count(out, "n", t.n);
  append_json_count(out, "chair_bad", t.hallucinated);
  append_json_count(out, "chair_mentions", t.mentions);
  append_json_count(out, "cover_hit", t.covered);
  append_json_count(out, "cover_total", t.truth);
  append_json_count(out, "cog_hit", t.hit);
  append_json_count(out, "cog_total", t.targets);
  append_json_count(out, "non_hal", t.clean);
  out += "},\n \"discriminative\":{";
  append_groups(out, study.questions);
  out += "},\n \"scores\":{";
  append_scores(out, study);
  out += "},\n \"strict\":{\"discriminative\":{";
  append_groups(out, study.strict);
  out += "},\"scores\":{";
  append_question_scores(out, study.strict);
  out += "}},\n \"coverage\":{";
  append_json_count(out, "generative", t.n);
  append_json_count(out, "generative_asked", study.descriptions_asked);
  append_json_count(out, "discriminative", study.questions.all().n);
  append_json_count(out, "discriminative_asked", study.questions_asked);
  append_json_count(out, "repeated", study.repeated);
  out += "},\n \"degeneracy\":{";
  const probes::Degeneracy& d = study.degeneracy;
  append_json_member(out, "mean_words", d.mean_words);
  append_json_member(out, "empty_share", d.empty_share);
  append_json_member(out, "most_frequent_share", d.most_frequent_share);
  append_json_member(out, "distinct_bigrams", d.distinct_bigrams);
  append_json_member(out, "repeated_fourgrams", d.repeated_fourgrams);
  append_json_key(out, "suspicious");
  out += d.suspicious ? "true" : "false";
  if (d.suspicious) append_json_member(out, "reason", d.reason);
  out.push_back('}');
  append_json_member(out, "signature", study.signature);
  return out + "}\n";
}

std::string of(double value, std::uint64_t cases) {
  return cases > 0 ? fmt::format("{:.1f}", value) : "-";
}

TextRows text_rows(const AmberStudy& study) {
  const probes::AmberGenerative& t = study.texts;
  const probes::AmberTextScores s = probes::amber_text_scores(t);
  return {
      {"descriptions", "%", "from"},
      {"CHAIR", of(s.chair, t.mentions),
       fmt::format("{} of {} mentions hallucinated", t.hallucinated, t.mentions)},
      {"Cover", of(s.cover, t.truth), fmt::format("{} of {} objects named", t.covered, t.truth)},
      {"Hal", of(s.hal, t.n),
       fmt::format("{} of {} descriptions with a hallucination", t.n - t.clean, t.n)},
      {"Cog", of(s.cog, t.targets),
       fmt::format("{} of {} likely inventions named", t.hit, t.targets)}};
}

TextRows question_rows(const AmberStudy& study) {
  TextRows rows = {{"questions", "n", "accuracy", "precision", "recall", "F1", "neither"}};
  for (const auto& [name, counts] : study.questions.groups()) {
    const probes::AmberAnswerScores s = probes::amber_answer_scores(name, counts);
    rows.push_back({name, std::to_string(counts.n), of(s.accuracy, counts.n),
                    of(s.precision, counts.answered_no), of(s.recall, counts.truth_no),
                    of(s.f1, counts.truth_no), std::to_string(counts.neither)});
  }
  return rows;
}

std::string notes(const AmberStudy& study) {
  std::string out =
      fmt::format("answered: {} of {} descriptions, {} of {} questions\n", study.texts.n,
                  study.descriptions_asked, study.questions.all().n, study.questions_asked);
  const probes::AmberAnswers all = study.questions.all();
  if (study.texts.n > 0 && all.truth_no > 0) {
    out +=
        fmt::format("AMBER score: {:.2f}, with Cover {:.1f} and {:.1f} mentions a description\n",
                    probes::amber_score(probes::amber_text_scores(study.texts).chair,
                                        probes::amber_answer_scores("all", all).f1),
                    probes::amber_text_scores(study.texts).cover,
                    static_cast<double>(study.texts.mentions) / static_cast<double>(study.texts.n));
  }
  if (study.degeneracy.suspicious) {
    out += fmt::format(
        "the descriptions look damaged: {}; few mentions make few hallucinations, so "
        "no score here says that the model is good\n",
        study.degeneracy.reason);
  }
  if (all.neither > 0) {
    const probes::AmberAnswers strict = study.strict.all();
    out += fmt::format(
        "{} answers are neither \"Yes\" nor \"No\", word for word, and count as wrong; of these {} "
        "are unclear to a strict reader, whose F1 is {:.1f}\n",
        all.neither, strict.neither, probes::amber_answer_scores("all", strict).f1);
  }
  if (study.repeated > 0) {
    out += fmt::format("{} records repeat another and count once\n", study.repeated);
  }
  return out + study.signature + "\n";
}

}  // namespace

std::string amber_text(const AmberStudy& study, OutputFormat format) {
  if (format == OutputFormat::kJson) return json(study);
  const bool markdown = format == OutputFormat::kMarkdown;
  const auto table = [&](const TextRows& rows, std::string_view sides) {
    return markdown ? markdown_table(rows, sides) : text_table(rows, sides);
  };
  std::string out;
  if (study.texts.n > 0) out += table(text_rows(study), "lrl") + "\n";
  if (study.questions.all().n > 0) out += table(question_rows(study), "lrrrrrr") + "\n";
  return out + (markdown ? markdown_text(notes(study)) : notes(study));
}

std::string amber_evidence(const AmberStudy& study) {
  std::string out;
  for (const AmberStudy::Description& description : study.descriptions) {
    out.push_back('{');
    append_json_member(out, "id", description.id);
    append_json_member(out, "response", description.text);
    append_amber_mentions(out, description);
    out += "}\n";
  }
  return out;
}

}  // namespace vernier
