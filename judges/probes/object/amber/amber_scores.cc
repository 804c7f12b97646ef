#include "judges/probes/object/amber/amber_scores.h"

#include <fmt/format.h>

#include <string>

namespace vernier::probes {
namespace {

/// To one decimal as Python's round() does it: the binary value decides.
double rounded(double value) { return std::stod(fmt::format("{:.1f}", value)); }

double percent(std::uint64_t part, std::uint64_t whole, double base) {
  return rounded(static_cast<double>(part) / (static_cast<double>(whole) + base) * 100);
}

}  // namespace

AmberAnswers& AmberAnswers::operator+=(const AmberAnswers& other) {
  n += other.n;
  correct += other.correct;
  truth_no += other.truth_no;
  answered_no += other.answered_no;
  true_no += other.true_no;
  neither += other.neither;
  return *this;
}

Verdict amber_official_verdict(std::string_view answer) {
  if (answer == "Yes") return Verdict::kYes;
  return answer == "No" ? Verdict::kNo : Verdict::kUnclear;
}

void count_answer(Verdict answer, bool truth_is_yes, AmberAnswers& counts) {
  const bool yes = answer == Verdict::kYes, no = answer == Verdict::kNo;
  ++counts.n;
  counts.correct += truth_is_yes ? yes : no;
  counts.truth_no += !truth_is_yes;
  counts.answered_no += no;
  counts.true_no += no && !truth_is_yes;
  counts.neither += !yes && !no;
}

AmberAnswers& AmberQuestions::of(AmberTask task) {
  switch (task) {
    case AmberTask::kState:
      return state;
    case AmberTask::kNumber:
      return number;
    case AmberTask::kAction:
      return action;
    case AmberTask::kExistence:
      return existence;
    default:
      return relation;
  }
}

AmberAnswers AmberQuestions::attribute() const {
  AmberAnswers sum = state;
  sum += number;
  return sum += action;
}

AmberAnswers AmberQuestions::all() const {
  AmberAnswers sum = attribute();
  sum += existence;
  return sum += relation;
}

std::vector<std::pair<const char*, AmberAnswers>> AmberQuestions::groups() const {
  return {{"all", all()},        {"existence", existence}, {"attribute", attribute()},
          {"state", state},      {"number", number},       {"action", action},
          {"relation", relation}};
}

AmberAnswerScores amber_answer_scores(std::string_view group, const AmberAnswers& counts) {
  const double base = group == "attribute" ? 0.003 : 0.001;
  AmberAnswerScores scores;
  scores.accuracy = percent(counts.correct, counts.n, base);
  scores.precision = percent(counts.true_no, counts.answered_no, base);
  scores.recall = percent(counts.true_no, counts.truth_no, base);
  const double guard = group == "existence" ? 0.001 : 0.0001;
  const double p = scores.precision / 100, r = scores.recall / 100;
  scores.f1 = rounded(2 * p * r / (p + r + guard) * 100);
  return scores;
}

AmberTextScores amber_text_scores(const AmberGenerative& counts) {
  AmberTextScores scores;
  scores.chair = percent(counts.hallucinated, counts.mentions, 0.001);
  scores.cover = percent(counts.covered, counts.truth, 0.001);
  scores.cog = percent(counts.hit, counts.targets, 0.001);
  // The script rounds 100 minus the share of clean responses.
  const double clean =
      static_cast<double>(counts.clean) / (static_cast<double>(counts.n) + 0.001) * 100;
  scores.hal = rounded(100 - clean);
  return scores;
}

double amber_score(double chair, double f1) { return ((100 - chair) + f1) / 2; }

}  // namespace vernier::probes
