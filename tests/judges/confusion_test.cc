// Rates, bounds and errors of yes/no answers, by hand; MME's sums.
#include "judges/probes/answers/score/confusion.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"
#include "judges/probes/answers/benchmarks/mme.h"
#include "judges/probes/answers/score/yes_no_scores.h"
#include "tests/support/command.h"

namespace vernier::probes {
namespace {

constexpr UnclearPolicy kWrong = UnclearPolicy::kWrong, kExcluded = UnclearPolicy::kExcluded;

TEST(Confusion, Rates) {
  const Rates r = rates({3, 1, 4, 2, 0, 0}, kWrong);
  EXPECT_NEAR(r.accuracy, 0.7, 1e-15);
  EXPECT_NEAR(r.precision, 0.75, 1e-15);
  EXPECT_NEAR(r.recall, 0.6, 1e-15);
  EXPECT_NEAR(r.f1, 2 * 0.75 * 0.6 / 1.35, 1e-15);
  EXPECT_NEAR(r.yes_ratio, 0.4, 1e-15);
}

TEST(Confusion, UnclearIsNeverAYes) {
  const Confusion counts{3, 1, 4, 2, 1, 2};
  EXPECT_EQ(counts.n(), 13u);
  const Rates wrong = rates(counts, kWrong), excluded = rates(counts, kExcluded);
  EXPECT_NEAR(wrong.accuracy, 7.0 / 13, 1e-15);
  EXPECT_NEAR(wrong.precision, 0.75, 1e-15);
  EXPECT_NEAR(wrong.recall, 3.0 / 6, 1e-15);
  EXPECT_NEAR(wrong.yes_ratio, 4.0 / 13, 1e-15);
  EXPECT_NEAR(excluded.accuracy, 0.7, 1e-15);
  EXPECT_NEAR(excluded.recall, 0.6, 1e-15);
  EXPECT_NEAR(rates(counts.best(), kWrong).accuracy, 10.0 / 13, 1e-15);
  EXPECT_NEAR(rates(counts.worst(), kWrong).accuracy, 7.0 / 13, 1e-15);
  EXPECT_NEAR(rates(counts.worst(), kWrong).precision, 3.0 / 6, 1e-15);
}

TEST(Confusion, UndefinedHasAReason) {
  const Confusion never_yes{0, 0, 5, 5, 0, 0};
  EXPECT_TRUE(std::isnan(rates(never_yes, kWrong).precision));
  EXPECT_TRUE(std::isnan(rates(never_yes, kWrong).f1));
  EXPECT_EQ(rates(never_yes, kWrong).recall, 0);
  const auto reasons = undefined_rates(never_yes, kWrong);
  ASSERT_EQ(reasons.size(), 2u);
  EXPECT_EQ(reasons[0].name, "precision");
  EXPECT_EQ(reasons[0].reason, "no answer says yes");
  EXPECT_EQ(reasons[1].reason, "precision is undefined");
  EXPECT_EQ(yes_bias(never_yes), "always-no");
  EXPECT_EQ(undefined_rates({0, 0, 5, 0, 0, 0}, kWrong).size(), 3u);
  EXPECT_EQ(undefined_rates({0, 0, 0, 0, 2, 2}, kExcluded).size(), 5u);
  // All wrong is 0, not undefined.
  EXPECT_EQ(rates({0, 3, 0, 3, 0, 0}, kWrong).f1, 0);
}

TEST(Confusion, Bias) {
  EXPECT_EQ(yes_bias({5, 5, 0, 0, 0, 0}), "always-yes");
  EXPECT_EQ(yes_bias({5, 0, 0, 0, 0, 0}), "");  // only yes was asked for
  EXPECT_EQ(yes_bias({50, 48, 2, 0, 0, 0}), "mostly-yes");
  EXPECT_EQ(yes_bias({2, 0, 50, 48, 0, 0}), "mostly-no");
  EXPECT_EQ(yes_bias({50, 30, 20, 0, 0, 0}), "");
}

TEST(Confusion, ErrorsAreThoseOfClusters) {
  // Two images of two questions; right, right and wrong, wrong.
  const std::vector<YesNoOutcome> alike = {{true, Verdict::kYes, 0},
                                           {false, Verdict::kNo, 0},
                                           {true, Verdict::kNo, 1},
                                           {false, Verdict::kYes, 1}};
  // Mean 0.5; cluster sums of deviations +1 and -1: sqrt(2) / 4.
  EXPECT_NEAR(clustered_errors(alike, kWrong).accuracy, std::sqrt(2.0) / 4, 1e-15);
  std::vector<YesNoOutcome> apart = alike;
  for (std::uint32_t n = 0; n < 4; ++n) apart[n].cluster = n;
  EXPECT_NEAR(clustered_errors(apart, kWrong).accuracy, std::sqrt(4 * 0.25) / 4, 1e-15);
  // Precision 1 of 2: own deviations 0.5 and -0.5 over 2.
  EXPECT_NEAR(clustered_errors(apart, kWrong).precision, std::sqrt(0.5) / 2, 1e-15);
  std::vector<YesNoOutcome> never = {{true, Verdict::kNo, 0}, {false, Verdict::kNo, 1}};
  EXPECT_TRUE(std::isnan(clustered_errors(never, kWrong).precision));
}

TEST(Mme, TwoQuestionsAnImage) {
  MmeFolder folder;
  const std::string text =
      "1.jpg\tIs it?\tYes\tyes it is\n1.jpg\tIs it not?\tNo\tno\r\n"
      "\n2.jpg\tIs it?\tYes\tYes\n2.jpg\tIs it not?\tNo\tmaybe\n";
  folder.files.push_back({&mme_subtasks()[0], "existence.txt", parse_mme(text, "existence.txt")});
  const MmeScores scores = score_mme(folder, yes_no_parser("first4"));
  EXPECT_EQ(scores.subtasks[0].questions.part, 3u);
  EXPECT_EQ(scores.subtasks[0].images.part, 1u);
  EXPECT_EQ(scores.subtasks[0].unparsed, 1u);
  EXPECT_NEAR(scores.subtasks[0].score(), 125, 1e-12);
}

TEST(Mme, Refused) {
  const auto refusal = [](std::string_view text) -> std::string {
    try {
      parse_mme(text, "f");
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ExitCode::kBadInput);
      return error.what();
    }
    return "accepted";
  };
  EXPECT_EQ(refusal(""), "f: holds no records");
  EXPECT_EQ(refusal("\n\n"), "f: holds no records");
  EXPECT_NE(refusal("a\tq\tYes\n").find("f:1: expected image"), std::string::npos);
  EXPECT_NE(refusal("a\tq\tYes\tx\ty\n").find("5 columns"), std::string::npos);
  EXPECT_NE(refusal("a\tq\t1.5\tyes\n").find("found '1.5'"), std::string::npos);
  EXPECT_NE(refusal("a\tq\tYes\tyes\n").find("two questions about a"), std::string::npos);
  EXPECT_NE(refusal("a\tq\tYes\tyes\nb\tq\tNo\tno\n").find("f:2: expected the second question"),
            std::string::npos);
  EXPECT_NE(refusal("a\tq\tYes\t\xFF\n").find("UTF-8"), std::string::npos);
}

TEST(Mme, Folder) {
  const tests::TemporaryFolder folder;
  folder.write("OCR.txt", "a\tq\tYes\tyes\na\tr\tNo\tno\n");
  folder.write("notes.txt", "x");
  folder.write("other.json", "x");
  const MmeFolder read = read_mme(folder.path("").string());
  ASSERT_EQ(read.files.size(), 1u);
  EXPECT_EQ(read.missing.size(), 13u);
  EXPECT_EQ(read.ignored, std::vector<std::string>{"notes.txt"});
  const MmeScores scores = score_mme(read, yes_no_parser("first4"));
  EXPECT_TRUE(std::isnan(scores.perception));
  EXPECT_TRUE(std::isnan(scores.cognition));
  EXPECT_NEAR(scores.subtasks[0].score(), 200, 1e-12);
  EXPECT_THROW(read_mme(folder.path("nothing").string()), Error);
  EXPECT_THROW(read_mme(folder.path("OCR.txt").string()), Error);
}

}  // namespace
}  // namespace vernier::probes
