#include <cmath>

#include "base/json_text.h"
#include "runners/probe/answers/output/yes_no_json.h"
#include "runners/probe/answers/vqa/vqa_output.h"

namespace vernier {
namespace {

using probes::kVqaScoreNames;
using probes::kVqaScores;

void append_summary(std::string& out, const probes::VqaSummary& summary) {
  append_json_key(out, "counts");
  out += '{';
  append_json_count(out, "n", summary.n);
  append_json_count(out, "empty", summary.empty);
  append_json_count(out, "unparsed_letters", summary.unparsed_letters);
  out += '}';
  const auto append = [&](std::string_view key, double probes::RatioEstimate::*value) {
    append_json_key(out, key);
    out += '{';
    for (std::size_t n = 0; n < kVqaScores; ++n) {
      append_json_member(out, kVqaScoreNames[n], 100 * summary.scores[n].*value);
    }
    out += '}';
  };
  append("scores", &probes::RatioEstimate::value);
  append("standard_errors", &probes::RatioEstimate::error);
  append_json_key(out, "scored");
  out += '{';
  for (std::size_t n = 0; n < kVqaScores; ++n) {
    append_json_count(out, kVqaScoreNames[n], summary.scores[n].n);
  }
  out += '}';
  append_json_key(out, "undefined");
  out += '{';
  for (std::size_t n = 0; n < kVqaScores; ++n) {
    if (std::isnan(summary.scores[n].value)) {
      append_json_member(out, kVqaScoreNames[n], probes::undefined_reason(n));
    }
  }
  out += '}';
}

void append_yes(std::string& out, const probes::YesShares& yes) {
  if (yes.answers.whole + yes.other == 0) return;
  append_json_key(out, "yes_no");
  out += '{';
  append_share(out, "answers_yes", yes.answers);
  append_share(out, "people_yes", yes.people);
  append_json_count(out, "neither", yes.other);
  out += '}';
}

}  // namespace

std::string vqa_json(const VqaStudy& study) {
  std::string out = "{\"schema\":\"vernier.probe.vqa/1\"";
  append_json_member(out, "format", probes::vqa_format_name(study.questions.format));
  append_json_member(out, "mode", study.method.strict ? "strict" : "official");
  append_json_member(out, "normaliser", probes::normaliser_name(study.method.normaliser));
  append_json_member(out, "signature", study.signature);
  append_summary(out, study.all);
  append_yes(out, study.yes);
  if (study.unanswerable_precision) {
    append_json_member(out, "unanswerable_average_precision", 100 * *study.unanswerable_precision);
  }
  append_json_key(out, "groups");
  out += '[';
  for (const probes::VqaGroup& group : study.groups) {
    out += out.ends_with('[') ? "\n{" : ",\n{";
    append_json_member(out, "by", group.field);
    append_json_member(out, "value", group.value);
    append_summary(out, probes::summarise(study.answers, group.answers));
    out += '}';
  }
  out += ']';
  append_join(out, study.join);
  return out + "}\n";
}

std::string vqa_evidence(const VqaStudy& study) {
  std::string out;
  for (const probes::VqaAnswer& answer : study.answers) {
    const probes::JoinItem& item = study.questions.items[answer.question];
    const probes::VqaQuestion& question = study.questions.questions[answer.question];
    out += '{';
    append_json_member(out, "question_id", item.id);
    append_json_member(out, "image_id", item.image);
    append_json_member(out, "answer", answer.text);
    append_json_member(out, "normalised",
                       probes::normalised_answer(answer.text, study.method.normaliser));
    append_json_key(out, "right");
    append_json_strings(out, question.answers);
    if (question.letter != 0) {
      append_json_member(out, "right_letter", std::string_view(&question.letter, 1));
      append_json_key(out, "letter");
      if (answer.letter) {
        append_json_string(out, std::string_view(&*answer.letter, 1));
      } else {
        out += "null";
      }
    }
    append_json_key(out, "scores");
    out += '{';
    for (std::size_t n = 0; n < kVqaScores; ++n) {
      append_json_member(out, kVqaScoreNames[n], 100 * answer.scores[n]);
    }
    out += "}}\n";
  }
  return out;
}

}  // namespace vernier
