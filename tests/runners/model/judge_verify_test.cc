// vernier judge RUN --verify N: does the judge still say what it said?
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/runners/model/drawn_scenes.h"

namespace vernier::tests {
namespace {

using Json = nlohmann::json;

class JudgeVerify : public ::testing::Test {
 protected:
  Finished judge(const std::string& captions, const std::vector<std::string>& more) const {
    std::vector<std::string> all = {"judge", captions, "--images", scenes_.images(), "--quiet"};
    all.insert(all.end(), more.begin(), more.end());
    return vernier(all);
  }
  std::string run(const std::vector<std::string>& how) const {
    const std::string path = scenes_.path("run.jsonl");
    std::vector<std::string> all = how;
    all.insert(all.end(), {"-o", path});
    const Finished done = judge(scenes_.captions(), all);
    EXPECT_EQ(done.code, 0) << done.err;
    return path;
  }
  DrawnScenes scenes_{6};
};

TEST_F(JudgeVerify, TheSameJudgeSaysTheSame) {
  for (const std::string mode : {"visce", "direct", "checklist", "likelihood"}) {
    const std::string judged = run({"--mode", mode, "-t", "2"});
    const Finished done =
        judge(judged, {"--mode", mode, "--verify", "12", "-t", "1", "--live", "3"});
    EXPECT_EQ(done.code, 0) << mode << done.out << done.err;
    EXPECT_NE(done.out.find("equal to the bit"), std::string::npos) << done.out;
    const Json json =
        Json::parse(judge(judged, {"--mode", mode, "--verify", "12", "-f", "json"}).out);
    EXPECT_EQ(json["schema"], "vernier.judge.verify/1");
    EXPECT_GE(json["captions"], 12);
    EXPECT_LT(json["captions"], json_lines(read_file(scenes_.captions())).size());
    EXPECT_EQ(json["different"], 0);
  }
}

TEST_F(JudgeVerify, WhatBecameOtherIsNamed) {
  const std::string judged = run({"--mode", "direct"});
  std::filesystem::copy_file(scenes_.images() + "/s0000003.png", scenes_.images() + "/s0000000.png",
                             std::filesystem::copy_options::overwrite_existing);
  const Finished done = judge(judged, {"--mode", "direct", "--verify", "1000"});
  EXPECT_EQ(done.code, 1);
  EXPECT_NE(done.out.find("s0000000"), std::string::npos) << done.out;
  EXPECT_EQ(done.out.find("s0000001"), std::string::npos) << done.out;
  const Json json =
      Json::parse(judge(judged, {"--mode", "direct", "--verify", "1000", "-f", "json"}).out);
  ASSERT_GT(json["different"], 0);
  EXPECT_EQ(json["differences"].size(), json["different"]);
}

TEST_F(JudgeVerify, APictureThatIsGoneIsADifference) {
  const std::string judged = run({"--mode", "direct"});
  std::filesystem::remove(scenes_.images() + "/s0000000.png");
  const Finished done =
      judge(judged, {"--mode", "direct", "--verify", "1000", "--max-failures", "1"});
  EXPECT_EQ(done.code, 1) << done.out << done.err;
  EXPECT_NE(done.out.find("get no score now"), std::string::npos) << done.out;
}

TEST_F(JudgeVerify, AnotherJudgeIsNotCompared) {
  const std::string truth = "truth:" + scenes_.path("set");
  const std::string judged = run({"--model", truth + "?noise=3&seed=1"});
  EXPECT_EQ(judge(judged, {"--model", truth + "?noise=3&seed=1", "--verify", "30"}).code, 0);
  const Finished other = judge(judged, {"--model", truth + "?noise=3&seed=2", "--verify", "30"});
  EXPECT_EQ(other.code, 5) << other.out;
  EXPECT_NE(other.err.find("by another judge"), std::string::npos) << other.err;
  EXPECT_NE(other.err.find("seed:2"), std::string::npos) << other.err;
}

TEST_F(JudgeVerify, NeedsARunOfThisMode) {
  const Finished captions = judge(scenes_.captions(), {"--verify", "5"});
  EXPECT_EQ(captions.code, 2);
  EXPECT_NE(captions.err.find("is no run"), std::string::npos) << captions.err;
  const Finished mode = judge(run({"--mode", "direct"}), {"--verify", "5"});
  EXPECT_EQ(mode.code, 2);
  EXPECT_NE(mode.err.find("no score visce"), std::string::npos) << mode.err;
  const Finished output = judge(run({"--mode", "direct"}), {"--verify", "5", "-o", "x.jsonl"});
  EXPECT_EQ(output.code, 2);
}

}  // namespace
}  // namespace vernier::tests
