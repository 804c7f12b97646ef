// Judges on the report's page: what they see and say of a sample, how sure they are, where they and
// metrics of references differ.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "results/report/judge/reading/judge_note.h"
#include "results/report/judge/reading/judge_words.h"
#include "results/report/report.h"
#include "tests/results/report_page.h"

namespace vernier {
namespace {

using nlohmann::json;
using report::html_report;
using tests::between;
using tests::data_of;
using tests::has;
using tests::made_up_run;
using tests::MadeUpRun;
using tests::quick_options;
using tests::section_of;

std::size_t count_of(const std::string& page, const std::string& text) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = page.find(text, at)) != std::string::npos; ++at) ++count;
  return count;
}

json context_of(const std::string& thing, const std::string& features,
                const std::string& relation) {
  return {{"text", "Objects:\n- " + thing},
          {"objects", {{{"name", thing}, {"features", {features}}}}},
          {"relations", {relation}},
          {"sections_found", {"objects"}},
          {"truncated", false},
          {"loop", false}};
}

json verdict(double score, int raw, double spread, const std::vector<std::string>& flags = {},
             const std::string& status = "ok") {
  std::vector<double> deciles(10, 0.0);
  deciles[static_cast<std::size_t>(std::min(9.0, score / 10))] = 1;
  return {{"status", status},     {"scale", {0, 100}},
          {"score", score},       {"raw", raw},
          {"expectation", score}, {"spread", spread},
          {"entropy_bits", 0.5},  {"mass", 0.9},
          {"pruned", 0},          {"deciles", deciles},
          {"flags", flags},       {"prompt", "00"},
          {"tokens_in", 10},      {"context", context_of("circle", "small, red", "it is alone")}};
}

MadeUpRun judged(const std::vector<json>& verdicts) {
  MadeUpRun how;
  how.metric = "visce";
  how.signature = "visce|v:1";
  for (const json& one : verdicts) how.metas.push_back(json{{"verdict", one}, {"k", 1}}.dump());
  return how;
}

std::string page_of_two(const std::vector<double>& a, const MadeUpRun& how_a,
                        const std::vector<double>& b, const MadeUpRun& how_b) {
  std::vector<Run> runs;
  runs.push_back(made_up_run(a, how_a));
  runs.push_back(made_up_run(b, how_b));
  return html_report(runs, quick_options());
}

std::string page_of(const std::vector<double>& values, const MadeUpRun& how,
                    const report::Options& with = quick_options()) {
  std::vector<Run> runs;
  runs.push_back(made_up_run(values, how));
  return html_report(runs, with);
}

TEST(JudgeNote, ReadsWhatJudgesWriteAndNothingElse) {
  json one = verdict(80, 8, 1.5, {"asked-again"});
  one["scale"] = {0, 10};
  const auto note = report::judge_note(json{{"verdict", one}}.dump());
  ASSERT_TRUE(note);
  EXPECT_EQ(note->status, "ok");
  EXPECT_DOUBLE_EQ(note->rating->spread, 15) << "in points of 100";
  EXPECT_EQ(note->deciles.size(), 10U);
  EXPECT_EQ(note->seen->things.at(0).name, "circle");
  EXPECT_EQ(note->seen->things.at(0).features, "small, red");
  EXPECT_EQ(note->seen->relations.at(0), "it is alone");
  EXPECT_EQ(report::score_words(*note), "80.0 ± 15.0 of 100, likeliest number 8");
  for (const char* other :
       {"", "{}", R"({"verdict":"yes"})", R"({"verdict":{"score":1}})", R"({"checklist":{}})",
        R"({"pairwise":{"better_first":0.5}})", R"({"status":"ok"})", R"(["verdict"])",
        R"({"checklist":{"mentions":[{"object":"car","verdict":"hallucinated"}]}})"}) {
    EXPECT_FALSE(report::judge_note(other)) << other;
    EXPECT_EQ(report::meta_without_judge(other), other);
  }
  EXPECT_EQ(report::meta_without_judge(json{{"a", 1}, {"verdict", one}}.dump()), "{\"a\":1}");
  EXPECT_EQ(report::meta_without_judge(json{{"verdict", one}}.dump()), "");
}

