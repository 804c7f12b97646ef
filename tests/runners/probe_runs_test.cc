// vernier probe NAME -o RUN through the real binary: runs of answers and descriptions hold what the
// probe prints, and compare, gate, slices and report take them.
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/support/command.h"
#include "tests/support/word_net.h"

namespace vernier::tests {
namespace {

using nlohmann::json;

class ProbeRuns : public testing::Test {
 protected:
  /// Questions 1, 2, ... on images of two, labels yes and no in turn.
  std::string questions(const std::string& name, int count, const char* id = "question_id") const {
    std::string text;
    for (int n = 0; n < count; ++n) {
      json record = {{"image", "dir/" + std::to_string(n / 2) + ".jpg"},
                     {"text", "Is there a thing " + std::to_string(n) + "?"},
                     {"label", n % 2 == 0 ? "yes" : "no"},
                     {"kind", n % 3 == 0 ? "x" : "<b>y"},
                     {"size", n}};
      record[id] = n + 1;
      text += record.dump() + "\n";
    }
    return folder_.write(name, text);
  }
  std::string answers(const std::string& name, const std::vector<std::string>& texts) const {
    std::string out;
    for (std::size_t n = 0; n < texts.size(); ++n) {
      out += json{{"question_id", n + 1}, {"answer", texts[n]}}.dump() + "\n";
    }
    return folder_.write(name, out);
  }
  json printed(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "probe");
    arguments.insert(arguments.end(), {"-f", "json"});
    const Finished done = vernier(arguments);
    EXPECT_EQ(done.code, 0) << done.err;
    return done.code == 0 ? json::parse(done.out) : json();
  }
  /// Header, samples and footer.
  static std::vector<json> lines(const std::string& run) {
    std::vector<json> out;
    std::istringstream in(read_file(run));
    for (std::string line; std::getline(in, line);) out.push_back(json::parse(line));
    return out;
  }
  std::string path(const char* name) const { return folder_.path(name).string(); }
  TemporaryFolder folder_;
};

TEST_F(ProbeRuns, YesNoHoldsWhatTheProbePrints) {
  const std::string asked = questions("q.jsonl", 6);
  const std::string given = answers("a.jsonl", {"Yes", "no", "maybe", "maybe", "No.", "Yes"});
  const json strict =
      printed({"pope", given, "--questions", asked, "--mode", "strict", "-o", path("run")});
  const std::vector<json> run = lines(path("run"));
  ASSERT_EQ(run.size(), 8u);
  const json footer = run.back()["footer"]["scores"];
  for (const char* score : {"accuracy", "precision", "recall", "f1"}) {
    EXPECT_EQ(footer[score], strict["scores"][score]) << score;
  }
  EXPECT_EQ(footer["yes-ratio"], strict["scores"]["yes_ratio"]);
  EXPECT_DOUBLE_EQ(footer["accuracy"], 2.0 / 6) << "unclear is wrong";
  EXPECT_DOUBLE_EQ(footer["unclear"], 2.0 / 6);
  EXPECT_EQ(run[0]["metrics"][0]["signature"], strict["signature"]);
  EXPECT_EQ(run[3]["id"], "3");
  EXPECT_EQ(run[3]["image_id"], "1.jpg");
  EXPECT_EQ(run[3]["candidate"], "maybe");
  EXPECT_EQ(run[3]["references"], json::array({"yes"}));
  EXPECT_EQ(run[3]["rows"]["yes-no"], json::array({0, 0, 0, 0, 1, 0}));
  EXPECT_EQ(run[3]["meta"]["verdict"], "unclear");
  EXPECT_EQ(run[3]["meta"]["kind"], "<b>y");
  EXPECT_EQ(run[3]["meta"]["size"], "2");
  EXPECT_EQ(run[3]["meta"]["question"], "Is there a thing 2?");
  EXPECT_FALSE(run[3]["meta"].contains("text")) << "the question once";

  const json excluded = printed({"pope", given, "--questions", asked, "--mode", "strict",
                                 "--unclear", "excluded", "-o", path("run")});
  const json without = lines(path("run")).back()["footer"]["scores"];
  EXPECT_EQ(without["accuracy"], excluded["scores"]["accuracy"]);
  EXPECT_DOUBLE_EQ(without["accuracy"], 2.0 / 4);
  EXPECT_EQ(without["yes-ratio"], excluded["scores"]["yes_ratio"]);
  EXPECT_DOUBLE_EQ(without["unclear"], 2.0 / 6) << "of all that were asked";
}

TEST_F(ProbeRuns, WhatIsUndefinedIsNull) {
  const std::string never = answers("a.jsonl", {"No", "No", "No", "No"});
  const json found =
      printed({"pope", never, "--questions", questions("q.jsonl", 4), "-o", path("run")});
  const json scores = lines(path("run")).back()["footer"]["scores"];
  EXPECT_TRUE(found["scores"]["f1"].is_null());
  EXPECT_TRUE(scores["precision"].is_null());
  EXPECT_TRUE(scores["f1"].is_null()) << "as precision is, whatever its own counts say";
  EXPECT_EQ(scores["recall"], 0);
}

TEST_F(ProbeRuns, SeveralFilesAndRepeatedIdsAreToldApart) {
  const std::string a = questions("random.json", 2), b = questions("popular.json", 2);
  const std::string given = answers("a.jsonl", {"Yes", "No"});
  printed({"pope", given, given, "--questions", a, b, "-o", path("run")});
  std::vector<json> run = lines(path("run"));
  ASSERT_EQ(run.size(), 6u);
  EXPECT_EQ(run[1]["id"], "random/1");
  EXPECT_EQ(run[4]["id"], "popular/2");
  EXPECT_EQ(run[4]["meta"]["file"], "popular");
  // Questions without ids, joined by text.
  const std::string texts = R"({"image":"0.jpg","question":"Is there a thing 0?","answer":"Yes"})"
                            "\n"
                            R"({"image":"0.jpg","question":"Is there a thing 1?","answer":"Yes"})"
                            "\n";
  printed({"rbench", folder_.write("t.jsonl", texts), "--questions",
           questions("n.jsonl", 2, "number"), "-o", path("run")});
  run = lines(path("run"));
  EXPECT_EQ(run[1]["id"], "1");
  EXPECT_EQ(run[2]["id"], "2");
}

TEST_F(ProbeRuns, YesNoRunsAreComparedGatedSlicedAndReported) {
  std::vector<std::string> good, bad;
  for (int n = 0; n < 200; ++n) {
    good.emplace_back(n % 2 == 0 ? "Yes" : "No");
    bad.emplace_back(n % 2 == 0 || n % 4 == 1 ? "Yes" : "No");
  }
  const std::string asked = questions("q.jsonl", 200), before = path("before.jsonl"),
                    after = path("after.jsonl");
  printed({"rbench", answers("a", good), "--questions", asked, "-o", before});
  printed({"rbench", answers("b", bad), "--questions", asked, "-o", after});
  const Finished compared = vernier({"compare", before, after, "--by", "meta.kind", "-f", "json"});
  ASSERT_EQ(compared.code, 0) << compared.err;
  const json found = json::parse(compared.out);
  EXPECT_EQ(found["clusters"], 100) << "images";
  EXPECT_DOUBLE_EQ(found["metrics"]["accuracy"]["difference"], -0.25);
  EXPECT_TRUE(found["metrics"]["yes-ratio"]["less_is_better"]);
  EXPECT_EQ(found["moved"]["score"], "accuracy");
  EXPECT_EQ(found["slices"][0]["groups"].size(), 2u);
  const std::string policy =
      folder_.write("gate.toml", "[[rule]]\nmetric = \"accuracy\"\nmax_drop = 0.05\n");
  const auto gate = [&](const std::string& a, const std::string& b) {
    return vernier({"gate", "--baseline", a, "--candidate", b, "--policy", policy}).code;
  };
  EXPECT_EQ(gate(before, after), 1);
  EXPECT_EQ(gate(after, before), 0);
  const Finished page = vernier({"report", before, after, "--by", "meta.kind", "-o", "-"});
  ASSERT_EQ(page.code, 0) << page.err;
  EXPECT_NE(page.out.find("accuracy fell by 0.2500"), std::string::npos);
  EXPECT_EQ(page.out.find("<b>y"), std::string::npos);
  // Another parser, other numbers: never compared.
  printed({"rbench", answers("b", bad), "--questions", asked, "--mode", "strict", "-o", after});
  EXPECT_EQ(gate(before, after), 5);
}

TEST_F(ProbeRuns, MmeCountsPairsOfAnImage) {
  std::filesystem::create_directory(folder_.path("mme"));
  folder_.write("mme/count.txt",
                "1.jpg\tTwo?\tYes\tYes\n1.jpg\tThree?\tNo\tno.\n"
                "2.jpg\tTwo?\tYes\tNo\n2.jpg\tThree?\tNo\tno\n");
  folder_.write("mme/OCR.txt", "1.jpg\tA word?\tYes\tYes\n1.jpg\tAnother?\tNo\tYes\n");
  const json found = printed({"mme", path("mme"), "-o", path("run")});
  const std::vector<json> run = lines(path("run"));
  ASSERT_EQ(run.size(), 8u);
  const json scores = run.back()["footer"]["scores"];
  EXPECT_DOUBLE_EQ(scores["acc"], 100 * 4.0 / 6);
  EXPECT_DOUBLE_EQ(scores["acc+"], 100 * 1.0 / 3);
  EXPECT_EQ(run[1]["id"], "count/1");
  EXPECT_EQ(run[1]["image_id"], "count/1.jpg") << "other subtasks have other images of that name";
  EXPECT_TRUE(run[1]["scores"]["acc+"].is_null()) << "the pair ends with the second question";
  EXPECT_EQ(run[2]["scores"]["acc+"], 100);
  EXPECT_EQ(run[6]["meta"]["subtask"], "OCR");
  // By subtask, acc and acc+ are those that the probe prints.
  const Finished same =
      vernier({"compare", path("run"), path("run"), "--by", "meta.subtask", "-f", "json"});
  ASSERT_EQ(same.code, 0) << same.err;
  const json slices = json::parse(same.out)["slices"];
  for (const json& group : slices[0]["groups"]) {
    const json& subtask = found["subtasks"][group["value"].get<std::string>()];
    EXPECT_EQ(group["metrics"]["acc"]["a"], subtask["acc"]);
    EXPECT_EQ(group["metrics"]["acc+"]["a"], subtask["acc_plus"]);
  }
}

TEST_F(ProbeRuns, AmberHoldsDescriptionsWithTheirEvidence) {
  VERNIER_REQUIRE_WORDNET();
  folder_.write("annotations.json", R"([
    {"id": 1, "type": "generative", "truth": ["dog", "person"], "hallu": ["cat", "cloud"]},
    {"id": 2, "type": "generative", "truth": ["dog", "tree"], "hallu": ["cat"]},
    {"id": 3, "type": "discriminative-hallucination", "truth": "no"}])");
  folder_.write(
      "relation.json",
      R"({"dog": ["puppy"], "person": ["man"], "tree": [], "cat": [], "cloud": [], "car": []})");
  folder_.write("safe_words.txt", "light\n");
  const auto amber = [&](const std::string& responses) {
    return vernier({"probe", "amber", folder_.write("in", responses), "--annotations",
                    folder_.path(""), "--own-tools", "-o", path("run")});
  };
  const Finished done = amber(R"([{"id": 1, "response": "A man, a cat and a puppy."},
    {"id": 2, "response": "The dog."}, {"id": 3, "response": "No"}])");
  ASSERT_EQ(done.code, 0) << done.err;
  const std::vector<json> run = lines(path("run"));
  ASSERT_EQ(run.size(), 4u) << "descriptions only";
  const json scores = run.back()["footer"]["scores"];
  EXPECT_DOUBLE_EQ(scores["chair"], 100.0 / 4);
  EXPECT_DOUBLE_EQ(scores["hal"], 50);
  EXPECT_DOUBLE_EQ(scores["cog"], 100.0 / 3);
  EXPECT_DOUBLE_EQ(scores["cover"], 100 * 3.0 / 4);
  EXPECT_DOUBLE_EQ(scores["mentions"], 2);
  EXPECT_EQ(run[1]["meta"]["amber"]["mentions"][1]["verdict"], "target");
  EXPECT_EQ(run[2]["meta"]["amber"]["objects"], json::array({"dog", "tree"}));
  const std::string page = vernier({"report", path("run"), "-o", "-"}).out;
  EXPECT_NE(page.find("<mark class=\"bad\" title=\"cat: target\">cat</mark>"), std::string::npos);
  EXPECT_NE(page.find("<small>left out</small> tree</span>"), std::string::npos);
  EXPECT_EQ(amber(R"([{"id": 3, "response": "No"}])").code, 2) << "nothing to write";
}

TEST_F(ProbeRuns, InputsAreNeverOverwritten) {
  const std::string asked = questions("q.jsonl", 2), given = answers("a.jsonl", {"Yes", "No"});
  for (const std::string& input : {asked, given}) {
    const std::string before = read_file(input);
    EXPECT_EQ(vernier({"probe", "pope", given, "--questions", asked, "-o", input}).code, 6);
    EXPECT_EQ(read_file(input), before);
  }
}

TEST_F(ProbeRuns, EqualAnswersGiveEqualBytes) {
  const std::string asked = questions("q.jsonl", 4);
  const std::string given = answers("a.jsonl", {"Yes", "No", "x", ""});
  printed({"pope", given, "--questions", asked, "-o", path("a")});
  printed({"pope", given, "--questions", asked, "-o", path("b")});
  EXPECT_EQ(read_file(path("a")), read_file(path("b")));
}

}  // namespace
}  // namespace vernier::tests
