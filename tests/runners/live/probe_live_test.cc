// vernier probe live with the model that comes with vernier.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>
#include <thread>

#include "tests/support/command.h"
#include "tests/support/stub_server.h"

namespace vernier {
namespace {

using nlohmann::json;
using tests::Finished;
using tests::read_file;
using tests::Running;
using tests::TemporaryFolder;

/// A set of `n` scenes with everything to ask about.
class LiveScenes {
 public:
  explicit LiveScenes(int n, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments = {"synth",  "-n",       std::to_string(n),
                                          "--seed", "900001",   "--world",
                                          "small",  "--write",  "images,scenes,questions,groups",
                                          "-o",     path("set")};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Finished done = tests::vernier(arguments);
    EXPECT_EQ(done.code, 0) << done.err;
  }
  std::string path(const std::string& name) const { return folder_.path(name).string(); }
  const TemporaryFolder& folder() const { return folder_; }

 private:
  TemporaryFolder folder_;
};

std::vector<std::string> command(const LiveScenes& scenes, std::vector<std::string> more) {
  std::vector<std::string> arguments = {"probe", "live", scenes.path("set")};
  if (std::ranges::find(more, "--limit") == more.end()) {
    arguments.insert(arguments.end(), {"--limit", "40"});
  }
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

std::vector<json> json_lines(const std::string& text) {
  std::vector<json> out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) out.push_back(json::parse(line));
  return out;
}

TEST(ProbeLive, MeasuresWhatTheModelSees) {
  const LiveScenes scenes(40);
  const std::string out = scenes.path("answers.jsonl");
  const Finished done = tests::vernier(command(scenes, {"-f", "json", "-o", out}));
  ASSERT_EQ(done.code, 0) << done.err;
  const json result = json::parse(done.out);
  EXPECT_EQ(result["schema"], "vernier.probe.live/1");
  EXPECT_NE(result["model"].get<std::string>().find("weights:"), std::string::npos);
  EXPECT_NE(result["signature"].get<std::string>().find("|limit:40|seed:1|controls:grey+other|"),
            std::string::npos);
  for (const char* kind : {"existence", "attribute", "color", "shape", "count", "relation"}) {
    const json& one = result["kinds"][kind];
    EXPECT_EQ(one["questions"], 40) << kind;
    EXPECT_GE(one["right"].get<double>(), 80) << kind;
    EXPECT_LE(one["low"].get<double>(), one["right"].get<double>());
    EXPECT_GT(one["grey_change_low"].get<double>(), 0) << kind;
    EXPECT_GT(one["other_change_low"].get<double>(), 0) << kind;
    EXPECT_LT(one["p_grey"].get<double>(), 0.05) << kind;
  }
  EXPECT_TRUE(result["kinds"]["existence"].contains("yes_ratio"));
  EXPECT_FALSE(result["kinds"]["color"].contains("yes_ratio"));
  EXPECT_EQ(result["kinds"]["color"]["exact_match"], result["kinds"]["color"]["right"]);
  // It was never taught to count in one of several pictures.
  EXPECT_TRUE(result["kinds"]["position"]["right"].is_null());
  EXPECT_EQ(result["kinds"]["position"]["undefined"]["right"], "at chance: not measured");

  std::size_t right = 0, of_kind = 0;
  for (const json& line : json_lines(read_file(out))) {
    EXPECT_TRUE(line.contains("grey") && line.contains("other")) << line;
    if (line["kind"] != "color") continue;
    ++of_kind;
    right += line["right"].get<bool>();
    EXPECT_EQ(line["right"].get<bool>(), line["read"] == line["label"]) << line;
    EXPECT_NE(line["other"]["image_id"], line["image_id"]);
  }
  EXPECT_EQ(of_kind, 40U);
  EXPECT_NEAR(result["kinds"]["color"]["right"].get<double>(),
              100.0 * static_cast<double>(right) / 40, 1e-9);
  EXPECT_FALSE(std::filesystem::exists(out + ".part"));
  EXPECT_TRUE(std::filesystem::exists(out + ".log"));

  scenes.folder().write("live.json", done.out);
  const Finished page = tests::vernier(
      {"report", "--probe", scenes.path("live.json"), "-o", scenes.path("page.html")});
  ASSERT_EQ(page.code, 0) << page.err;
  EXPECT_NE(read_file(scenes.path("page.html")).find("at chance: not measured"), std::string::npos);
}

TEST(ProbeLive, TheSameBytesHoweverItIsWorked) {
  const LiveScenes scenes(12);
  const std::vector<std::string> json_out = {"-f", "json", "--kinds", "count,relation,position"};
  const auto ask = [&](std::vector<std::string> more) {
    more.insert(more.end(), json_out.begin(), json_out.end());
    const Finished done = tests::vernier(command(scenes, more));
    EXPECT_EQ(done.code, 0) << done.err;
    return done.out;
  };
  const std::string whole = ask({});
  EXPECT_EQ(ask({"-t", "1", "--live", "1"}), whole);
  EXPECT_EQ(ask({"-t", "3", "--live", "7", "--kv-memory", "0.02"}), whole);
  EXPECT_NE(ask({"--seed", "2"}), whole);
}

TEST(ProbeLive, KilledAtAnyMomentGoesOnToTheSameBytes) {
  const LiveScenes scenes(24);
  const std::string out = scenes.path("answers.jsonl");
  const auto all =
      command(scenes, {"-o", out, "--limit", "16", "--kinds", "existence,count,position,presets"});
  const auto start = std::chrono::steady_clock::now();
  const Finished first = tests::vernier(all);
  ASSERT_EQ(first.code, 0) << first.err;
  const auto duration = std::chrono::steady_clock::now() - start;
  const std::string whole = read_file(out);
  std::mt19937 random(20261127);
  for (int trial = 0; trial < 6; ++trial) {
    std::filesystem::remove(out);
    {
      Running program(all);
      std::this_thread::sleep_for(duration * (random() % 1000) / 1000);
      program.signal(trial % 2 == 0 ? SIGKILL : SIGTERM);
      program.wait();
    }
    auto again = all;
    again.emplace_back("--resume");
    const Finished done = tests::vernier(again);
    ASSERT_EQ(done.code, 0) << done.err;
    ASSERT_EQ(read_file(out), whole) << "trial " << trial;
    ASSERT_EQ(done.out, first.out);
    ASSERT_FALSE(std::filesystem::exists(out + ".part"));
  }
}

TEST(ProbeLive, PromptsAndDescriptionsBeforeQuestions) {
  const LiveScenes scenes(24);
  const std::string out = scenes.path("answers.jsonl");
  const Finished done =
      tests::vernier(command(scenes, {"--kinds", "presets", "-f", "json", "-o", out}));
  ASSERT_EQ(done.code, 0) << done.err;
  const json result = json::parse(done.out);
  ASSERT_EQ(result["presets"].size(), 3U);
  EXPECT_EQ(result["presets_not_asked"], json::array({"region-by-region"}));
  const json& plain = result["presets"][0];
  EXPECT_EQ(plain["preset"], "plain");
  EXPECT_EQ(plain["descriptions"], 24);
  EXPECT_LT(plain["chair_i"].get<double>(), 20);
  EXPECT_GT(plain["recall"].get<double>(), 80);
  ASSERT_EQ(result["presets_less_plain"].size(), 2U);
  const json& detailed = result["presets"][1];
  EXPECT_GT(result["presets_less_plain"][0]["words_low"].get<double>(), 5);
  EXPECT_LT(detailed["wrong_attributes"].get<double>(), 20) << "lists are read as sentences";
  ASSERT_EQ(result["described"].size(), 3U) << "existence, attribute, relation";
  for (const json& one : result["described"]) {
    EXPECT_GT(one["questions"], 20);
    EXPECT_NEAR(one["change"].get<double>(),
                one["right"].get<double>() - one["at_once"].get<double>(), 1e-9);
  }
  std::size_t captions = 0;
  for (const json& line : json_lines(read_file(out))) captions += line["kind"] == "presets";
  EXPECT_EQ(captions, 72U);
}

TEST(ProbeLive, SizesOfThePicture) {
  const LiveScenes scenes(12, {"--side", "16,64"});
  const Finished done =
      tests::vernier(command(scenes, {"--kinds", "shape,count,resolution", "-f", "json"}));
  ASSERT_EQ(done.code, 0) << done.err;
  const json sides = json::parse(done.out)["resolution"]["side"];
  ASSERT_EQ(sides.size(), 2U);
  EXPECT_EQ(sides[0]["from"], 16);
  EXPECT_GT(sides[0]["lost"].get<double>(), 0);
  EXPECT_GT(sides[1]["rate"].get<double>(), sides[0]["rate"].get<double>());
  EXPECT_TRUE(sides[1]["lost"].is_null());
}

TEST(ProbeLive, QuestionsOfOtherDataAndAnswersForOtherProbes) {
  const LiveScenes scenes(24);
  const Finished pope =
      tests::vernier({"probe", "live", "--questions", scenes.path("set/yes_no.jsonl"), "--images",
                      scenes.path("set/images"), "--limit", "40"});
  ASSERT_EQ(pope.code, 0) << pope.err;
  EXPECT_NE(pope.out.find("existence"), std::string::npos) << pope.out;

  const std::string out = scenes.path("position.jsonl");
  ASSERT_EQ(tests::vernier(command(scenes, {"--kinds", "position", "-o", out})).code, 0);
  const Finished position = tests::vernier({"probe", "position", out});
  EXPECT_EQ(position.code, 0) << position.err;
}

TEST(ProbeLive, AServerThatTakesOnePictureIsAskedAllElse) {
  const LiveScenes scenes(12);
  const tests::StubServer server([](const tests::StubRequest& request) {
    tests::StubReply reply;
    reply.headers = {"Content-Type: application/json"};
    if (request.method == "GET") {
      reply.body = R"({"data":[{"id":"m"}]})";
      return reply;
    }
    std::size_t pictures = 0;
    for (std::size_t at = 0; (at = request.body.find("image_url\":", at)) != std::string::npos;
         ++at) {
      ++pictures;
    }
    if (pictures > 1) {
      reply.status = 400;
      reply.body = R"({"error":{"message":"At most 1 image"}})";
      return reply;
    }
    reply.body = json{{"choices",
                       {{{"index", 0},
                         {"message", {{"role", "assistant"}, {"content", " Yes."}}},
                         {"finish_reason", "stop"}}}},
                      {"usage", {{"prompt_tokens", 10 + 100 * pictures}, {"completion_tokens", 2}}}}
                     .dump();
    return reply;
  });
  const std::string out = scenes.path("answers.jsonl");
  const Finished done = tests::vernier(
      command(scenes, {"--kinds", "existence,position", "--judge-url", server.url(), "-o", out}));
  ASSERT_EQ(done.code, 0) << done.err;
  EXPECT_NE(done.out.find("position: not measured: the model refuses so many pictures"),
            std::string::npos)
      << done.out;
  EXPECT_NE(done.out.find("At most 1 image"), std::string::npos) << done.out;
  for (const json& line : json_lines(read_file(out))) {
    EXPECT_EQ(line["answer"], "Yes.") << "without the blank";
    EXPECT_EQ(line["read"], "yes");
  }
}

TEST(ProbeLive, SaysWhatItCannotUse) {
  const LiveScenes scenes(6);
  const auto refused = [&](const std::vector<std::string>& arguments, int code, const char* text) {
    const Finished done = tests::vernier(arguments);
    EXPECT_EQ(done.code, code) << done.err;
    EXPECT_NE(done.err.find(text), std::string::npos) << done.err;
    EXPECT_TRUE(done.out.empty()) << done.out;
  };
  const std::string set = scenes.path("set"), questions = scenes.path("set/questions.jsonl");
  refused({"probe", "live"}, 2, "either a folder that vernier synth wrote, or --questions");
  refused({"probe", "live", set, "--questions", questions}, 2, "either a folder");
  refused({"probe", "live", scenes.path("none")}, 2, "expected a folder");
  refused({"probe", "live", set + "/images"}, 2, "expected questions.jsonl, groups.jsonl or");
  refused({"probe", "live", "--questions", questions}, 2, "--images");
  refused({"probe", "live", "--questions", scenes.path("none"), "--images", set}, 2, "none");
  refused({"probe", "live", set, "--images", scenes.path("none")}, 2, "expected a folder");
  refused(command(scenes, {"--kinds", "existence,colour"}), 2,
          "has no colour; there are existence");
  refused(command(scenes, {"--kinds", "resolution"}), 2, "--side 64,96");
  refused(command(scenes, {"--kinds", "count", "--tesseract"}), 2, "no questions of the kind sign");
  refused(command(scenes, {"-o", "-"}), 2, "-o");
  refused(command(scenes, {"--resume"}), 2, "-o FILE");
  refused(command(scenes, {"-o", questions}), 6, "questions.jsonl");
  refused(command(scenes, {"--model", scenes.path("none")}), 4, "none");
  refused({"probe", "live", "--questions",
           scenes.folder().write("bad.jsonl", "{\"image\":\"a\",\"text\":\"?\"}\n"), "--images",
           set + "/images"},
          3, "bad.jsonl:1");
  scenes.folder().write("empty.jsonl", "");
  refused({"probe", "live", "--questions", scenes.path("empty.jsonl"), "--images", set + "/images"},
          3, "empty.jsonl");

  // Case 35: a picture that is missing.
  const std::string out = scenes.path("out.jsonl");
  scenes.folder().write("q.jsonl",
                        "{\"id\":1,\"image\":\"s0000000\",\"text\":\"Is there a star?\","
                        "\"label\":\"yes\"}\n{\"id\":2,\"image\":\"gone\",\"text\":\"Is there a "
                        "star?\",\"label\":\"no\"}\n");
  refused({"probe", "live", "--questions", scenes.path("q.jsonl"), "--images", set + "/images",
           "-o", out},
          5, "image gone: no picture of that name");
  EXPECT_TRUE(std::filesystem::exists(out + ".part")) << "what was answered is kept";
  EXPECT_FALSE(std::filesystem::exists(out));
}

TEST(ProbeLive, OtherWorkIsNotGoneOnWith) {
  const LiveScenes scenes(6);
  const std::string out = scenes.path("out.jsonl");
  std::filesystem::remove(scenes.path("set/images/s0000003.png"));
  ASSERT_EQ(tests::vernier(command(scenes, {"-o", out, "--kinds", "count"})).code, 5);
  const Finished other = tests::vernier(
      command(scenes, {"-o", out, "--kinds", "count", "--suffix", "One word.", "--resume"}));
  EXPECT_EQ(other.code, 5);
  EXPECT_NE(other.err.find("other work"), std::string::npos) << other.err;
  const Finished more = tests::vernier(
      command(scenes, {"-o", out, "--kinds", "count,shape", "--max-failures", "0.5"}));
  EXPECT_EQ(more.code, 0) << more.err;
  EXPECT_NE(more.err.find("goes on behind"), std::string::npos) << "more kinds are the same work";
}

}  // namespace
}  // namespace vernier