TEST(JudgeNote, WhatIsMissingOrWrongIsLeftOut) {
  for (const char* deciles : {"[1]", "[0,0,0,0,0,0,0,0,0,2]", "[0,0,0,0,0,0,0,0,0,\"1\"]", "{}"}) {
    const auto note = report::judge_note(R"({"verdict":{"status":"ok","score":5,"deciles":)" +
                                         std::string(deciles) + "}}");
    ASSERT_TRUE(note) << deciles;
    EXPECT_TRUE(note->deciles.empty()) << deciles;
    EXPECT_FALSE(note->rating) << "no raw";
    EXPECT_FALSE(note->seen);
    EXPECT_EQ(report::score_words(*note), "5.0 of 100");
  }
}

TEST(ReportJudge, CardsShowContextVerdictAndRemarks) {
  json from_text = verdict(10, 10, 0, {"from-text", "no-objects"}, "context_truncated");
  for (const char* key : {"raw", "deciles", "spread", "entropy_bits", "mass", "context"}) {
    from_text.erase(key);
  }
  from_text["said"] = "about ten";
  from_text["rationale"] = "It is a square.";
  const std::string page = page_of({90, 10}, judged({verdict(90, 95, 4.25), from_text}));
  const std::string cards = section_of(page, "extremes");
  EXPECT_TRUE(has(cards, "<li><b>circle</b> small, red</li>")) << cards;
  EXPECT_TRUE(has(cards, "<li class=\"relation\">it is alone</li>"));
  EXPECT_TRUE(has(cards, "90.0 ± 4.2 of 100, likeliest number 95"));
  EXPECT_TRUE(has(cards, "90 to 100: 100\u00a0%"));
  EXPECT_EQ(count_of(cards, "class=\"tenths"), 1U) << "none where there is no distribution";
  EXPECT_TRUE(has(cards, "10.0 of 100</p>"));
  EXPECT_TRUE(has(cards, "score read from what it wrote"));
  EXPECT_TRUE(has(cards, "it lists no objects"));
  EXPECT_TRUE(has(cards, "rated with the objects of its context only"));
  EXPECT_TRUE(has(cards, "<q>about ten</q>"));
  EXPECT_TRUE(has(cards, "<p class=\"reasons\">It is a square.</p>"));
  EXPECT_TRUE(has(page, "Worst and best samples by visce"));
}

TEST(ReportJudge, HostileTextStaysText) {
  const std::string hostile = "<script>alert(1)</script>\"><img src=x> \x1b[31m \u202e";
  json one = verdict(50, 50, 1, {hostile}, hostile);
  one["context"] = context_of(hostile, hostile, hostile);
  one["context"]["objects"].push_back({{"name", hostile}, {"description", hostile}});
  one["rationale"] = one["said"] = hostile;
  MadeUpRun how;
  how.metric = "visce";
  const json claim = {{"object", hostile}, {"kind", hostile}, {"verdict", hostile}, {"p_yes", 0.5}};
  const json vote = {{"rival", hostile}, {"better_first", 0.5}, {"better_second", 0.5}};
  how.metas = {
      json{{"verdict", one}, {"checklist", {{"mentions", {claim}}}}, {"pairwise", vote}}.dump()};
  const std::string page = page_of({50}, how);
  EXPECT_FALSE(has(page, "<script>alert"));
  EXPECT_FALSE(has(page, "<img"));
  EXPECT_FALSE(has(page, "\x1b"));
  EXPECT_FALSE(has(page, "\u202e"));
  EXPECT_GE(count_of(page, "&lt;script&gt;alert(1)"), 9U);
  const json sample = data_of(page)["samples"][0];
  EXPECT_TRUE(has(sample[9][0].dump(), "<script>alert(1)")) << sample;
}

