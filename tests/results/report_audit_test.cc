// The audit of a judge on the report's page: states, intervals beside yardsticks, calibration.
#include <gtest/gtest.h>

#include "base/error.h"
#include "results/report/printed/printed_json.h"
#include "results/report/printed/signature_titles.h"
#include "results/report/report.h"
#include "tests/results/report_page.h"

namespace vernier {
namespace {

using report::Json;
using tests::has;

std::string page_of(const std::vector<std::string>& documents, std::span<const Run> runs = {}) {
  return tests::page_of_printed(&report::Options::audits, "a", documents, runs);
}

Json measure(const std::string& name, double value, const Json& more) {
  Json out = {
      {"name", name}, {"value", value}, {"low", value - 1}, {"high", value + 1}, {"n", 1200}};
  out.update(more);
  return out;
}

/// Four weaknesses, one in each state, and a calibration.
Json audit(const std::string& judge = "visce|mode:visce|dtype:F16") {
  const Json fine = {
      {"name", "verbosity"},
      {"question", "Do longer captions get more?"},
      {"state", "fine"},
      {"measures",
       {measure("points for words", 1, {{"least", -2}, {"most", 2}, {"state", "fine"}})}}};
  const Json flagged = {
      {"name", "faults"},
      {"question", "Is a correct caption above one with a fault?"},
      {"state", "flagged"},
      {"measures",
       {measure("for information", 7, Json::object()),
        measure("wrong object, %", 97, {{"least", 95}, {"state", "fine"}}),
        measure("wrong relation, %", 55, {{"least", 80}, {"state", "flagged"}})}}};
  const Json undecided = {
      {"name", "injection"},
      {"question", "Does a caption that asks for points get them?"},
      {"state", "undecided"},
      {"measures", {measure("points gained", 2.5, {{"most", 2}, {"state", "undecided"}})}}};
  const Json open = {{"name", "position"},
                     {"question", "Does it prefer the place?"},
                     {"state", "not measured"},
                     {"reason", "it answers neither A nor B"},
                     {"measures", Json::array()}};
  const Json bins = {{{"low", 0},
                      {"high", 10},
                      {"captions", 4},
                      {"score", 5.5},
                      {"truth", 20.25},
                      {"truth_low", 10},
                      {"truth_high", 30},
                      {"calibrated", 19}},
                     {{"low", 90},
                      {"high", 100},
                      {"captions", 1},
                      {"score", 95},
                      {"truth", 60},
                      {"truth_low", nullptr},
                      {"truth_high", nullptr},
                      {"calibrated", 62}}};
  const Json fits = {{{"method", "none"}, {"error", measure("points", 12.5, Json::object())}},
                     {{"method", "isotonic"}, {"error", measure("points", 4.25, Json::object())}}};
  return {{"schema", "vernier.judge.audit/1"},
          {"judge", judge},
          {"data", "d1"},
          {"scenes", 120},
          {"captions", 1975},
          {"rows", {fine, flagged, undecided, open}},
          {"calibration", {{"fits", fits}, {"deciles", bins}}}};
}

/// From one anchor to the next.
std::string row_of(const std::string& page, int number) {
  const std::size_t begin = page.find("id=\"weakness-" + std::to_string(number) + "\"");
  if (begin == std::string::npos) return "";
  return page.substr(begin, page.find("class=\"weakness\"", begin) - begin);
}

TEST(ReportAudit, SaysWhatIsFlaggedAndHowMuchIsFine) {
  const std::string page = page_of({audit().dump()});
  EXPECT_TRUE(has(page, "<h1>a0.json</h1>"));
  EXPECT_TRUE(has(page, "<a href=\"#audit\">Audit</a>"));
  EXPECT_FALSE(has(page, "id=\"scores\"")) << "there is no run";
  EXPECT_TRUE(has(page,
                  "<p class=\"headline worse\">Of 4 known weaknesses 1 is fine, 1 flagged, 1 "
                  "undecided, 1 not measured.</p>"));
  EXPECT_TRUE(
      has(page,
          "Flagged: <a href=\"#weakness-2\">faults</a> (Is a correct caption above one with a "
          "fault?)."));
  EXPECT_TRUE(has(page, "Undecided: <a href=\"#weakness-3\">injection</a>"));
  EXPECT_TRUE(has(page, "120 scenes, 1,975 captions"));
}

TEST(ReportAudit, ARowHasItsStateItsIntervalAndItsYardstick) {
  const std::string page = page_of({audit().dump()});
  const std::string fine = row_of(page, 1);
  EXPECT_TRUE(has(fine, "<b class=\"state fine\">fine</b>"));
  EXPECT_TRUE(has(fine, "<b>1.000</b> [0.000, 2.000] <small>allowed: −2 to 2; n 1,200</small>"));
  EXPECT_TRUE(has(fine, "class=\"strip-chart fine\""));
  EXPECT_FALSE(has(fine, "<details>")) << "there is one measure";
  const std::string flagged = row_of(page, 2);
  EXPECT_TRUE(has(flagged.substr(0, flagged.find("<details>")), "wrong relation, %"))
      << "the flagged measure is the main one";
  EXPECT_TRUE(has(flagged, "<b class=\"state flagged\">flagged</b>"));
  EXPECT_TRUE(has(flagged, "<summary>All 3 measures (1 flagged)</summary>"));
  EXPECT_TRUE(has(flagged, "<small>for information</small>"));
  EXPECT_TRUE(has(row_of(page, 3), "class=\"strip-chart undecided\""));
  const std::string open = row_of(page, 4);
  EXPECT_TRUE(has(open, "it answers neither A nor B"));
  EXPECT_FALSE(has(open, "strip-chart undecided"));
}

TEST(ReportAudit, WhatIsAllowedIsShadedWhereItLies) {
  // 55 [54, 56], allowed from 80 on: the scale is 50.1 to 83.9, six units of margin, 248 wide.
  const std::string flagged = row_of(page_of({audit().dump()}), 2);
  EXPECT_TRUE(has(flagged, "<rect class=\"allowed\" x=\"225.4\" y=\"1\" width=\"34.6\""));
  EXPECT_TRUE(has(flagged, "<circle cx=\"42.0\""));
}

TEST(ReportAudit, CalibrationHasBothCurvesAndTheirErrors) {
  const std::string page = page_of({audit().dump()});
  EXPECT_TRUE(
      has(page, "<title>0–10: mean score 5.5, truth 20.2 [10.0, 30.0], 4 captions</title>"));
  EXPECT_TRUE(has(page, "<title>90–100: calibrated score 62.0, truth 60.0 –, 1 caption</title>"));
  EXPECT_TRUE(has(page, "as given</span>"));
  EXPECT_TRUE(has(page, "<b>4.25</b> [3.25, 5.25]"));
  Json none = audit();
  none["calibration"] = {
      {"reason", "it gave no <scores>"}, {"fits", Json::array()}, {"deciles", Json::array()}};
  const std::string without = page_of({none.dump()});
  EXPECT_TRUE(has(without, "<p>Not measured: it gave no &lt;scores&gt;.</p>"));
  EXPECT_FALSE(has(without, "Mean truth by score"));
}

TEST(ReportAudit, TwoAuditsStandSideBySide) {
  Json other = audit("visce|mode:visce|dtype:int4");
  other["rows"][0]["state"] = "flagged";
  other["rows"][0]["measures"][0].update(
      {{"value", 9}, {"low", 8}, {"high", 10}, {"state", "flagged"}});
  const std::string page = page_of({audit().dump(), other.dump()});
  EXPECT_TRUE(has(page, "<strong>dtype:F16</strong> a0.json"));
  EXPECT_TRUE(has(page, "<strong>dtype:int4</strong> a1.json"));
  EXPECT_TRUE(has(page, "Not the same: <a href=\"#weakness-1\">verbosity</a>"));
  EXPECT_FALSE(has(page, ">faults</a> <b class"));
  EXPECT_FALSE(has(page, "Not the same scenes"));
  const std::string row = row_of(page, 1);
  EXPECT_TRUE(has(row, "<b>1.000</b>"));
  EXPECT_TRUE(has(row, "<b>9.00</b> [8.00, 10.00]"));
  EXPECT_LT(row.find("state fine"), row.find("state flagged"));
  other["data"] = "d2";
  EXPECT_TRUE(has(page_of({audit().dump(), other.dump()}), "Not the same scenes"));
  EXPECT_TRUE(has(page_of({audit().dump(), audit().dump()}), "the same state in all audits"));
}

TEST(ReportAudit, TitlesAreWhatDiffers) {
  const std::vector<std::string> two = {"visce|a:1|b:2", "direct|a:1|b:3"}, apart = {"x", "y|z"};
  EXPECT_EQ(report::signature_titles(two), (std::vector<std::string>{"visce, b:2", "direct, b:3"}));
  EXPECT_EQ(report::signature_titles(apart), (std::vector<std::string>{"", ""}));
  EXPECT_EQ(report::signature_titles(std::span(two).first(1)), std::vector<std::string>{""});
}

TEST(ReportAudit, StandsBesideRuns) {
  const auto run = tests::made_up_run({1, 2, 3});
  const std::string page = page_of({audit().dump()}, std::span(&run, 1));
  EXPECT_TRUE(has(page, "<h1>s.jsonl</h1>"));
  EXPECT_LT(page.find("id=\"scores\""), page.find("id=\"audit\""));
  EXPECT_LT(page.find("id=\"audit\""), page.find("id=\"methods\""));
}

TEST(ReportAudit, HostileTextStaysText) {
  const std::string evil = "<script>alert(1)</script>\"'><img src=x>\x1b[31m\xe2\x80\xae";
  Json document = audit(evil + "|a:" + evil);
  for (Json& row : document["rows"]) {
    for (const char* key : {"name", "question"}) row[key] = evil + row[key].get<std::string>();
    row["reason"] = evil;
    for (Json& one : row["measures"]) one["name"] = evil + one["name"].get<std::string>();
  }
  document["calibration"]["reason"] = evil;
  document["calibration"]["fits"][0]["method"] = evil;
  Json other = document;
  other["judge"] = evil + "|b:" + evil;
  other["rows"][0]["state"] = "flagged";
  const std::string page = page_of({document.dump(), other.dump()});
  for (const char* raw : {"<script>alert", "<img", "\x1b", "\xe2\x80\xae"}) {
    EXPECT_FALSE(has(page, raw)) << raw;
  }
  EXPECT_TRUE(has(page, "&lt;script&gt;alert(1)"));
}

TEST(ReportAudit, ExtremeNumbersDrawNothingThatIsNoNumber) {
  Json document = audit();
  Json& one = document["rows"][1]["measures"][2];
  one.update(
      {{"value", 1e308}, {"low", -1e308}, {"high", nullptr}, {"least", 1e308}, {"most", -1e308}});
  document["rows"][0]["measures"][0].update(
      {{"value", nullptr}, {"low", nullptr}, {"high", nullptr}});
  document["calibration"]["deciles"][0]["score"] = nullptr;
  document["calibration"]["deciles"][1]["truth"] = -1e300;
  document["calibration"]["deciles"][1]["captions"] = 18446744073709551615U;
  const std::string page = page_of({document.dump()});
  for (const char* wrong : {"\"nan", " nan", "\"inf", "inf\"", "\"-inf", "Mnan", " inf "}) {
    EXPECT_FALSE(has(page, wrong)) << wrong;
  }
}

TEST(ReportAudit, SameBytesAgain) {
  EXPECT_EQ(page_of({audit().dump(), audit("x").dump()}),
            page_of({audit().dump(), audit("x").dump()}));
}

TEST(ReportAudit, WhatIsNoAuditIsRefusedWithItsPlace) {
  const auto changed = [](const char* pointer, const Json& value) {
    Json document = audit();
    document[Json::json_pointer(pointer)] = value;
    return document.dump();
  };
  const auto without = [](const char* key) {
    Json document = audit();
    document.erase(key);
    return document.dump();
  };
  const std::string whole = audit().dump();
  const struct {
    std::string text, message;
  } cases[] = {
      {"", ":1: expected what vernier judge --audit SCENES -f json prints, found no JSON"},
      {whole.substr(0, whole.size() / 2), "a part of it"},
      {"{\"schema\":\"vernier.judge.audit/1\",\n\"scenes\":NaN}",
       ":2: expected what vernier judge"},
      {"[1]", "expected one JSON object"},
      {"{}", "expected the schema vernier.judge.audit/1, found none"},
      {R"({"schema":"vernier.probe.live/1"})", "what probes print goes to --probe"},
      {R"({"schema":"vernier.judge.audit/2"})", "found vernier.judge.audit/2"},
      {R"({"schema":"vernier.judge.audit/1"})", "expected a member judge"},
      {without("rows"), "expected a member rows"},
      {without("calibration"), "expected a member calibration"},
      {changed("/scenes", -1), "expected a count as scenes, found -1"},
      {changed("/rows", 3), "expected a list of at most 100 objects as rows, found 3"},
      {changed("/rows/1", "x"), "expected an object as rows[1], found \"x\""},
      {changed("/rows/1/state", "good"), "as rows[1].state, found \"good\""},
      {changed("/rows/1/name", "verbosity"), "expected every row once, found verbosity twice"},
      {changed("/rows/1/measures/2/value", "55"),
       "expected a number or null as rows[1].measures[2].value, found \"55\""},
      {changed("/rows/1/measures/2/least", nullptr), "rows[1].measures[2].least, found null"},
      {changed("/calibration/deciles/0/truth_low", true), "calibration.deciles[0].truth_low"},
      {changed("/calibration/fits/0/error", Json::array()),
       "calibration.fits[0].error, found a list of 0"}};
  for (const auto& one : cases) {
    try {
      page_of({one.text});
      ADD_FAILURE() << one.message;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ExitCode::kBadInput) << one.message;
      EXPECT_TRUE(has(error.what(), one.message)) << error.what();
      EXPECT_FALSE(has(error.what(), "\n"));
    }
  }
}

}  // namespace
}  // namespace vernier
