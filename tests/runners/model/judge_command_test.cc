// vernier judge --mode likelihood with the model that comes with it.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "tests/runners/model/drawn_scenes.h"

namespace vernier {
namespace {

using Json = nlohmann::json;
using tests::DrawnScenes;
using tests::Finished;
using tests::json_lines;
using tests::read_file;

Finished judge(const DrawnScenes& scenes, const std::string& captions,
               std::vector<std::string> more = {}) {
  std::vector<std::string> arguments = {"judge",         captions, "--images",
                                        scenes.images(), "--mode", "likelihood"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return tests::vernier(arguments);
}

/// Each scene's first description, as its own caption and as that of the scene before it.
std::string own_and_other(const DrawnScenes& scenes) {
  std::map<std::string, std::string> first;
  for (const Json& line : json_lines(read_file(scenes.captions()))) {
    first.try_emplace(line["image_id"], line["references"][0]);
  }
  std::string out;
  const auto add = [&](const std::string& image, const char* kind, const std::string& caption) {
    out += Json{{"id", image + kind}, {"image_id", image}, {"caption", caption}}.dump() + "\n";
  };
  std::string before;
  for (const auto& [image, caption] : first) {
    if (!before.empty() && first[before] != caption) {
      add(before, "#own", first[before]);
      add(before, "#other", caption);
    }
    before = image;
  }
  return out;
}

TEST(JudgeCommand, CaptionsAreLikelierForTheirPicture) {
  const DrawnScenes scenes(60);
  const std::string file = scenes.folder().write("in.jsonl", own_and_other(scenes));
  const std::string run = scenes.path("run.jsonl");
  const Finished done = judge(scenes, file, {"-o", run, "--json"});
  ASSERT_EQ(done.code, 0) << done.err;
  std::map<std::string, double> value_of;  // by id
  double sum = 0, tokens = 0;
  for (const Json& line : json_lines(read_file(run))) {
    if (!line.contains("id")) continue;
    const double value = line["scores"]["log-likelihood"];
    value_of[line["id"]] = value;
    const auto row = line["rows"]["perplexity"].get<std::vector<double>>();
    EXPECT_EQ(row[0], value);
    EXPECT_NEAR(line["scores"]["perplexity"].get<double>(), std::exp(-row[0] / row[1]),
                1e-9 * std::exp(-row[0] / row[1]));
    sum += row[0];
    tokens += row[1];
  }
  const Json scores = Json::parse(done.out)["scores"];
  EXPECT_NEAR(scores["log-likelihood"].get<double>(), sum / static_cast<double>(value_of.size()),
              1e-9);
  EXPECT_NEAR(scores["loss"].get<double>(), -sum / tokens, 1e-9);
  EXPECT_NEAR(scores["perplexity"].get<double>(), std::exp(-sum / tokens), 1e-6);
  std::size_t better = 0, compared = 0;
  for (const auto& [id, value] : value_of) {
    if (!id.ends_with("#own")) continue;
    ++compared;
    better += value > value_of.at(id.substr(0, id.find('#')) + "#other");
  }
  EXPECT_GT(compared, 50U);
  EXPECT_GE(better, compared - 2);
}

TEST(JudgeCommand, RunsAreComparedAndGated) {
  const DrawnScenes scenes(20);
  const std::string good = scenes.path("good.jsonl"), bad = scenes.path("bad.jsonl");
  ASSERT_EQ(tests::vernier({"caption", "--images", scenes.images(), "-o", good}).code, 0);
  std::string worse;
  for (Json line : json_lines(read_file(good))) {
    line["caption"] = "A large red star.";
    worse += line.dump() + "\n";
  }
  scenes.folder().write("bad.jsonl", worse);
  ASSERT_EQ(judge(scenes, good, {"-o", scenes.path("a.run")}).code, 0);
  ASSERT_EQ(judge(scenes, bad, {"-o", scenes.path("b.run")}).code, 0);
  const Finished compare =
      tests::vernier({"compare", scenes.path("a.run"), scenes.path("b.run"), "--json"});
  EXPECT_EQ(compare.code, 0) << compare.err;
  const std::string policy = scenes.folder().write(
      "gate.toml", "[[rule]]\nmetric = \"perplexity\"\nmax_drop_percent = 10\n");
  const auto gate = [&](const char* baseline, const char* candidate) {
    return tests::vernier({"gate", "--baseline", scenes.path(baseline), "--candidate",
                           scenes.path(candidate), "--policy", policy});
  };
  const Finished fails = gate("a.run", "b.run");
  EXPECT_EQ(fails.code, 1) << fails.out << fails.err;
  const Finished passes = gate("b.run", "a.run");
  EXPECT_EQ(passes.code, 0) << passes.out << passes.err;
}

TEST(JudgeCommand, TheSameBytesHoweverItIsWorked) {
  const DrawnScenes scenes(12);
  const auto run_of = [&](const std::string& name, std::vector<std::string> more) {
    more.insert(more.end(), {"-o", scenes.path(name)});
    const Finished done = judge(scenes, scenes.captions(), more);
    EXPECT_EQ(done.code, 0) << done.err;
    return read_file(scenes.path(name));
  };
  const std::string whole = run_of("a", {});
  EXPECT_EQ(run_of("b", {"--live", "1", "-t", "1"}), whole);
  EXPECT_EQ(run_of("c", {"--live", "5", "-t", "3", "--kv-memory", "0.01"}), whole);
}

TEST(JudgeCommand, WhatFailsIsKeptOutAndTriedAgain) {
  const DrawnScenes scenes(4);
  const std::string file =
      scenes.folder().write("in.jsonl",
                            "{\"image_id\":\"s0000000\",\"caption\":\"A large red star.\"}\n"
                            "{\"image_id\":\"late\",\"caption\":\"A large red star.\"}\n"
                            "{\"image_id\":\"s0000001\",\"caption\":\"\"}\n");
  const std::string run = scenes.path("run.jsonl");
  const Finished done = judge(scenes, file, {"-o", run});
  EXPECT_EQ(done.code, 5);
  EXPECT_NE(done.err.find("image late: no picture of that name"), std::string::npos) << done.err;
  EXPECT_TRUE(std::filesystem::exists(run + ".answers.part"));
  EXPECT_FALSE(std::filesystem::exists(run));
  const Finished some = judge(scenes, file, {"--max-failures", "0.4", "--json"});
  EXPECT_EQ(some.code, 0) << some.err;
  EXPECT_EQ(Json::parse(some.out)["samples"], 2);
  EXPECT_EQ(Json::parse(some.out)["counts"]["empty_candidate"], 1);

  std::filesystem::copy(scenes.images() + "/s0000003.png", scenes.images() + "/late.png");
  const Finished more = judge(scenes, file, {"-o", run, "--resume"});
  EXPECT_EQ(more.code, 0) << more.err;
  EXPECT_NE(more.err.find("goes on behind 2 answers"), std::string::npos) << more.err;
  EXPECT_FALSE(std::filesystem::exists(run + ".answers.part"));
  const std::string other = scenes.path("other.jsonl");
  EXPECT_EQ(judge(scenes, file, {"-o", other}).code, 0);
  EXPECT_EQ(read_file(other), read_file(run)) << "the same bytes as without the interruption";
}

}  // namespace
}  // namespace vernier