TEST(ReportJudge, TwoRunsSeeSideBySide) {
  json other = verdict(70, 70, 8);
  other["context"] = context_of("circle", "small, blue", "it is alone");
  const std::string page = page_of_two({90, 60}, judged({verdict(90, 90, 5), verdict(60, 60, 5)}),
                                       {70, 60}, judged({other, verdict(60, 60, 30)}));
  const std::string cards = section_of(page, "extremes");
  EXPECT_TRUE(has(cards, "<li class=\"only run-0\"><b>circle</b> small, red</li>")) << cards;
  EXPECT_TRUE(has(cards, "<li class=\"only run-1\"><b>circle</b> small, blue</li>"));
  EXPECT_EQ(count_of(cards, "<li class=\"relation\">it is alone</li>"), 2U);
  const json data = data_of(page);
  EXPECT_EQ(data["seen"].size(), 2U) << "equal contexts stand once";
  EXPECT_EQ(data["samples"][0][9][0][2], 0);
  EXPECT_EQ(data["samples"][0][9][1][2], 1);
  EXPECT_EQ(data["samples"][1][9][1][2], 0);
  const std::string verdicts = section_of(page, "verdicts");
  EXPECT_TRUE(has(verdicts, "none is wider"));
  EXPECT_TRUE(has(verdicts, "1 rating (50.0\u00a0%) wider"))
      << between(verdicts, "<p class=\"run\">", "<div");
}

TEST(ReportJudge, TwoJudgesOfTheSameCaptionsAreCompared) {
  MadeUpRun a = judged({verdict(90, 90, 5), verdict(60, 60, 5)}), b = a;
  b.signature = "visce|dtype:<int4>|v:1";
  EXPECT_THROW(page_of_two({90, 60}, a, {70, 60}, b), Error) << "nobody knows of which captions";
  a.captions = "1";
  b.captions = "2";
  EXPECT_THROW(page_of_two({90, 60}, a, {70, 60}, b), Error);
  b.captions = "1";
  const std::string page = page_of_two({90, 60}, a, {70, 60}, b);
  EXPECT_TRUE(has(section_of(page, "comparison-1"), "Two judges rated the same captions"));
  EXPECT_TRUE(has(section_of(page, "comparison-1"), "&lt;int4&gt;"));
  EXPECT_TRUE(has(section_of(page, "extremes"), "<code>s0</code>"));
  // Of metrics that look at captions only, signatures are as strict as ever.
  a.metric = b.metric = "cider";
  EXPECT_THROW(page_of_two({90, 60}, a, {70, 60}, b), Error);
}

TEST(ReportJudge, EqualContextsStandOnce) {
  const std::string page = page_of_two({90, 80}, judged({verdict(90, 90, 5), verdict(80, 80, 5)}),
                                       {70, 85}, judged({verdict(70, 70, 5), verdict(85, 80, 5)}));
  const std::string cards = section_of(page, "extremes");
  EXPECT_TRUE(has(cards, "sees the same"));
  EXPECT_FALSE(has(cards, "only run-"));
  EXPECT_EQ(count_of(cards, "<li><b>circle</b>"), 2U) << "one a card";
}

