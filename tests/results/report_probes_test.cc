// What probes printed, on the report's page: any JSON of theirs, and what is none.
#include <gtest/gtest.h>

#include "base/error.h"
#include "results/report/probes/probe_blocks.h"
#include "results/report/report.h"
#include "tests/results/report_page.h"

namespace vernier {
namespace {

using report::Json;
using tests::has;
using tests::section_of;

std::string page_of(const std::vector<std::string>& documents, std::span<const Run> runs = {}) {
  return tests::page_of_printed(&report::Options::probes, "p", documents, runs);
}

std::string chair(double chair_i, const std::string& signature = "chair|s") {
  return Json{{"schema", "vernier.probe.chair/1"},
              {"counts", {{"captions", 1500}}},
              {"scores", {{"chair-s", 12.5}, {"chair-i", chair_i}, {"recall", nullptr}}},
              {"undefined", {{"recall", "no <object> is known"}}},
              {"signature", signature},
              {"curves",
               {{"sentence",
                 {{{"from", 1},
                   {"to", 1},
                   {"cases", 200},
                   {"hallucinated", 20},
                   {"rate", 0.1},
                   {"low", 0.05},
                   {"high", 0.15}},
                  {{"from", 2},
                   {"to", 2},
                   {"cases", 100},
                   {"hallucinated", 30},
                   {"rate", 0.3},
                   {"low", 0.2},
                   {"high", 0.4}}}},
                {"single",
                 {{{"from", 0}, {"to", 0.005}, {"cases", 10}, {"rate", 0.1}},
                  {{"from", 0.005}, {"to", 1}, {"cases", 0}, {"rate", nullptr}}}},
                {"times",
                 {{{"from", 0}, {"to", 1}, {"cases", 3}, {"rate", 0.5}},
                  {{"from", 2}, {"to", 9}, {"cases", 4}, {"rate", 0.1}}}},
                {"co_occurrence",
                 {{{"from", 0}, {"to", 0.005}, {"cases", 10}, {"rate", 0.1}},
                  {{"from", 0.005}, {"to", 1}, {"cases", 5}, {"rate", 0.2}}}}}}}
      .dump();
}

TEST(ReportProbes, OneResultHasItsScoresCurvesAndReasons) {
  const std::string page = page_of({chair(8.25)});
  EXPECT_TRUE(has(page, "<h1>p0.json</h1>"));
  EXPECT_TRUE(has(page, "<a href=\"#probe-1\">CHAIR</a>"));
  EXPECT_FALSE(has(page, "id=\"scores\"")) << "there is no run";
  const std::string section = section_of(page, "probe-1");
  EXPECT_TRUE(has(section, "<code>chair|s</code>"));
  EXPECT_TRUE(has(section, "chair-i</span></th><td class=\"number\">8.25</td>"));
  EXPECT_TRUE(has(section, "– <small>no &lt;object&gt; is known</small>"));
  EXPECT_TRUE(
      has(section, "captions</span></th><td class=\"number\"><span class=\"wrap\">1,500</span>"));
  EXPECT_TRUE(has(section, "rate by sentence"));
  EXPECT_TRUE(
      has(section, "<title>2: 0.3000 [0.2000, 0.4000], cases 100, hallucinated 30</title>"));
  EXPECT_TRUE(has(section, "<figcaption>rate by co occurrence"));
  EXPECT_TRUE(has(section, "<title>0.5–100 %: 0.2000, cases 5</title>"));
  EXPECT_TRUE(has(section, "<title>0–1: 0.5000, cases 3</title>")) << "counts are no shares";
  EXPECT_FALSE(has(section, "by single")) << "one value makes no curve";
  EXPECT_FALSE(has(section, "Not comparable"));
}

TEST(ReportProbes, TwoResultsStandSideBySide) {
  const std::string section = section_of(page_of({chair(8.25), chair(10)}), "probe-1");
  EXPECT_TRUE(has(section,
                  "<td class=\"number\">8.25</td><td class=\"number\">10.00</td><td "
                  "class=\"number\">+1.75</td>"));
  EXPECT_TRUE(has(section, "series run-1"));
  EXPECT_FALSE(has(section, "Not comparable"));
  const std::string page = page_of({chair(8.25), chair(10, "chair|other")});
  const std::string other = section_of(page, "probe-1");
  EXPECT_TRUE(has(other, "Not comparable"));
  EXPECT_FALSE(has(other, "+1.75"));
  EXPECT_FALSE(has(page, "id=\"probe-2\""));
}

TEST(ReportProbes, ProbesAndKindsHaveSectionsOfTheirOwnBesideRuns) {
  const std::string order = R"({"schema":"vernier.probe.order/1","kind":")";
  const auto run = tests::made_up_run({1, 2, 3});
  const std::string page =
      page_of({chair(1), order + "pairs\"}", order + "rotations\"}"}, std::span(&run, 1));
  EXPECT_TRUE(has(page, "<h1>s.jsonl</h1>"));
  EXPECT_TRUE(has(section_of(page, "probe-2"), "Order of options or answers, pairs"));
  EXPECT_TRUE(has(section_of(page, "probe-3"), "Order of options or answers, rotations"));
  EXPECT_LT(page.find("id=\"scores\""), page.find("id=\"probe-1\""));
  EXPECT_LT(page.find("id=\"probe-3\""), page.find("id=\"methods\""));
}

TEST(ReportProbes, YesNoScoresHaveErrorsBoundsAndParsersBesideThem) {
  const std::string section = section_of(page_of({R"({"schema":"vernier.probe.pope/1",
    "scores":{"accuracy":0.8,"f1":null},"undefined":{"f1":"precision is undefined"},
    "standard_errors":{"accuracy":0.01},"bounds":{"worst":{"accuracy":0.7},"best":{"accuracy":0.9}},
    "strict":{"counts":{"n":7},"scores":{"accuracy":0.75}},"flags":["always-yes"],
    "files":[{"questions":"dir/random.json","counts":{"n":3}}]})"}),
                                         "probe-1");
  EXPECT_TRUE(has(section, ">standard error</th>"));
  EXPECT_TRUE(has(section,
                  "<td class=\"number\">0.8000</td><td class=\"number\">0.0100</td><td "
                  "class=\"number\">0.7000</td>"
                  "<td class=\"number\">0.9000</td><td class=\"number\">0.7500</td>"));
  EXPECT_TRUE(has(section, "precision is undefined"));
  EXPECT_TRUE(has(section, "always-yes"));
  const std::size_t folded = section.find("<summary>More of files</summary>");
  ASSERT_NE(folded, std::string::npos);
  EXPECT_TRUE(has(section.substr(folded), "files · random.json · counts"));
}

TEST(ReportProbes, NamesWithPartsMakeATable) {
  const std::string amber = R"({"schema":"vernier.probe.amber/1","scores":{"amber":90,
    "accuracy/existence":1,"f1/existence":2,"accuracy/relation":3,"f1/relation":55.5,"accuracy/state":7,"f1/state":8}})";
  EXPECT_TRUE(
      has(page_of({amber}),
          "relation</span></th><td class=\"number\">3.00</td><td class=\"number\">55.50</td>"));
  const std::string reefknot =
      R"({"schema":"vernier.probe.reefknot/1","scores":{"yesno/all/rate":0.5,"vqa/all/rate":0.25}})";
  EXPECT_TRUE(has(page_of({reefknot}), "vqa/all</span></th><td class=\"number\">0.2500</td>"));
}

