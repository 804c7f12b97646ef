// vernier probe mme, order, hallusionbench, reefknot, tri-he and mmhal, as a user sees them.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/command.h"

namespace vernier::tests {
namespace {

using nlohmann::json;

class ProbeAnswers : public testing::Test {
 protected:
  json scored(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "probe");
    arguments.insert(arguments.end(), {"-f", "json"});
    const Finished done = vernier(arguments);
    EXPECT_EQ(done.code, 0) << done.err;
    return json::parse(done.out);
  }
  void expect_refused(std::vector<std::string> arguments, const std::string& part,
                      int code = 3) const {
    arguments.insert(arguments.begin(), "probe");
    const Finished done = vernier(arguments);
    EXPECT_EQ(done.code, code) << done.err;
    EXPECT_NE(done.err.find(part), std::string::npos) << done.err;
    EXPECT_EQ(done.out, "");
  }
  TemporaryFolder folder_;
};

TEST_F(ProbeAnswers, MmeOfOneSubtask) {
  folder_.write("count.txt", "1.jpg\tTwo?\tYes\tNO\n1.jpg\tThree?\tNo\tno.\n");
  const json out = scored({"mme", folder_.path("").string()});
  EXPECT_NEAR(out["scores"]["count"], 50, 1e-12);
  EXPECT_TRUE(out["scores"]["perception"].is_null());
  EXPECT_NE(out["undefined"]["perception"].get<std::string>().find("existence"), std::string::npos);
  EXPECT_EQ(out["subtasks"]["count"]["n_expected"], 60);
  EXPECT_EQ(out["missing"].size(), 13u);
  const Finished table = vernier({"probe", "mme", folder_.path("").string()});
  EXPECT_NE(table.out.find("count has 2 questions; the benchmark has 60"), std::string::npos);
  folder_.write("OCR.txt", "1.jpg\tTwo?\tYes\n");
  expect_refused({"mme", folder_.path("").string()}, "OCR.txt:1: expected image, question");
  expect_refused({"mme", folder_.path("nothing").string()}, "expected a folder", 2);
  expect_refused({"mme", folder_.path("").string(), "--parser", "x"}, "no parser 'x'", 2);
}

TEST_F(ProbeAnswers, OrderTellsFilesApart) {
  const json pairs = scored({"order", folder_.write("p.tsv",
                                                    "pair_id\tsource\tlabel\t"
                                                    "decision_original_order\t"
                                                    "decision_swapped_order\n"
                                                    "1\tlivecodebench\tA>B\tA>B\tA>B\n")});
  EXPECT_EQ(pairs["kind"], "pairs");
  EXPECT_EQ(pairs["subsets"]["coding"]["n_prefers_first"], 1);
  EXPECT_EQ(pairs["subsets"]["overall"]["n_correct_after_swap"], 0);
  const json rotations = scored({"order", folder_.write("r.tsv",
                                                        "index\tA\tB\tanswer\tprediction\n"
                                                        "1\tx\ty\tA\tA. x\n"
                                                        "1000001\ty\tx\tB\tB\n")});
  EXPECT_EQ(rotations["kind"], "rotations");
  EXPECT_EQ(rotations["metrics"]["circular"]["numerator"], 1);
  EXPECT_EQ(rotations["metrics"]["accuracy_when_gold_is_A_of_2"]["denominator"], 1);
  expect_refused({"order", folder_.write("x.jsonl", R"({"id":1,"text":"yes"})")},
                 "expected rotated questions");
  expect_refused({"order", folder_.write("e", "")}, "holds no records");
  expect_refused(
      {"order", folder_.write("n.tsv", "index\tA\tB\tanswer\tprediction\nNaN\tx\ty\tA\tA\n")},
      "expected a whole number in \"index\", found 'NaN'");
}

TEST_F(ProbeAnswers, AJudgeThatDecidesNothingIsNotWrong) {
  const json out = scored({"order", folder_.write("p.tsv",
                                                  "pair_id\tsource\tlabel\t"
                                                  "decision_original_order\t"
                                                  "decision_swapped_order\n"
                                                  "1\tx\tA>B\t\tthe first, I think\n")});
  EXPECT_TRUE(out["scores"]["swap_accuracy"].is_null());
  EXPECT_EQ(out["counts"]["unreadable_decisions"], 1);
  EXPECT_EQ(out["subsets"]["overall"]["n_missing"], 1);
  EXPECT_EQ(out["subsets"]["overall"]["undefined"]["swap_accuracy"], "no decision could be read");
}

/// Two questions on figures 0 (original) and 1 (edited) of a VD set, one VS question without image.
std::string hallusion_rows(const std::vector<std::string>& answers, const std::string& field) {
  json rows = json::array();
  const auto add = [&](const char* category, const char* figure, const char* question,
                       const char* gold) {
    rows.push_back({{"category", category},
                    {"subcategory", "map"},
                    {"set_id", "0"},
                    {"figure_id", figure},
                    {"question_id", question},
                    {"question", std::string("Is it ") + question + "?"},
                    {"gt_answer", gold},
                    {field, answers[rows.size()]}});
  };
  add("VD", "0", "0", "1");
  add("VD", "0", "1", "0");
  add("VD", "1", "0", "0");
  add("VD", "1", "1", "1");
  add("VS", "0", "0", "1");
  return rows.dump();
}

TEST_F(ProbeAnswers, HallusionBench) {
  const std::string answers = folder_.write(
      "a",
      hallusion_rows({"Yes.", "No.", "Yes it is", "Yes", "I cannot tell"}, "model_prediction"));
  const json out = scored({"hallusionbench", answers});
  EXPECT_EQ(out["metrics"]["aAcc"]["numerator"], 4);  // the unclear VS answer is right
  EXPECT_EQ(out["metrics"]["aAcc"]["denominator"], 5);
  EXPECT_EQ(out["metrics"]["qAcc"]["numerator"], 2);  // VD question 1, VS question 0
  EXPECT_EQ(out["metrics"]["qAcc"]["denominator"], 3);
  EXPECT_EQ(out["metrics"]["fAcc"]["numerator"], 1);  // VD figure 0; VS figure 0 does not count
  EXPECT_EQ(out["metrics"]["fAcc"]["denominator"], 2);
  EXPECT_EQ(out["metrics"]["easy_aAcc"]["denominator"], 3);
  EXPECT_EQ(out["metrics"]["hard_aAcc"]["numerator"], 1);
  EXPECT_NEAR(out["scores"]["yes_difference"], 0.2, 1e-12);
  EXPECT_EQ(out["metrics"]["false_positive_ratio"]["numerator"], 1);
  EXPECT_EQ(out["counts"]["unclear"], 1);
  const std::string judged =
      folder_.write("j", hallusion_rows({"1", "0", "2", "correct", "2"}, "correctness"));
  const json by_judge = scored({"hallusionbench", judged});
  EXPECT_EQ(by_judge["metrics"]["aAcc"]["numerator"], 3);
  expect_refused({"hallusionbench",
                  folder_.write("b", hallusion_rows({"1", "0", "2", "probably", "2"}, "judge"))},
                 "found 'probably'");
  json part = json::parse(read_file(answers));
  part.erase(4);
  const std::string four = folder_.write("four", part.dump());
  expect_refused({"hallusionbench", four, "--questions", answers}, "have no answer");
  EXPECT_EQ(scored({"hallusionbench", four, "--questions", answers,
                    "--allow-missing"})["join"]["missing"],
            1);
}

constexpr const char* kReefknot =
    R"({"image_id":"1","query_prompt":"Is it on it? Please answer yes or no.","label":"yes","type":"Yes/No","response":"Yes","relation_type":"perception"}
{"image_id":"1","query_prompt":"Is it off it? Please answer yes or no.","label":"no","type":"Yes/No","response":"Yes","relation_type":"cognitive"}
{"image_id":"1","query_prompt":"Which? A. on B. under C. at D. by, please choose.","label":"B","type":"Multichoice","response":"B. under","relation_type":"perception"}
{"image_id":"1","query_prompt":"What is the relation?","label":"it is on it.","type":"VQA","response":"It is on it","relation_type":"perception"}
)";