TEST(ReportJudge, VerdictsAreSummedUp) {
  const std::string page =
      page_of({95, 95, 15, 55},
              judged({verdict(95, 95, 1), verdict(95, 95, 2), verdict(15, 20, 3, {"loop"}),
                      verdict(55, 50, 25, {"loop"}, "truncated")}));
  const std::string text = section_of(page, "verdicts");
  EXPECT_TRUE(has(text, "half of 4 ratings are sure within ±\u00a02.5 points")) << text;
  EXPECT_TRUE(has(text, "1 rating (25.0\u00a0%) wider than ±\u00a020"));
  EXPECT_TRUE(has(text,
                  "Two captions have one score in 16.7\u00a0% of pairs, one likeliest number "
                  "in 16.7\u00a0%; the commonest of these is 95 (50.0\u00a0%)"));
  EXPECT_TRUE(has(text,
                  "what it sees repeats itself</span></th><td class=\"number\">2</td><td "
                  "class=\"number\">50.0\u00a0%</td>"));
  EXPECT_TRUE(has(text, "rated by its beginning"));
  // The widest comes first.
  const std::string unsure = between(text, "<caption>Least sure of", "</table>");
  EXPECT_LT(unsure.find("s3</span>"), unsure.find("s2</span>"));
  EXPECT_LT(unsure.find("s2</span>"), unsure.find("s0</span>"));
  // Half of the judge's probability, and of the scores, lies in the last tenth.
  EXPECT_TRUE(has(text, "class=\"stairs\""));
  EXPECT_EQ(count_of(text, "class=\"tenth\""), 10U);
}

TEST(ReportJudge, ChecklistsShowTheirClaims) {
  const auto claim = [](const char* text, const char* kind, const char* found, double p_yes) {
    return json{{"object", text}, {"kind", kind}, {"verdict", found}, {"p_yes", p_yes}};
  };
  const json list = {claim("a dog", "object", "supported", 0.97),
                     claim("a red hat", "attribute", "unsupported", 0.04),
                     claim("a cat on a mat", "relation", "unparsed", 0.55)};
  MadeUpRun how;
  how.metric = "checklist";
  how.metas = {json{{"checklist", {{"mentions", list}, {"flags", json::array()}}}}.dump(),
               R"({"checklist":{"mentions":[],"flags":["no-claims"]}})"};
  const std::string page = page_of({50, 0}, how);
  const std::string cards = section_of(page, "extremes"), text = section_of(page, "verdicts");
  EXPECT_TRUE(has(cards, "<span class=\"better\">✓ supported</span> a dog <small>yes 97\u00a0%"));
  EXPECT_TRUE(has(cards, "<span class=\"worse\">✗ unsupported</span> a red hat"));
  EXPECT_TRUE(has(cards, "the caption claims nothing that can be checked"));
  EXPECT_TRUE(has(text, "1 of 3 claims in 1 caption hold (33.3\u00a0%)")) << text;
  const std::string unsure = between(text, "Claims it is least sure of", "</table>");
  EXPECT_LT(unsure.find("a cat on a mat"), unsure.find("a dog"));
  EXPECT_FALSE(has(text, "How sure the judge is</caption>")) << "no ratings";
  EXPECT_FALSE(has(text, "class=\"stairs\""));
}

TEST(ReportJudge, VotesInBothOrders) {
  MadeUpRun how;
  how.metric = "pairwise-wins";
  for (const auto& [first, second] :
       {std::pair(0.9, 0.8), std::pair(0.2, 0.1), std::pair(0.9, 0.3), std::pair(0.4, 0.6)}) {
    how.metas.push_back(json{
        {"pairwise",
         {{"rival", "a <cat>"}, {"better_first", first}, {"better_second", second}, {"mass", 1}}}}
                            .dump());
  }
  const std::string page = page_of({100, 0, 100, 0}, how);
  const std::string cards = section_of(page, "extremes"), text = section_of(page, "verdicts");
  EXPECT_TRUE(has(text,
                  "of 4 pairs this run's caption is preferred in 1 and the other in 1, "
                  "whatever the order; 2 (50.0\u00a0%) hang on the order: the caption shown first "
                  "is preferred in 1, the second in 1."))
      << text;
  EXPECT_TRUE(has(cards, "preferred to the other caption in both orders: <q>a &lt;cat&gt;</q>"));
  EXPECT_TRUE(has(cards, "the order decides: the caption shown first is preferred"));
  EXPECT_TRUE(has(cards, "90\u00a0% when shown first, 30\u00a0% when shown second"));
}