std::string live(const std::string& model = "model:x|dtype:F16", double grey_low = 30) {
  const Json seen = {{"questions", 300},
                     {"right", 80},
                     {"low", 75},
                     {"high", 85},
                     {"commonest_answer", 53.5},
                     {"grey_right", 50},
                     {"grey_change", 35},
                     {"grey_change_low", grey_low},
                     {"grey_change_high", 40},
                     {"other_right", 45},
                     {"other_change", 35.5},
                     {"other_change_low", 31},
                     {"other_change_high", 41}};
  const Json chance = {{"questions", 288},
                       {"right", nullptr},
                       {"commonest_answer", 31.9},
                       {"undefined", {{"right", "at chance: not measured"}}}};
  const auto point = [](const char* place, int at, double rate) {
    return Json{
        {place, at}, {"questions", 72}, {"rate", rate}, {"low", rate - 5}, {"high", rate + 5}};
  };
  Json sides = {{{"from", 64},
                 {"to", 64},
                 {"questions", 72},
                 {"rate", 70},
                 {"low", 60},
                 {"high", 80},
                 {"commonest_answer", 40},
                 {"lost", 12.5},
                 {"lost_low", 5},
                 {"lost_high", 20},
                 {"p_lost", 0.01}},
                {{"from", 96},
                 {"to", 96},
                 {"questions", 72},
                 {"rate", 82.5},
                 {"low", 72},
                 {"high", 90},
                 {"commonest_answer", 40}}};
  const auto preset = [](const char* name, double chair) {
    return Json{{"preset", name},
                {"prompt", "Say <it>."},
                {"chair_i", chair},
                {"chair_i_low", 0},
                {"chair_i_high", 9},
                {"wrong_relations", nullptr},
                {"undefined", {{"wrong_relations", "no relation is claimed"}}}};
  };
  return Json{
      {"schema", "vernier.probe.live/1"},
      {"model", model},
      {"signature", "live|s"},
      {"kinds", {{"existence", seen}, {"count", chance}, {"position", seen}}},
      {"position",
       {{"mean", 60.0},
        {"spread", 45.8},
        {"any", {{"value", 1}, {"p", 0.0002}}},
        {"biases", {"recency"}},
        {"positions", {point("position", 1, 50), point("position", 2, 70)}}}},
      {"needle", {{"mean", nullptr}, {"undefined", {{"mean", "at chance: not measured"}}}}},
      {"resolution", {{"side", sides}}},
      {"described",
       {{{"kind", "existence"},
         {"questions", 9},
         {"right", 95},
         {"at_once", 100},
         {"change", -5},
         {"change_low", -11},
         {"change_high", -2}}}},
      {"presets", {preset("plain", 4.5), preset("detailed", 2.25)}},
      {"presets_less_plain",
       {{{"preset", "detailed"}, {"chair_i", -2.25}, {"chair_i_low", -4}, {"chair_i_high", 0.5}}}}}
      .dump();
}