TEST_F(ProbeAnswers, Reefknot) {
  const std::string file = folder_.write("r", kReefknot);
  const json out = scored({"reefknot", file});
  EXPECT_EQ(out["scores"]["yesno/all/hallucination_rate"], 0.5);
  EXPECT_EQ(out["scores"]["yesno/cognitive/hallucination_rate"], 1);
  EXPECT_EQ(out["scores"]["multichoice/all/hallucination_rate"], 0);
  EXPECT_EQ(out["scores"]["vqa/perception/hallucination_rate"], 0);
  EXPECT_NEAR(out["scores"]["mean_accuracy_over_tasks"], 250.0 / 3, 1e-12);
  std::string open = kReefknot;
  open.replace(open.find("\"B. under\""), 10, "\"\"");
  const std::string unanswered = folder_.write("u", open);
  expect_refused({"reefknot", unanswered}, "1 questions of");
  EXPECT_EQ(scored({"reefknot", unanswered, "--allow-missing"})["join"]["missing"], 1);
  EXPECT_EQ(scored({"reefknot", unanswered, "--statistics"})["groups"].size(), 7u);
  expect_refused({"reefknot", folder_.write("w", R"({"type":"Essay"})")}, "found 'Essay'");
}

constexpr const char* kJudged =
    R"x({"image_id":"1","question":"Why?","triplets":[{"triplet":"(a, b, c)","verdict":"supported"},{"triplet":"(a, d, c)","verdict":"relation"}]}
{"image_id":"1","question":"How?","triplets":[{"triplet":"(x, b, c)","verdict":"object"}]}
{"image_id":"2","question":"Why?","triplets":[{"triplet":"(a, b, c)","verdict":"supported"},{"triplet":"(q, b, c)","verdict":null}]}
{"image_id":"2","question":"How?","triplets":[]}
)x";
constexpr const char* kTriplets =
    R"x({"1":{"instance":[{"question":"Why?"},{"question":"How?"}],"triplets":["(a, b, c)"]},