TEST(ReportJudge, ScoresOfTwoValuesAreAShareAndNoHistogram) {
  MadeUpRun how = judged({verdict(95, 95, 1), verdict(10, 10, 1), verdict(60, 60, 1)});
  how.more = {{"visce-gross", {0, 100, 0}, true}};
  const std::string page = page_of({95, 10, 60}, how);
  const std::string text = section_of(page, "distributions");
  EXPECT_EQ(count_of(text, "<svg"), 1U);
  EXPECT_TRUE(has(
      text, "<strong>visce-gross</strong>: 100 in 1 of 3 samples (33.3\u00a0%), 0 in the others."))
      << text;
  how.more = {{"visce-gross", {0, 0, 0}, true}};
  EXPECT_TRUE(has(page_of({95, 10, 60}, how), "<strong>visce-gross</strong>: 0 in all 3 samples."));
}

/// A judge that orders eight captions as CIDEr does, but for the first and the last.
MadeUpRun disagreeing() {
  std::vector<json> verdicts;
  for (const double score : {90, 20, 30, 40, 50, 60, 70, 10}) {
    verdicts.push_back(verdict(score, static_cast<int>(score), 2));
  }
  MadeUpRun how = judged(verdicts);
  how.more = {{"cider", {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8}},
              {"ter", {8, 7, 6, 5, 4, 3, 2, 1}, true},
              {"constant", {1, 1, 1, 1, 1, 1, 1, 1}}};
  return how;
}

TEST(ReportJudge, DisagreementWithReferences) {
  const std::string page = page_of({90, 20, 30, 40, 50, 60, 70, 10}, disagreeing());
  const std::string text = section_of(page, "disagreement");
  // 15 pairs of 28 lie alike: those of the six in the middle.
  const std::string row = ">CIDEr</th><td class=\"number\">0.071 <small>[";
  EXPECT_TRUE(has(text, row)) << text;
  EXPECT_TRUE(has(text, ">TER <small>less is better</small></th><td class=\"number\">0.071"))
      << "its sign is turned";
  EXPECT_FALSE(has(text, "constant")) << "has no order";
  EXPECT_FALSE(has(text, "visce-gross"));
  const std::string likes = between(text, "visce likes them, CIDEr does not", "<h3>");
  EXPECT_TRUE(has(likes,
                  "<h4><code>s0</code> <small>visce 90.00, rank 94\u00a0% · CIDEr 0.1000, "
                  "rank 6\u00a0%"))
      << likes;
  EXPECT_EQ(count_of(likes, "<article"), 1U) << "the others have no higher rank";
  const std::string other = between(text, "CIDEr likes them, visce does not", "</section>");
  EXPECT_TRUE(has(other, "<code>s7</code>"));
  EXPECT_EQ(count_of(other, "<article"), 1U);
  EXPECT_TRUE(has(other, "<b>circle</b> small, red"));
  EXPECT_TRUE(has(page, "<a href=\"#disagreement\">"));
}

TEST(ReportJudge, NoDisagreementWithoutBoth) {
  EXPECT_FALSE(has(page_of({9, 5}, judged({verdict(9, 9, 1), verdict(5, 5, 1)})), "disagreement"));
  EXPECT_FALSE(has(page_of({1, 2}, {}), "id=\"verdicts\""));
  MadeUpRun ties = judged({verdict(9, 9, 1), verdict(9, 9, 1)});
  ties.more = {{"cider", {1, 2}}};
  EXPECT_FALSE(has(page_of({9, 9}, ties), "disagreement")) << "all verdicts are equal";
}

TEST(ReportJudge, TheSameBytesForAnyNumberOfThreads) {
  report::Options many = quick_options();
  many.comparison.threads = 3;
  const std::vector<double> values = {90, 20, 30, 40, 50, 60, 70, 10};
  EXPECT_EQ(page_of(values, disagreeing()), page_of(values, disagreeing(), many));
}

}  // namespace
}  // namespace vernier
