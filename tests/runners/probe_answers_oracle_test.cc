// Published answers give the published counts, to the integer.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/command.h"
#include "tests/support/shared.h"

namespace vernier::tests {
namespace {

using nlohmann::json;

/// The rows of a table below its header.
std::vector<std::vector<std::string>> rows_of(const std::string& path) {
  std::vector<std::vector<std::string>> rows;
  for (const std::string& line : read_lines(shared(path))) {
    auto& cells = rows.emplace_back(1);
    for (const char c : line) {
      if (c == '\t') {
        cells.emplace_back();
      } else {
        cells.back() += c;
      }
    }
  }
  rows.erase(rows.begin());
  return rows;
}

json probe(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "probe");
  arguments.insert(arguments.end(), {"-f", "json"});
  const Finished done = vernier(arguments);
  EXPECT_EQ(done.code, 0) << done.err;
  return done.code == 0 ? json::parse(done.out) : json();
}

std::string data(const std::string& path) { return shared("data/" + path).string(); }

void expect_pope(const json& found, const std::vector<std::string>& row) {
  const char* counts[] = {"n", "tp", "fp", "tn", "fn"};
  for (std::size_t k = 0; k < 5; ++k) {
    EXPECT_EQ(found["counts"][counts[k]], std::stoull(row[2 + k])) << row[0] << " " << counts[k];
  }
  const char* scores[] = {"accuracy", "precision", "recall", "f1", "yes_ratio"};
  for (std::size_t k = 0; k < 5; ++k) {
    EXPECT_NEAR(found["scores"][scores[k]], std::stod(row[7 + k]), 1e-9) << row[0];
  }
}

TEST(ProbeAnswersOracle, Pope) {
  VERNIER_REQUIRE_SHARED("data/pope");
  const auto rows = rows_of("data/pope/expected.tsv");
  ASSERT_EQ(rows.size(), 5u);
  for (const auto& row : rows) {
    const std::string questions = data("pope/" + row[1] + ".gz");
    const std::size_t bracket = row[0].find('[');
    std::vector<std::string> arguments = {"pope", data("pope/" + row[0].substr(0, bracket) + ".gz"),
                                          "--questions", questions};
    if (bracket != std::string::npos) {
      const std::string category = row[0].substr(bracket + 1, row[0].size() - bracket - 2);
      arguments.insert(arguments.end(), {"--index", data("pope/llava15/llava_pope_test.jsonl.gz"),
                                         "--category", category});
    }
    const json found = probe(arguments);
    expect_pope(found, row);
    EXPECT_EQ(found["strict"]["counts"], found["counts"]);
  }
}

TEST(ProbeAnswersOracle, PopeMeanOverFiles) {
  VERNIER_REQUIRE_SHARED("data/pope");
  std::vector<std::string> arguments = {"pope", data("pope/llava15/llava-v1.5-13b.jsonl.gz"),
                                        "--index", data("pope/llava15/llava_pope_test.jsonl.gz"),
                                        "--questions"};
  for (const char* split : {"random", "popular", "adversarial"}) {
    arguments.push_back(
        data("pope/questions_llava2910/coco_pope_" + std::string(split) + ".json.gz"));
  }
  const json found = probe(arguments);
  EXPECT_NEAR(found["aggregates"]["mean_f1_over_files"],
              (0.871360118 + 0.8624589566 + 0.8445873526) / 3, 1e-9);
  EXPECT_EQ(found["counts"]["n"], 8910);
  EXPECT_EQ(found["files"][2]["category"], "adversarial");
}

TEST(ProbeAnswersOracle, PopeFilesThatDoNotBelongTogether) {
  VERNIER_REQUIRE_SHARED("data/pope");
  const Finished other =
      vernier({"probe", "pope", data("pope/cd_rethink/llava-7b-coco-random-greedy.jsonl.gz"),
               "--questions", data("pope/questions_llava2910/coco_pope_random.json.gz")});
  EXPECT_EQ(other.code, 3);
  EXPECT_NE(other.err.find("2,910 rows"), std::string::npos) << other.err;
  const Finished short_of =
      vernier({"probe", "pope", data("pope/llava15/llava-v1.5-13b.jsonl.gz"), "--index",
               data("pope/llava15/llava_pope_test.jsonl.gz"), "--questions",
               data("pope/questions/coco_pope_random.json.gz")});
  EXPECT_EQ(short_of.code, 3);
  EXPECT_NE(short_of.err.find("90 questions of"), std::string::npos) << short_of.err;
  EXPECT_NE(short_of.err.find("POPE#17"), std::string::npos) << short_of.err;
}

TEST(ProbeAnswersOracle, Mme) {
  VERNIER_REQUIRE_SHARED("data/mme");
  const json found = probe({"mme", data("mme/LaVIN")});
  const auto rows = rows_of("data/mme/expected.tsv");
  ASSERT_EQ(rows.size(), 16u);
  for (const auto& row : rows) {
    if (row[1] == "PERCEPTION_TOTAL" || row[1] == "COGNITION_TOTAL") {
      const char* name = row[1] == "PERCEPTION_TOTAL" ? "perception" : "cognition";
      EXPECT_NEAR(found["scores"][name], std::stod(row[6]), 5e-7);
      continue;
    }
    const json& subtask = found["subtasks"][row[1]];
    EXPECT_EQ(subtask["n_questions"], std::stoull(row[2])) << row[1];
    EXPECT_EQ(subtask["n_expected"], std::stoull(row[2])) << row[1];
    EXPECT_EQ(subtask["n_unparsed"], std::stoull(row[3])) << row[1];
    EXPECT_NEAR(subtask["acc"], std::stod(row[4]), 5e-7) << row[1];
    EXPECT_NEAR(subtask["acc_plus"], std::stod(row[5]), 5e-7) << row[1];
    EXPECT_NEAR(found["scores"][row[1]], std::stod(row[6]), 5e-7) << row[1];
  }
}

TEST(ProbeAnswersOracle, Rotations) {
  VERNIER_REQUIRE_SHARED("data/mmbench_circular");
  const json found =
      probe({"order", data("mmbench_circular/llava-v1.5-13b_dev_20230712.jsonl.gz")});
  const auto rows = rows_of("data/mmbench_circular/expected.tsv");
  ASSERT_EQ(rows.size(), 8u);
  for (const auto& row : rows) {
    const json& metric = found["metrics"][row[0]];
    EXPECT_EQ(metric["numerator"], std::stoull(row[1])) << row[0];
    EXPECT_EQ(metric["denominator"], std::stoull(row[2])) << row[0];
    EXPECT_NEAR(metric["percent"], std::stod(row[3]), 5e-7) << row[0];
  }
  EXPECT_EQ(found["counts"]["unparsed"], 0);
}

TEST(ProbeAnswersOracle, Judges) {
  VERNIER_REQUIRE_SHARED("data/judge_order");
  const json found =
      probe({"order", data("judge_order/judgebench_gpt4o-pairs_arena-hard_o1-mini.tsv")});
  const auto rows = rows_of("data/judge_order/expected.tsv");
  ASSERT_EQ(rows.size(), 5u);
  const char* columns[] = {"n",
                           "n_correct_after_swap",
                           "swap_accuracy",
                           "n_order_inconsistent",
                           "inconsistency_percent",
                           "n_first_position_wins",
                           "n_strict_decisions",
                           "first_position_percent",
                           "accuracy_order1",
                           "accuracy_order2",
                           "n_missing"};
  for (const auto& row : rows) {
    const json& subset = found["subsets"][row[1]];
    for (std::size_t k = 0; k < 11; ++k) {
      EXPECT_NEAR(subset[columns[k]], std::stod(row[2 + k]), 5e-5) << row[1] << " " << columns[k];
    }
  }
  EXPECT_EQ(found["subsets"]["overall"]["n_prefers_first"], 58);
}

TEST(ProbeAnswersOracle, StatisticsOfRelationFiles) {
  VERNIER_REQUIRE_SHARED("data/relation");
  const json yes_no = probe({"reefknot", "--statistics", data("relation/reefknot_YESNO.jsonl.gz")});
  ASSERT_EQ(yes_no["groups"].size(), 3u);
  EXPECT_EQ(yes_no["groups"][0]["n"], 9740);
  EXPECT_EQ(yes_no["groups"][0]["yes"], 4870);
  EXPECT_EQ(yes_no["groups"][0]["no"], 4870);
  EXPECT_EQ(yes_no["groups"][1]["n"], 4300);  // perception
  EXPECT_EQ(yes_no["groups"][2]["n"], 5440);
  EXPECT_EQ(probe({"reefknot", "--statistics",
                   data("relation/reefknot_Multichoice.jsonl.gz")})["groups"][0]["n"],
            6950);
  EXPECT_EQ(
      probe({"reefknot", "--statistics", data("relation/reefknot_VQA.jsonl.gz")})["groups"][0]["n"],
      4870);
  const json triplets = probe({"tri-he", "--statistics", data("relation/tri-he.json.gz")});
  EXPECT_EQ(triplets["images"], 300);
  EXPECT_EQ(triplets["questions"], 1226);
  EXPECT_EQ(triplets["triplets"], 5729);
}

TEST(ProbeAnswersOracle, HallusionBenchSample) {
  VERNIER_REQUIRE_SHARED("data/hallusionbench");
  const std::string answers = data("hallusionbench/HallusionBench_result_sample.json.gz");
  const std::string questions = data("hallusionbench/HallusionBench.json.gz");
  EXPECT_EQ(vernier({"probe", "hallusionbench", answers, "--questions", questions}).code, 3);
  const json found =
      probe({"hallusionbench", answers, "--questions", questions, "--allow-missing"});
  EXPECT_EQ(found["join"]["questions"], 1129);
  EXPECT_EQ(found["join"]["answers"], 254);
  EXPECT_EQ(found["join"]["matched"].get<int>() + found["join"]["conflicting"].get<int>(), 254);
  EXPECT_EQ(found["metrics"]["aAcc"]["denominator"], found["join"]["matched"]);
}

}  // namespace
}  // namespace vernier::tests
