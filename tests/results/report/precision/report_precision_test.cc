// One candidate against a checkpoint on the report's page: the gate, and what each level says.
#include <gtest/gtest.h>

#include <fstream>

#include "tests/results/report/precision/made_up_precision.h"

namespace vernier::tests {
namespace {

/// A part of the page about the only candidate.
std::string part(const std::string& page, const std::string& name = "") {
  return section_of(page, name.empty() ? "precision-1" : "precision-1-" + name);
}

/// A page whose gate says so.
std::string judged(const std::string& verdict, const std::vector<Json>& rules,
                   const char* failure = nullptr) {
  Json document = made_up_precision();
  Json& gate = only_pair(document)["gate"];
  gate["verdict"] = verdict;
  gate["rules"] = rules;
  if (failure != nullptr) gate["failure"] = failure;
  return precision_page(document);
}

TEST(ReportPrecision, AnswersAtOnceWhetherItIsStillGood) {
  const std::string page = precision_page(made_up_precision());
  EXPECT_TRUE(has(page, "<h1>int4 against fp16</h1>"));
  EXPECT_FALSE(has(page, "/models/")) << "a page does not say where files lie";
  const std::string gate = part(page);
  EXPECT_TRUE(has(page, "<section id=\"precision-1\" class=\"ruling pass\">"));
  EXPECT_TRUE(has(gate, "<h2>Still good: int4 is within all that is allowed (2 rules).</h2>"));
  EXPECT_TRUE(has(gate,
                  "300 pictures, 300 captions that people wrote, 600 questions, 2,759 captions to "
                  "be judged"));
  EXPECT_TRUE(has(gate,
                  "<a href=\"#precision-1-logits\">How far do expectations of the next token "
                  "move?</a>"));
  EXPECT_TRUE(has(gate,
                  "<b>0.0090</b> [0.0075, 0.0135] <small>nats a token (KL divergence); allowed: "
                  "0.03</small>"));
  EXPECT_TRUE(has(gate, "<b>0.44</b> [0.31, 0.61] <small>% of tokens; allowed: 5</small>"));
  EXPECT_FALSE(has(gate, "Where it comes from")) << "there is nothing to explain";
  EXPECT_TRUE(has(gate, "Bounds: the usual bounds."));
}

TEST(ReportPrecision, RulesShareAScaleWithTheBoundAsALine) {
  // From -0.25 to 1.6 of what is allowed, six units of margin, 248 wide: 0.009 of 0.03 is 0.3.
  const std::string gate = part(precision_page(made_up_precision()));
  EXPECT_TRUE(has(gate, "<circle cx=\"79.7\""));
  EXPECT_TRUE(has(gate, "<path class=\"limit\" d=\"M173.6 1v20\"/>"));
  // 7 of 3 and 6.4 of 3: beyond the scale, which ends at three times what is allowed.
  const std::string far =
      part(judged("regression", {made_up_rule("kl", "regression", 0.3, 0.2, 0.4, 0.03)}));
  EXPECT_TRUE(has(far, "class=\"strip-chart flagged\""));
  EXPECT_TRUE(has(far, "<path class=\"arrow\" d=\"M253.0"));
  EXPECT_FALSE(has(far, "<circle"));
}

TEST(ReportPrecision, ALossOfAScoreThatShouldBeHighIsALossToo) {
  Json rule = made_up_rule("tau-people", "inconclusive", 0.0117, 0.0078, 0.016, 0.01);
  rule["baseline"] = 0.9241;
  rule["candidate"] = 0.9124;
  rule["clusters_wanted"] = 1234.0;
  const std::string page = judged("inconclusive", {rule});
  EXPECT_TRUE(has(part(page), "<h2>Cannot be told: 1 of 1 rule needs more data"));
  EXPECT_TRUE(
      has(part(page),
          "<b>0.0117</b> [0.0078, 0.0160] <small>Kendall&#39;s tau-b; allowed: 0.01</small> "
          "<small>(0.9241 → 0.9124)</small>"));
  EXPECT_TRUE(has(part(page), "class=\"strip-chart undecided\""));
  EXPECT_TRUE(has(part(page), "<small>about 1234 pictures would decide it</small>"));
}

TEST(ReportPrecision, WhatFailsIsNamedWithThePartOfTheModel) {
  const std::string page =
      judged("regression", {made_up_rule("kl", "regression", 0.3, 0.2, 0.4, 0.03),
                            made_up_rule("top-changed", "pass", 0.0044, 0.0031, 0.0061, 0.05)});
  EXPECT_TRUE(has(page, "class=\"ruling regression\""));
  EXPECT_TRUE(
      has(part(page), "<h2>Not good enough: int4 is worse than allowed in 1 of 2 rules.</h2>"));
  EXPECT_TRUE(has(part(page), "<b class=\"state flagged\">fails</b>"));
  EXPECT_TRUE(has(part(page), "mostly <strong>language layer 10, mlp</strong>"));
  EXPECT_TRUE(
      has(part(page), "0.0119 nats, 5.4 times as far as the next, language layer 2, attention"));
}

TEST(ReportPrecision, WhatWasNotJudgedSaysWhy) {
  const std::string page = judged("error", {}, "no level was measured");
  EXPECT_TRUE(has(part(page), "<h2>Not judged: no level was measured.</h2>"));
  EXPECT_TRUE(has(page, "class=\"ruling error\""));
  const Json unmeasured = {{"metric", "cider"},
                           {"slice", "meta.source = coco"},
                           {"samples", 3},
                           {"verdict", "unmeasured"},
                           {"reason", "3 samples, min_samples is 100"},
                           {"alpha", 0.05},
                           {"baseline", 1.5},
                           {"candidate", 1.4}};
  const std::string open = part(judged("error", {unmeasured}));
  EXPECT_TRUE(has(open, "<b class=\"state plain\">not judged</b>"));
  EXPECT_TRUE(has(open, "How much worse is CIDEr? (meta.source = coco)"));
  EXPECT_TRUE(has(open, "<span class=\"why\">3 samples, min_samples is 100</span>"));
}

TEST(ReportPrecision, BoundsOfTheScoreItselfHaveAScaleOfTheirOwn) {
  const Json rule = {{"metric", "right"},  {"samples", 300},     {"verdict", "regression"},
                     {"reason", "below"},  {"alpha", 0.05},      {"min_value", 0.98},
                     {"baseline", 0.9889}, {"candidate", 0.9617}};
  const std::string gate = part(judged("regression", {rule}));
  EXPECT_TRUE(has(gate, "<b>0.962</b> <small>at least 0.98</small>"));
  EXPECT_TRUE(has(gate, "class=\"strip-chart flagged\""));
  // Nothing is allowed: the loss itself is drawn, with the bound at 0.
  const std::string none =
      part(judged("regression", {made_up_rule("kl", "regression", 0.3, 0.2, 0.4, 0)}));
  EXPECT_TRUE(has(none, "<b>0.3000</b> [0.2000, 0.4000]"));
  EXPECT_TRUE(has(none, "<circle"));
}

TEST(ReportPrecision, APolicyThatLetsTheUndecidedPassIsNotHidden) {
  const std::string page =
      judged("pass", {made_up_rule("kl", "pass", 0.01, 0.009, 0.011, 0.03),
                      made_up_rule("top-changed", "inconclusive", 0.05, 0.04, 0.06, 0.05)});
  EXPECT_TRUE(has(part(page), "int4 passes 1 of 2 rules; the policy lets the others pass."));
}

TEST(ReportPrecision, BothCheckpointsHaveTheirRatios) {
  const std::string page = precision_page(made_up_precision());
  const std::string table = part(page, "checkpoints");
  EXPECT_TRUE(has(table,
                  "<th scope=\"row\">MB</th><td class=\"number\">16.00</td><td "
                  "class=\"number\">2.33</td><td class=\"number\">× 0.15</td>"));
  EXPECT_TRUE(has(table, "<td class=\"number\">33,540</td>"));
  EXPECT_TRUE(has(table, "<td class=\"number\">12.2</td>"));
  EXPECT_FALSE(has(table, "J a token")) << "the processor did not tell";
  Json without = made_up_precision();
  only_pair(without)["b"].erase("speed");
  without["a"].erase("speed");
  EXPECT_FALSE(has(part(precision_page(without), "checkpoints"), "tokens/s"));
}

TEST(ReportPrecision, LogitsStandOnAScaleOfTensBesidePublishedNumbers) {
  const std::string logits = part(precision_page(made_up_precision()), "logits");
  EXPECT_TRUE(has(logits, "<b>0.00969</b> [0.00715, 0.0144]"));
  EXPECT_TRUE(has(logits, "8.76·10⁻⁵"));
  EXPECT_TRUE(has(logits, "published, ◇"));
  EXPECT_TRUE(has(logits, "8 bits 0.00024, 5 bits 0.0047, 3 bits 0.066"));
  // From 10^-5 to 10^1, 248 wide: log10(0.03) lies 3.477 steps from the left.
  EXPECT_TRUE(has(logits, "<path class=\"limit\" d=\"M149.7 1v20\"/>"));
  EXPECT_TRUE(has(logits, "<b>99.56</b> [99.35, 99.72]"));
  EXPECT_TRUE(has(logits, "<td class=\"number\">−16.41</td>"));
  EXPECT_TRUE(has(logits, "<b>1.0079</b> [1.0048, 1.0128]"));
  EXPECT_TRUE(has(logits, "1 text could not be read"));
  Json same = made_up_precision();
  for (auto& [key, value] : only_pair(same)["logits"]["kl"].items()) value = 0;
  EXPECT_TRUE(has(part(precision_page(same), "logits"), "<b>0</b> [0, 0]"));
}

TEST(ReportPrecision, CaptionsAreScoredAndTheFirstDifferenceIsMarked) {
  const std::string captions = part(precision_page(made_up_precision()), "captions");
  EXPECT_TRUE(has(captions, "<strong>277 of 300 (92.3\u00a0%)</strong> captions are the same"));
  EXPECT_TRUE(has(captions, "The other 21 part after 14 tokens"));
  EXPECT_TRUE(has(captions, "2 pictures could not be compared"));
  EXPECT_TRUE(has(captions, "CIDEr</th><td class=\"number\">5.3742</td>"));
  EXPECT_TRUE(has(captions, "<span class=\"worse\">▼ worse</span>"));
  EXPECT_TRUE(has(captions, "Parts of spice-fast"));
  EXPECT_TRUE(has(captions, "a <mark class=\"m3\">red</mark> dog and a cat"));
  EXPECT_TRUE(has(captions, "a <mark class=\"m3\">blue</mark> dog and a cat"));
  Json without = made_up_precision();
  only_pair(without)["captions"].erase("comparison");
  EXPECT_TRUE(has(part(precision_page(without), "captions"), "there are no references"));
}

TEST(ReportPrecision, AnswersThatFlippedStandOnBothSidesOfALine) {
  const std::string answers = part(precision_page(made_up_precision()), "answers");
  EXPECT_TRUE(has(answers, "<strong>14 of 600 (2.3\u00a0%)</strong> questions got another answer"));
  EXPECT_TRUE(has(answers, "11 went from right to wrong, 3 from wrong to right"));
  EXPECT_TRUE(has(answers, "may well be chance (McNemar's exact test, p 0.0570)"));
  // 9 is the most: 86 wide; 3 are a third of that.
  EXPECT_TRUE(has(answers, "<rect class=\"worse\" x=\"44.0\" y=\"3\" width=\"86.0\""));
  EXPECT_TRUE(has(answers, "<rect class=\"better\" x=\"130.0\" y=\"3\" width=\"28.7\""));
  EXPECT_TRUE(has(answers, "96.7 → 94.7 % <small>of 300; p 0.1460</small>"));
  const std::string broken = between(answers, "Right before, wrong now", "</article>");
  EXPECT_TRUE(has(broken, "<p class=\"question\">How many dogs?</p>"));
  EXPECT_TRUE(has(broken, "2 <small class=\"better\">right</small>"));
  EXPECT_TRUE(has(broken, "3 <small class=\"worse\">wrong</small>"));
  const std::string repaired = between(answers, "Wrong before, right now", "</article>");
  EXPECT_TRUE(has(repaired, "5 <small class=\"better\">right</small>"));
}

TEST(ReportPrecision, VerdictsSayHowFarRatingsMove) {
  const std::string verdicts = part(precision_page(made_up_precision()), "verdicts");
  EXPECT_TRUE(has(verdicts, "moves by <b>0.57</b> [0.51, 0.66] points on average"));
  EXPECT_TRUE(has(verdicts, "from 67.84 to 67.87 (+0.03 [−0.05, +0.10])"));
  EXPECT_TRUE(has(verdicts, "tau-b 0.936, Pearson 0.9985"));
  EXPECT_TRUE(has(verdicts, "<b>0.9241</b> [0.9188, 0.9289]"));
  EXPECT_TRUE(has(verdicts, "−0.0037 [−0.0071, −0.0006] (p 0.0280)"));
  EXPECT_TRUE(has(verdicts, "3 of <b class=\"badge run-1\">b</b>"));
  EXPECT_LT(verdicts.find("p9#1"), verdicts.find("p7#3")) << "40 points are more than 23.7";
}

TEST(ReportPrecision, UnitsStandInTheOrderOfTheModel) {
  const std::string units = part(precision_page(made_up_precision()), "units");
  EXPECT_LT(units.find("vision layer 1<"), units.find("language layer 2<"));
  EXPECT_LT(units.find("language layer 2<"), units.find("language layer 10<"));
  EXPECT_TRUE(has(units, "<mark class=\"m3\"><b>0.0119</b></mark> <small>largest</small>"));
  EXPECT_TRUE(has(units, "<rect class=\"bar run-3\" x=\"1\" y=\"1\" width=\"258.0\""));
  EXPECT_TRUE(
      has(units,
          "The same in both: vision embeddings, vision layer 0, vision layers 2–3, projector, "
          "language layers 0–1 mlp."));
}

TEST(ReportPrecision, WhatIsMissingHasItsReason) {
  Json document = made_up_precision();
  Json& pair = only_pair(document);
  for (const char* level : {"captions", "answers", "units"}) pair.erase(level);
  pair["skipped"] = {{{"level", "answers"}, {"reason", "no questions: --questions <FILE>"}}};
  const std::string page = precision_page(document);
  EXPECT_TRUE(has(part(page, "missing"),
                  "<strong>answers</strong>: no questions: --questions &lt;FILE&gt;"));
  EXPECT_TRUE(has(part(page, "missing"), "<strong>captions, units</strong>: not asked for"));
  EXPECT_FALSE(has(page, "<section id=\"precision-1-captions\""));
  EXPECT_FALSE(has(page, "<a href=\"#precision-1-captions\">Captions</a>"));
  EXPECT_FALSE(has(precision_page(made_up_precision()), "Not measured"));
}

TEST(ReportPrecision, ExamplesHaveTheirPictures) {
  const TemporaryFolder folder;
  const std::string gif = "GIF89a\x01";
  for (const char* name : {"p1.gif", "p3.gif"}) {
    std::ofstream(folder.path(name), std::ios::binary) << gif;
  }
  report::Options options = quick_options();
  options.precisions = {folder.write("precision.json", made_up_precision().dump())};
  options.images = folder.path("").string();
  options.shown = 1;
  const std::string page = report::html_report({}, options);
  EXPECT_TRUE(has(part(page, "captions"), "alt=\"image p1\" src=\"data:image/gif;base64,"));
  EXPECT_FALSE(has(part(page, "captions"), "<code>p2</code>")) << "one example is wanted";
  EXPECT_TRUE(has(part(page, "answers"), "alt=\"image p3\""));
  EXPECT_TRUE(has(part(page, "answers"), "its image")) << "each picture is in the page once";
  EXPECT_TRUE(has(page, "2 images in this file."));
}

TEST(ReportPrecision, StandsBesideRuns) {
  const auto run = made_up_run({1, 2, 3});
  const std::string page =
      precision_page(std::vector{made_up_precision().dump()}, std::span(&run, 1));
  EXPECT_TRUE(has(page, "<h1>s.jsonl</h1>"));
  EXPECT_LT(page.find("id=\"precision-1\""), page.find("id=\"scores\""));
  EXPECT_TRUE(has(page, "<a href=\"#scores\">Scores</a>"));
}

TEST(ReportPrecision, SameBytesAgain) {
  EXPECT_EQ(precision_page(made_up_precision()), precision_page(made_up_precision()));
}

}  // namespace
}  // namespace vernier::tests
