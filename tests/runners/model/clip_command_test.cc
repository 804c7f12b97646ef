// vernier judge --mode clipscore with a small random CLIP checkpoint.
#include <gtest/gtest.h>

#include <cstddef>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "tests/runners/model/drawn_scenes.h"

namespace vernier {
namespace {

using Json = nlohmann::json;
using tests::DrawnScenes;
using tests::Finished;
using tests::json_lines;
using tests::read_file;

const std::string kClip = VERNIER_SOURCE "/tests/judges/clip/models/hub";

Finished judge(const DrawnScenes& scenes, const std::string& captions,
               std::vector<std::string> more = {}, const std::string& model = kClip) {
  std::vector<std::string> arguments = {"judge",   captions, "--mode",   "clipscore",
                                        "--model", model,    "--images", scenes.images()};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return tests::vernier(arguments);
}

/// Two captions for each record of the scenes, some empty; `references`: in the records.
std::string captions_of(const DrawnScenes& scenes, bool references) {
  std::string out;
  std::size_t n = 0;
  for (const Json& line : json_lines(read_file(scenes.captions()))) {
    const std::string image = line["image_id"];
    Json record{{"image_id", image}};
    if (references) record["references"] = line["references"];
    record["id"] = image + "#" + std::to_string(n);
    record["caption"] = ++n % 5 == 0 ? Json("") : line["references"][0];
    out += record.dump() + "\n";
    record["id"] = image + "#" + std::to_string(n) + "b";
    record["caption"] = "A red circle.";
    out += record.dump() + "\n";
  }
  return out;
}

TEST(ClipCommand, RunsHoldBothScores) {
  const DrawnScenes scenes(12);
  const std::string file = scenes.folder().write("in.jsonl", captions_of(scenes, true));
  const std::string run = scenes.path("run.jsonl");
  const Finished done = judge(scenes, file, {"-o", run, "--json", "--threads", "1"});
  ASSERT_EQ(done.code, 0) << done.err;
  double clip = 0, reference = 0, samples = 0;
  for (const Json& line : json_lines(read_file(run))) {
    if (!line.contains("id")) continue;
    EXPECT_FALSE(line["references"].empty());
    clip += line["scores"]["clipscore"].get<double>();
    reference += line["scores"]["refclipscore"].get<double>();
    ++samples;
  }
  const Json scores = Json::parse(done.out)["scores"];
  EXPECT_NEAR(scores["clipscore"].get<double>(), clip / samples, 1e-12);
  EXPECT_NEAR(scores["refclipscore"].get<double>(), reference / samples, 1e-12);
  EXPECT_FALSE(std::filesystem::exists(run + ".answers.part"));

  const std::string again = scenes.path("again.jsonl");
  ASSERT_EQ(judge(scenes, file, {"-o", again, "--threads", "3"}).code, 0);
  EXPECT_EQ(read_file(again), read_file(run));
  // With a cache: filled, then read, with other captions between.
  const std::string cached = scenes.path("cached.jsonl");
  for (const std::string& captions : {scenes.captions(), file, file}) {
    ASSERT_EQ(judge(scenes, captions, {"-o", cached, "--cache", scenes.path("cache")}).code, 0);
  }
  EXPECT_EQ(read_file(cached), read_file(run));
  const Finished compared = tests::vernier({"compare", run, again, "--json"});
  EXPECT_EQ(compared.code, 0) << compared.err;
}

TEST(ClipCommand, ReferencesMayBeInAFileOrAbsent) {
  const DrawnScenes scenes(12);
  const std::string with = scenes.folder().write("with.jsonl", captions_of(scenes, true));
  const std::string without = scenes.folder().write("without.jsonl", captions_of(scenes, false));
  const Json own = Json::parse(judge(scenes, with, {"--json"}).out)["scores"];
  const Json file =
      Json::parse(judge(scenes, without, {"--json", "-r", scenes.captions()}).out)["scores"];
  EXPECT_EQ(own, file);
  const Json none = Json::parse(judge(scenes, without, {"--json"}).out)["scores"];
  EXPECT_EQ(none.size(), 1U);
  EXPECT_EQ(none["clipscore"], own["clipscore"]);

  const std::string half = captions_of(scenes, true) +
                           R"({"id": "last", "image_id": "000000", "caption": "x"})"
                           "\n";
  const Finished refused = judge(scenes, scenes.folder().write("half.jsonl", half));
  EXPECT_EQ(refused.code, 3);
  EXPECT_NE(refused.err.find(" captions have no references, the others have"), std::string::npos)
      << refused.err;
}

TEST(ClipCommand, PicturesThatCannotBeReadAreFailures) {
  const DrawnScenes scenes(12);
  const std::string lines = captions_of(scenes, true);
  const std::string more = lines +
                           R"({"id": "x", "image_id": "gone", "caption": "x", "references": ["x"]})"
                           "\n";
  const std::string file = scenes.folder().write("in.jsonl", more);
  const std::string run = scenes.path("run.jsonl");
  const Finished failed = judge(scenes, file, {"-o", run});
  EXPECT_EQ(failed.code, 5);
  EXPECT_NE(failed.err.find("image gone"), std::string::npos) << failed.err;
  EXPECT_FALSE(std::filesystem::exists(run));
  // What was measured is kept, and is not measured again: what is the same is kept once.
  std::set<std::string> different;
  for (const Json& line : json_lines(lines)) {
    different.insert(Json{line["image_id"], line["caption"], line["references"]}.dump());
  }
  const Finished allowed = judge(scenes, file, {"-o", run, "--max-failures", "0.1"});
  EXPECT_EQ(allowed.code, 0) << allowed.err;
  EXPECT_NE(allowed.err.find("goes on behind " + std::to_string(different.size()) + " answers"),
            std::string::npos)
      << allowed.err;
  const std::string fresh = scenes.path("fresh.jsonl");
  EXPECT_EQ(judge(scenes, file, {"-o", fresh, "--max-failures", "0.1"}).code, 0);
  EXPECT_EQ(read_file(fresh), read_file(run));
}

TEST(ClipCommand, FoldersWithoutAClipAreRefused) {
  const DrawnScenes scenes(2);
  const std::string file = scenes.folder().write("in.jsonl", captions_of(scenes, false));
  const Finished other =
      judge(scenes, file, {}, VERNIER_SOURCE "/tests/judges/engine/models/llava_clip");
  EXPECT_EQ(other.code, 4);
  EXPECT_NE(other.err.find("model_type is \"llava\", expected clip"), std::string::npos)
      << other.err;
  EXPECT_EQ(judge(scenes, file, {}, "/nowhere").code, 4);
  const Finished none =
      tests::vernier({"judge", file, "--mode", "clipscore", "--images", scenes.images()});
  EXPECT_EQ(none.code, 2);
  EXPECT_NE(none.err.find("--model DIR"), std::string::npos) << none.err;
}

}  // namespace
}  // namespace vernier
