// --model truth:FOLDER through the real binary.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/runners/model/drawn_scenes.h"
#include "tests/support/word_net.h"

namespace vernier {
namespace {

using tests::DrawnScenes;
using tests::Finished;
using tests::json_lines;
using tests::read_file;

std::string truth(const DrawnScenes& scenes, const std::string& options = "") {
  return "truth:" + scenes.path("set") + options;
}

Finished caption(const DrawnScenes& scenes, const std::string& model,
                 std::vector<std::string> more = {}) {
  std::vector<std::string> arguments = {"caption", "--images", scenes.images(), "--model", model};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return tests::vernier(arguments);
}

TEST(TruthCommand, ScoreFindsItsCaptionsPerfect) {
  const DrawnScenes scenes(30);
  const std::string out = scenes.path("captions.jsonl");
  const Finished done = caption(scenes, truth(scenes), {"-o", out});
  ASSERT_EQ(done.code, 0) << done.err;
  EXPECT_NE(done.err.find("truth|scenes:"), std::string::npos) << done.err;
  EXPECT_NE(done.err.find("|flaws:none|noise:0|seed:1|v:1"), std::string::npos) << done.err;
  ASSERT_EQ(json_lines(read_file(out)).size(), 30U);
  const Finished score =
      tests::vernier({"score", out, "-r", scenes.captions(), "-m", "bleu,rouge-l", "--json"});
  ASSERT_EQ(score.code, 0) << score.err;
  const auto scores = nlohmann::json::parse(score.out)["scores"];
  EXPECT_NEAR(scores["bleu-4"].get<double>(), 1, 1e-6);
  EXPECT_NEAR(scores["rouge-l"].get<double>(), 1, 1e-6);
}

TEST(TruthCommand, ItsRelationsHold) {
  VERNIER_REQUIRE_WORDNET();
  const tests::TemporaryFolder folder;
  const std::string set = folder.path("set").string();
  // The probe's parser takes words on signs for things.
  ASSERT_EQ(tests::vernier({"synth", "-n", "40", "--world", "small", "--signs", "0", "-o", set,
                            "--write", "images,scenes"})
                .code,
            0);
  const std::string captions = folder.path("captions.jsonl").string();
  ASSERT_EQ(tests::vernier({"caption", "--images", set + "/images", "--model", "truth:" + set,
                            "--prompt", "Describe the image in detail.", "-o", captions})
                .code,
            0);
  const Finished probe = tests::vernier({"probe", "relations", captions, "--graphs",
                                         set + "/scenes.jsonl", "--own-tools", "-f", "json"});
  ASSERT_EQ(probe.code, 0) << probe.err;
  const auto relations = nlohmann::json::parse(probe.out)["counts"]["relations"];
  EXPECT_GT(relations["supported"], 30) << relations;
  EXPECT_EQ(relations["predicate-wrong"], 0) << relations;
  EXPECT_EQ(relations["swapped"], 0) << relations;
}

TEST(TruthCommand, QuestionsAndFlaws) {
  const DrawnScenes scenes(20);
  const auto answers = [&](const std::string& options) {
    const Finished done = caption(scenes, truth(scenes, options),
                                  {"--prompt", "How many objects are there?", "-o", "-"});
    EXPECT_EQ(done.code, 0) << done.err;
    return json_lines(done.out);
  };
  const auto graphs = json_lines(read_file(scenes.path("set/scenes.jsonl")));
  const auto fair = answers("");
  const auto blind = answers("?flaws=blind&seed=3");
  ASSERT_EQ(fair.size(), 20U);
  int seen = 0;
  for (std::size_t i = 0; i < fair.size(); ++i) {
    EXPECT_EQ(fair[i]["caption"], std::to_string(graphs[i]["objects"].size()));
    EXPECT_EQ(blind[i]["caption"], blind[0]["caption"]) << "of no picture";
    seen += blind[i]["caption"] == fair[i]["caption"];
  }
  EXPECT_LT(seen, 15);
}

TEST(TruthCommand, SaysWhatItCannotUse) {
  const DrawnScenes scenes(2);
  const auto refused = [&](const std::string& model, int code, const char* text,
                           std::vector<std::string> more = {}) {
    const Finished done = caption(scenes, model, std::move(more));
    EXPECT_EQ(done.code, code) << done.err;
    EXPECT_NE(done.err.find(text), std::string::npos) << done.err;
  };
  refused("truth:", 2, "expected the folder");
  refused(truth(scenes, "?flaws=lazy"), 2, "unknown flaw \"lazy\"");
  refused(truth(scenes, "?flaw=yes"), 2, "keys: flaws, noise, spread, seed");
  refused(truth(scenes), 2, "--chat-template", {"--chat-template", "vernier"});
  refused("truth:" + scenes.path("none"), 4, "scenes.jsonl: no such file");
  refused("truth:" + scenes.images(), 4, "scenes.jsonl: no such file");
  refused(truth(scenes), 5, "no answer to \"Sing.\"", {"--prompt", "Sing."});
  scenes.folder().write("set/scenes.jsonl", "{\"image_id\":\"s0000000\",\"objects\":[\"dog\"]}\n");
  refused(truth(scenes), 3, "scenes.jsonl:1: ");
}

}  // namespace
}  // namespace vernier