TEST(ReportProbes, LiveSaysWhatIsRightAndSeen) {
  const std::string section = section_of(page_of({live()}), "probe-1");
  EXPECT_TRUE(
      has(section,
          "<p class=\"headline\">Right more often than the commonest answer in 2 of 3 kinds "
          "of questions. At chance: count.</p>"));
  EXPECT_TRUE(has(section, "<b>80.0</b> [75.0, 85.0] <small>commonest 53.5</small>"));
  EXPECT_TRUE(has(section, "<title>commonest answer 53.5</title>"));
  EXPECT_TRUE(has(section, "count</span><span class=\"why\">at chance: not measured</span></div>"))
      << "words, never a number";
  EXPECT_TRUE(has(section, "<b>+35.0</b> [+30.0, +40.0] <small>grey</small>"));
  EXPECT_TRUE(has(section, "<b>+35.5</b> [+31.0, +41.0] <small>another scene&#39;s</small>") ||
              has(section, "<b>+35.5</b> [+31.0, +41.0] <small>another scene's</small>"));
  const std::string blind = section_of(page_of({live("m", -3)}), "probe-1");
  EXPECT_TRUE(has(blind, "Not shown to look at the picture: existence, position."));
  EXPECT_TRUE(has(blind, "grey; not shown to look"));
}

TEST(ReportProbes, LiveHasCurvesOverPlacesWithTheCommonestAnswer) {
  const std::string section = section_of(page_of({live()}), "probe-1");
  EXPECT_TRUE(has(section, "Right by position in the group"));
  EXPECT_TRUE(has(section, "<title>2: 70.0000 [65.0000, 75.0000], questions 72</title>"));
  EXPECT_TRUE(has(section, ">commonest answer</text>"));
  EXPECT_TRUE(has(section,
                  "Mean 60.0 %; shown: <strong>recency</strong>; from the lowest to the highest "
                  "45.8 points (p 0.0002)."));
  EXPECT_TRUE(has(section, "Right by depth in the stack"));
  EXPECT_TRUE(has(section, "<p class=\"fine\">at chance: not measured</p>"));
  EXPECT_TRUE(has(section,
                  "At 64 pixels <b>+12.5</b> [+5.0, +20.0] points are lost against the largest "
                  "size (p 0.0100)."));
  EXPECT_TRUE(has(section, "<b>−5.0</b> [−11.0, −2.0] <small>100.0 → 95.0</small>"));
}