"2":{"instance":[{"question":"Why?"},{"question":"How?"},{"question":"When?"}],"triplets":[]}})x";

TEST_F(ProbeAnswers, TriHe) {
  const std::string judged = folder_.write("t", kJudged);
  const json out = scored({"tri-he", judged});
  EXPECT_NEAR(out["scores"]["hallu_q"], (0.5 + 1 + 0) / 3, 1e-12);
  EXPECT_NEAR(out["scores"]["hallu_i"], (0.75 + 0) / 2, 1e-12);
  EXPECT_NEAR(out["scores"]["object_q"], 1.0 / 3, 1e-12);
  EXPECT_NEAR(out["scores"]["relation_i"], 0.25 / 2, 1e-12);
  EXPECT_EQ(out["counts"]["questions_without_triplets"], 1);
  EXPECT_EQ(out["counts"]["failed_triplets"], 1);
  EXPECT_EQ(out["metrics"]["hallucinated_triplets"]["denominator"], 4);
  const std::string questions = folder_.write("q", kTriplets);
  expect_refused({"tri-he", judged, "--questions", questions}, "1 of 5 questions were not judged");
  const json part = scored({"tri-he", judged, "--questions", questions, "--allow-missing"});
  EXPECT_EQ(part["counts"]["missing"], 1);
  EXPECT_EQ(scored({"tri-he", questions, "--statistics"})["questions"], 5);
  expect_refused(
      {"tri-he",
       folder_.write("v", R"({"image_id":"1","question":"W","triplets":[{"verdict":"true"}]})")},
      "found 'true'");
}

TEST_F(ProbeAnswers, MmhalFailuresAreNotZeros) {
  const std::string rated = folder_.write(
      "m",
      R"([{"question_type":"relation","image_id":"1","question":"a","review":"Good. Rating: 6"},
               {"question_type":"relation","image_id":"2","question":"a","review":"Bad.\nRating: 1, hallucination"},
               {"question_type":"other","image_id":"3","question":"a","review":"Rating: 2 or Rating: 5"}])");
  const Finished done = vernier({"probe", "mmhal", rated, "-f", "json"});
  EXPECT_EQ(done.code, 5);
  EXPECT_NE(done.err.find("1 of 3 replies hold no rating"), std::string::npos) << done.err;
  const json out = scored({"mmhal", rated, "--max-failures", "1"});
  EXPECT_EQ(out["scores"]["mean_rating"], 3.5);
  EXPECT_EQ(out["scores"]["hallucination_rate"], 0.5);
  EXPECT_EQ(out["types"]["other"]["failed"], 1);
  EXPECT_TRUE(out["types"]["other"]["mean_rating"].is_null());
  EXPECT_EQ(out["failures"].size(), 1u);
  expect_refused({"mmhal", folder_.write("n", R"([{"question_type":"other","model_answer":"x"}])")},
                 "nobody has rated");
}

TEST_F(ProbeAnswers, EveryProbeHasHelpWithExamples) {
  for (const char* name :
       {"pope", "mme", "order", "hallusionbench", "reefknot", "rbench", "tri-he", "mmhal"}) {
    const Finished done = vernier({"probe", name, "--help"});
    EXPECT_EQ(done.code, 0);
    EXPECT_NE(done.out.find(std::string("\n  vernier probe ") + name), std::string::npos) << name;
  }
}

}  // namespace
}  // namespace vernier::tests
