// Slices by a field of meta, and the scores of parts of runs.
#include "results/slice/slices.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"
#include "results/estimate/run_estimates.h"
#include "results/run/run_rows.h"
#include "results/slice/part_comparison.h"
#include "tests/results/made_up_run.h"

namespace vernier {
namespace {

using tests::made_up_run;
using tests::MadeUpRun;

Run run_with(const std::vector<std::string>& metas, const std::vector<double>& values) {
  MadeUpRun how;
  how.metas = metas;
  return made_up_run(values, how);
}

std::vector<std::string> values_of(const Slices& slices) {
  std::vector<std::string> out;
  for (const Slice& slice : slices.groups) out.push_back(slice.missing ? "(none)" : slice.value);
  return out;
}

TEST(Slices, GroupSamplesByValue) {
  const auto run = run_with(
      {R"({"k":"b"})", R"({"k":10})", R"({"k":9})", "", R"({"k":true})", R"({"k":null})",
       R"({"k":"9"})", R"({"k":"b"})", R"({"other":1})", R"({"k":["x",1]})", R"({"k":""})"},
      std::vector<double>(11));
  const Slices slices = slices_by(run, "meta.k");
  EXPECT_EQ(values_of(slices),
            (std::vector<std::string>{"9", "10", "", R"(["x",1])", "b", "true", "(none)"}));
  EXPECT_EQ(slices.groups[0].samples, (std::vector<std::size_t>{2, 6}));
  EXPECT_EQ(slices.groups[4].samples, (std::vector<std::size_t>{0, 7}));
  EXPECT_EQ(slices.groups.back().samples, (std::vector<std::size_t>{3, 5, 8}));
  std::size_t total = 0;
  for (const Slice& slice : slices.groups) total += slice.samples.size();
  EXPECT_EQ(total, run.samples().size());
}

TEST(Slices, KeysReachIntoObjectsAndMayHoldDots) {
  const auto run = run_with({R"({"a":{"b":{"c":"deep"}}})", R"({"a.b":{"c":"dotted"}})",
                             R"({"a":{"b.c":"late"}})", R"({"a.b.c":"whole"})", R"({"a":1})"},
                            std::vector<double>(5));
  EXPECT_EQ(values_of(slices_by(run, "meta.a.b.c")),
            (std::vector<std::string>{"deep", "dotted", "late", "whole", "(none)"}));
}

TEST(Slices, RefusesKeysThatNobodyHas) {
  const auto run = run_with({R"({"scene":"x","no":1})", ""}, {0, 1});
  for (const char* key : {"scene", "meta.", "meta.sceen", "", "meta.scene.x"}) {
    try {
      slices_by(run, key);
      ADD_FAILURE() << key;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ExitCode::kUsage);
    }
  }
  try {
    slices_by(run, "meta.sceen");
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("s.jsonl has it; there are meta.scene, meta.no"),
              std::string::npos)
        << error.what();
  }
}

EstimateOptions options(unsigned threads = 1) {
  EstimateOptions out;
  out.resampling = {2000, 1, threads};
  return out;
}

TEST(RunEstimates, AMeanHasItsInterval) {
  std::vector<double> values;
  for (int n = 0; n < 400; ++n) values.push_back(n % 10);
  const auto run = made_up_run(values);
  const RunEstimates whole = RunEstimator(run, "").whole(options());
  EXPECT_EQ(whole.samples, 400u);
  EXPECT_EQ(whole.clusters, 400u);
  EXPECT_DOUBLE_EQ(whole.scores[0].value, 4.5);
  // The standard error of the mean is 2.872 / sqrt(400) = 0.1436.
  EXPECT_NEAR(whole.scores[0].interval.low, 4.5 - 1.96 * 0.1436, 0.02);
  EXPECT_NEAR(whole.scores[0].interval.high, 4.5 + 1.96 * 0.1436, 0.02);
}

TEST(RunEstimates, ImagesAreDrawnNotSamples) {
  MadeUpRun how;
  how.samples_an_image = 4;  // equal ones: 100 independent values
  std::vector<double> values;
  for (int n = 0; n < 400; ++n) values.push_back(n / 4 % 10);
  const auto run = made_up_run(values, how);
  const RunEstimates whole = RunEstimator(run, "").whole(options());
  EXPECT_EQ(whole.clusters, 100u);
  EXPECT_NEAR(whole.scores[0].interval.high, 4.5 + 1.96 * 0.287, 0.04);
}

TEST(RunEstimates, SameBitsForAnyNumberOfThreads) {
  const auto run = made_up_run({1, 5, 2, 8, 3, 9, 4, 4, 7});
  const RunEstimator estimator(run, "");
  const Interval one = estimator.whole(options(1)).scores[0].interval;
  for (const unsigned threads : {2u, 5u}) {
    EXPECT_EQ(estimator.whole(options(threads)).scores[0].interval, one);
  }
  EXPECT_EQ(estimates_signature(options()),
            "bootstrap:bca|resamples:2000|seed:1|alpha:0.05|v:1.0.0");
}

TEST(RunEstimates, WithoutSpreadThereIsNoInterval) {
  const auto one = made_up_run({3});
  const RunEstimates single = RunEstimator(one, "").whole(options());
  EXPECT_EQ(single.scores[0].value, 3);
  EXPECT_TRUE(std::isnan(single.scores[0].interval.low));
  MadeUpRun undefined;
  undefined.undefined = true;
  const auto null = made_up_run({1, 2, 3}, undefined);
  const RunEstimates whole = RunEstimator(null, "").whole(options());
  EXPECT_TRUE(std::isnan(whole.scores[0].value));
  EXPECT_TRUE(std::isnan(whole.scores[0].interval.high));
}

TEST(PartComparison, OfAllSamplesIsTheComparison) {
  const auto a = made_up_run({1, 5, 2, 8, 3, 9, 4, 4, 7});
  const auto b = made_up_run({2, 5, 1, 8, 1, 6, 4, 3, 7});
  const PairedRuns pair(a, b, {});
  ComparisonOptions how;
  const ScoreDifference whole = compare(pair, how).scores[0];
  const PartDifference part = compare_part(pair, all_samples(a), how)[0];
  EXPECT_EQ(part.difference, whole.difference);
  EXPECT_EQ(part.interval, whole.interval);
  const std::vector<std::size_t> some = {0, 2, 4};
  const PartDifference three = compare_part(pair, some, how)[0];
  EXPECT_EQ(three.a, 2);
  EXPECT_DOUBLE_EQ(three.b, 4.0 / 3);
  EXPECT_LE(three.interval.low, three.difference);
}

}  // namespace
}  // namespace vernier
