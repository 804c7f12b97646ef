// Several candidates on the report's page: a table, plots of what is saved against what is lost.
#include <gtest/gtest.h>

#include "results/report/precision/charts/pareto.h"
#include "tests/results/report/precision/made_up_precision.h"

namespace vernier::tests {
namespace {

/// int8 loses least, int4 is smallest, rtn4 is as small and loses more, int2 fails.
Json grid() {
  const auto candidate = [](const std::string& label, const std::string& folder, double kl,
                            std::uint64_t bytes, const char* verdict) {
    Json pair = made_up_pair(label, folder);
    pair["logits"]["kl"]["value"] = kl;
    pair["b"]["bytes"] = bytes;
    pair["gate"]["verdict"] = verdict;
    return pair;
  };
  Json out = made_up_precision({candidate("b1", "int4", 0.01, 4'000'000, "pass"),
                                candidate("b2", "rtn4", 0.02, 4'000'000, "inconclusive"),
                                candidate("b3", "int8", 0.0001, 8'000'000, "pass"),
                                candidate("b4", "int2", 6.3, 3'000'000, "regression")});
  out["pairs"][3]["gate"]["rules"][0]["verdict"] = "regression";
  return out;
}

std::string figure(const std::string& page, const std::string& title) {
  return between(page, "<figcaption>" + title, "</figure>");
}

TEST(ReportPrecisionGrid, NamesTheSmallestThatPasses) {
  const std::string page = precision_page(grid());
  EXPECT_TRUE(has(page, "<h1>4 checkpoints against fp16</h1>"));
  EXPECT_TRUE(has(page,
                  "<section id=\"precision-1\" class=\"ruling pass\"><h2>2 of 4 checkpoints "
                  "pass the gate. The smallest of those that do is int4: 4.00 MB, 0.25 times "
                  "fp16.</h2>"));
  Json none = grid();
  for (Json& pair : none["pairs"]) pair["gate"]["verdict"] = "inconclusive";
  const std::string open = precision_page(none);
  EXPECT_TRUE(
      has(open, "class=\"ruling inconclusive\"><h2>None of 4 checkpoints passes the gate."));
}

TEST(ReportPrecisionGrid, HasARowForEachThatLeadsToItsDetails) {
  const std::string page = precision_page(grid());
  const std::string table = section_of(page, "precision-1");
  EXPECT_TRUE(has(table, "<a href=\"#precision-1-4\"><span class=\"wrap\">int2</span></a>"));
  EXPECT_TRUE(has(table, "<td class=\"number\">6.30</td>"));
  EXPECT_TRUE(has(table, "<td class=\"number\">2.33</td>")) << "other answers, %";
  EXPECT_TRUE(has(table, "<td class=\"number\">0.9241</td>")) << "of the first checkpoint";
  EXPECT_TRUE(has(page, "</summary>\n<p id=\"precision-1-4\">Not good enough: int2"));
  EXPECT_TRUE(has(page, "worse than allowed: kl"));
  for (const char* anchor : {"precision-1-1-logits", "precision-1-4-units"}) {
    EXPECT_TRUE(has(page, std::string("<section id=\"") + anchor + "\"")) << anchor;
  }
}

TEST(ReportPrecisionGrid, PlotsJoinWhatNoneBeats) {
  const std::string page = precision_page(grid());
  const std::string kl = figure(page, "Expectations");
  EXPECT_TRUE(has(kl, "<g class=\"regression\"><path class=\"cross\""));
  EXPECT_TRUE(has(kl, "<g class=\"inconclusive\"><path class=\"hollow\""));
  EXPECT_TRUE(has(kl, "<title>int2 (int4-g128-awq): 3.00 MB, 6.30 KL, nats a token</title>"));
  EXPECT_TRUE(has(kl, ">rtn4</text>"));
  EXPECT_TRUE(has(kl, "<path class=\"diagonal\"")) << "the first checkpoint";
  // int2, int4, int8: two lines from one point.
  const std::string front = between(kl, "<path class=\"front\" d=\"", "\"/>");
  EXPECT_EQ(std::ranges::count(front, 'L'), 2) << front;
  EXPECT_TRUE(has(kl, ">10⁻⁴</text>"));
  EXPECT_TRUE(has(page, "<summary>The same by tokens/s written</summary>"));
}

TEST(ReportPrecisionGrid, CandidatesOfOneNameAreToldApart) {
  Json document = grid();
  document["pairs"][1]["b"]["folder"] = "/elsewhere/int4";
  const std::string kl = figure(precision_page(document), "Expectations");
  EXPECT_TRUE(has(kl, ">b1 int4</text>"));
  EXPECT_TRUE(has(kl, ">b2 int4</text>"));
  EXPECT_TRUE(has(kl, ">int8</text>"));
}

TEST(ReportPrecisionGrid, TheFrontIsWhatNoneBeatsInBoth) {
  using Points = std::vector<report::ParetoPoint>;
  const auto at = [](double x, double y) { return report::ParetoPoint{x, y, "p", "pass", ""}; };
  const Points points = {at(4, 0.01), at(4, 0.02),  at(8, 0.001),
                         at(3, 6),    at(9, 0.001), at(NAN, 0)};
  EXPECT_EQ(report::pareto_front(points, false), (std::vector<std::size_t>{3, 0, 2}));
  EXPECT_EQ(report::pareto_front(points, true), (std::vector<std::size_t>{4}));
  const Points twins = {at(1, 1), at(1, 1)};
  EXPECT_EQ(report::pareto_front(twins, false).size(), 2U) << "neither beats the other";
}

TEST(ReportPrecisionGrid, PlotsAreLinearWhereLossesLieTogether) {
  const report::ParetoPoint points[] = {{1, 2, "near", "pass", ""}, {2, 3, "nearer", "pass", ""}};
  const std::string chart = report::pareto_svg("t", {"MB"}, "y", points);
  EXPECT_TRUE(has(chart, ">3</text>")) << chart;
  EXPECT_FALSE(has(chart, "10⁻"));
  const report::ParetoPoint none[] = {{1, NAN, "p", "pass", ""}};
  EXPECT_EQ(report::pareto_svg("t", {"MB"}, "y", none), "");
  const report::ParetoPoint far[] = {
      {1, 0, "zero", "pass", ""}, {2, 0.1, "b", "pass", ""}, {3, 9, "c", "error", ""}};
  const std::string log = report::pareto_svg("t", {"MB"}, "y", far);
  EXPECT_TRUE(has(log, "cy=\"218.0\"")) << "what is not above 0 lies at the bottom: " << log;
}

TEST(ReportPrecisionGrid, SeveralResultsStandBelowOneAnother) {
  const std::string page = precision_page(std::vector{made_up_precision().dump(), grid().dump()});
  EXPECT_TRUE(has(page, "<h1>p0.json, p1.json</h1>"));
  EXPECT_TRUE(has(page, "<a href=\"#precision-2\">4 checkpoints against fp16</a>"));
  EXPECT_LT(page.find("id=\"precision-1-units\""), page.find("id=\"precision-2\""));
  EXPECT_TRUE(has(page, "id=\"precision-2-4-units\""));
}

}  // namespace
}  // namespace vernier::tests