TEST(ReportProbes, LiveMarksThePromptThatInventsLeast) {
  const std::string section = section_of(page_of({live()}), "probe-1");
  EXPECT_TRUE(has(section,
                  "<strong>detailed</strong> invents least: 2.25 % of its mentions. That is −2.25 "
                  "[−4.00, +0.50] against the plain prompt, which chance may well be."));
  EXPECT_TRUE(has(section, "<mark class=\"m3\">2.25</mark> <small>[0.00, 9.00]</small>"));
  EXPECT_FALSE(has(section, "<mark class=\"m3\">4.50"));
  EXPECT_TRUE(has(section, "no relation is claimed"));
  EXPECT_TRUE(has(section, "<dd>Say &lt;it&gt;.</dd>"));
}

TEST(ReportProbes, TwoModelsThatWereAskedStandSideBySide) {
  const std::string section = section_of(page_of({live(), live("model:x|dtype:int4")}), "probe-1");
  EXPECT_TRUE(has(section, "<strong>dtype:F16</strong>"));
  EXPECT_TRUE(has(section, "<strong>dtype:int4</strong>"));
  EXPECT_FALSE(has(section, "Not comparable"));
  EXPECT_TRUE(has(section, "strip-chart run-1"));
  EXPECT_TRUE(has(section, "series run-1"));
}

TEST(ReportProbes, LiveOfWrongTypesStaysAPage) {
  const Json whole = Json::parse(live());
  for (const auto& [key, value] : whole.items()) {
    if (key == "schema") continue;
    for (const Json& wrong :
         {Json(3), Json("<b>"), Json(nullptr), Json({1, "<b>", nullptr}), Json({{"<b>", 1e308}})}) {
      Json document = whole;
      document[key] = wrong;
      const std::string page = page_of({document.dump()});
      EXPECT_FALSE(has(page, "<b>\"")) << key;
      EXPECT_FALSE(has(page, "\"nan")) << key;
      EXPECT_TRUE(has(page, "id=\"probe-1\"")) << key;
    }
  }
}

TEST(ReportProbes, UnknownProbesRenderWhateverTheyHold) {
  const std::string section = section_of(page_of({R"({"schema":"vernier.probe.new-one/1",
    "words":{"rows":{"x":{"n":1,"share":0.5,"p":0.00001},"y":{"n":20000,"share":33.3}}},
    "pairs":{"a":{"numerator":1,"denominator":4,"percent":25},"b":{"value":0.5,"p":0.04}},
    "scores":{"right_in_step_1":0.5,"right_in_step_2":0.6,"right_in_step_3":0.4},
    "offsets":[{"offset":-1,"cases":4,"leaked":1},{"offset":1,"cases":8,"leaked":4}],
    "list":[1,2,3,4,5,6,7,8,9,10,11,12],"mixed":[1,{"a":[{"b":{"c":1}}]},[[2]]],"none":[],"empty":{}})"}),
                                         "probe-1");
  EXPECT_TRUE(has(section, "<h2>new-one</h2>"));
  EXPECT_TRUE(has(section, ">20,000</td><td class=\"number\">33.30</td>"));
  EXPECT_TRUE(has(section, "&lt; 0.0001"));
  EXPECT_TRUE(has(section, "25 % (1 of 4)"));
  EXPECT_TRUE(has(section, "0.5000 (p 0.0400)"));
  EXPECT_TRUE(has(section, "right in step …"));
  EXPECT_TRUE(has(section, "offsets by offset") || has(section, "leaked by offset"));
  EXPECT_TRUE(has(section, "<title>1: 0.5000, cases 8, leaked 4</title>"));
  EXPECT_TRUE(has(section, "9, 10, and 2 more"));
  EXPECT_TRUE(has(section, "mixed · 2"));
}

TEST(ReportProbes, OnePathMayHoldFactsInOneFileAndRowsInAnother) {
  const std::string head = R"({"schema":"vernier.probe.x/1",)";
  const std::vector<std::string> parts = {R"("part":{"n":1}})", R"("part":[{"name":"only"}]})",
                                          R"("part":{"r":{"n":1},"s":{"m":2}}})",
                                          R"("part":[{"name":"a","n":1}]})", R"("part":5})"};
  for (const std::string& a : parts) {
    for (const std::string& b : parts) {
      const std::string section = section_of(page_of({head + a, head + b}), "probe-1");
      EXPECT_EQ(has(section, "only</span></th>"), a == parts[1] || b == parts[1]) << a << b;
    }
  }
}

