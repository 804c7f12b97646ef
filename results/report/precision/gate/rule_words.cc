#include "results/report/precision/gate/rule_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "results/report/wording.h"

namespace vernier::report {
namespace {

struct KnownRule {
  const char *metric, *question, *unit, *level;
  double scale;
};
constexpr std::array kKnown = {
    KnownRule{"kl", "How far do expectations of the next token move?",
              "nats a token (KL divergence)", "logits", 1},
    KnownRule{"top-changed", "How often is another next token the likeliest?", "% of tokens",
              "logits", 100},
    KnownRule{"answers-changed", "How many questions get another answer?", "% of questions",
              "answers", 100},
    KnownRule{"right", "How many right answers are lost?", "% of questions", "answers", 100},
    KnownRule{"verdicts-moved", "How far do its ratings of captions move?", "points of 100",
              "verdicts", 1},
    KnownRule{"visce", "How much lower does it rate captions?", "points of 100", "verdicts", 1},
    KnownRule{"tau-people", "How much agreement with people is lost?", "Kendall's tau-b",
              "verdicts", 1}};

}  // namespace

RuleWords rule_words(const PrecisionRule& rule) {
  const auto* const known = std::ranges::find(kKnown, rule.metric, &KnownRule::metric);
  RuleWords out = known == kKnown.end()
                      ? RuleWords{fmt::format("How much worse is {}?", score_title(rule.metric)),
                                  "", "captions", 1}
                      : RuleWords{known->question, known->unit, known->level, known->scale};
  if (!rule.slice.empty()) out.question += fmt::format(" ({})", rule.slice);
  return out;
}

std::string rule_state(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPass:
      return "pass";
    case Verdict::kRegression:
      return "fails";
    case Verdict::kInconclusive:
      return "cannot be told";
    case Verdict::kUnmeasured:
    case Verdict::kInvalid:
      break;
  }
  return "not judged";
}

std::string rule_tone(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPass:
      return "fine";
    case Verdict::kRegression:
      return "flagged";
    case Verdict::kInconclusive:
      return "undecided";
    case Verdict::kUnmeasured:
    case Verdict::kInvalid:
      break;
  }
  return "plain";
}

}  // namespace vernier::report