TEST(ReportProbes, HostileTextStaysText) {
  const std::string evil = "<script>alert(1)</script>\"'><img src=x>\x1b[31m\xe2\x80\xae";
  const Json cells = {{evil, evil}, {"n", 1}};
  const std::string document =
      Json{{"schema", "vernier.probe.x/1"},
           {"signature", evil},
           {"kind", evil},
           {evil, evil},
           {"scores", {{evil, nullptr}, {"a/" + evil, 1}, {"s_1", 1}, {"s_2", 1}, {"s_3", 2}}},
           {"undefined", {{evil, evil}}},
           {"bounds", {{evil, {{"s_1", 3}}}}},
           {"table", {{evil, cells}, {"y", cells}}},
           {"list", {cells, cells}},
           {"deep", {{evil, {{evil, {{evil, evil}}}}}}},
           {"curve", {{{"position", evil}, {"mean", 1}}, {{"position", "2"}, {"mean", 2}}}}}
          .dump();
  for (const auto& documents : {std::vector{document}, std::vector{document, document}}) {
    const std::string page = page_of(documents);
    for (const char* raw : {"<script>alert", "<img", "\x1b", "\xe2\x80\xae"}) {
      EXPECT_FALSE(has(page, raw)) << raw;
    }
    EXPECT_TRUE(has(page, "&lt;script&gt;alert(1)"));
  }
}

TEST(ReportProbes, HugeAndDeepDocumentsStaySmallPages) {
  Json document = {{"schema", "vernier.probe.x/1"}};
  for (int n = 0; n < 5000; ++n) {
    document["facts"]["k" + std::to_string(n)] = n;
    document["scores"]["s" + std::to_string(n)] = n;
    document["rows"].push_back({{"name", n}, {"c" + std::to_string(n), 1}});
  }
  const std::string page = page_of({document.dump()});
  EXPECT_LT(page.size(), 500'000u);
  EXPECT_TRUE(has(page, "4,960 further rows in the file"));
  std::string deep = "1";
  for (int n = 0; n < 100000; ++n) deep = "{\"a\":" + deep + "}";
  EXPECT_LT(page_of({R"({"schema":"vernier.probe.x/1","deep":)" + deep + "}"}).size(), 100'000u);
}

TEST(ReportProbes, SameBytesAgain) {
  EXPECT_EQ(page_of({chair(1), chair(2)}), page_of({chair(1), chair(2)}));
}

TEST(ReportProbes, WhatIsNoProbeIsRefusedWithItsLine) {
  const struct {
    std::string text, message;
  } cases[] = {
      {"", ":1: expected what vernier probe NAME -f json prints, found no JSON"},
      {"{\"schema\":\n\"vernier.probe.x/1\",\n", ":3: expected what vernier probe"},
      {"{\"schema\":\"vernier.probe.x/1\"} {}", ":1: expected what vernier probe"},
      {"{\"schema\":\"vernier.probe.x/1\",\"a\":\"\xff\"}", ":1: expected what vernier probe"},
      {"{\"schema\":\"vernier.probe.x/1\",\"a\":1e999}", "a number that is too large"},
      {"[1]", "expected one JSON object"},
      {"{}", "expected the schema vernier.probe.NAME/1, found none"},
      {R"({"schema":3})", "found none"},
      {R"({"schema":"vernier.score/1"})", "found vernier.score/1"},
      {R"({"schema":"vernier.probe.x/2"})", "found vernier.probe.x/2"},
      {R"({"schema":"vernier.probe./1"})", "expected the schema"},
      {R"({"schema":"vernier.probe.<b>/1"})", "expected the schema"}};
  for (const auto& one : cases) {
    try {
      page_of({one.text});
      ADD_FAILURE() << one.text;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ExitCode::kBadInput) << one.text;
      EXPECT_TRUE(has(error.what(), one.message)) << error.what();
    }
  }
}

}  // namespace
}  // namespace vernier
