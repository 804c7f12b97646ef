// vernier judge --cache: answers are kept by what they are about.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/runners/model/drawn_scenes.h"

namespace vernier::tests {
namespace {

using Json = nlohmann::json;

class JudgeCache : public ::testing::Test {
 protected:
  std::string cache() const { return scenes_.path("cache"); }

  Finished judge(const std::string& captions, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> all = {"judge", captions, "--images", scenes_.images()};
    all.insert(all.end(), more.begin(), more.end());
    return vernier(all);
  }
  /// The run's bytes.
  std::string run(const std::string& captions, std::vector<std::string> more) const {
    const std::string path = scenes_.path("run.jsonl");
    more.insert(more.end(), {"-o", path, "--quiet"});
    const Finished done = judge(captions, more);
    EXPECT_EQ(done.code, 0) << done.err;
    return read_file(path);
  }
  /// The cache's files and what is in them.
  std::map<std::string, std::string> files() const {
    std::map<std::string, std::string> out;
    if (!std::filesystem::exists(cache())) return out;
    for (const auto& entry : std::filesystem::directory_iterator(cache())) {
      out[entry.path().filename().string()] = read_file(entry.path().string());
    }
    return out;
  }
  /// The scenes' captions, every second one in other words.
  std::string changed() const {
    std::string out;
    std::size_t n = 0;
    for (const Json& line : json_lines(read_file(scenes_.captions()))) {
      const std::string caption = line["caption"];
      out += Json{{"id", line["id"]},
                  {"image_id", line["image_id"]},
                  {"caption", n++ % 2 == 0 ? caption : caption + " It is a picture."}}
                 .dump() +
             "\n";
    }
    return scenes_.folder().write("changed.jsonl", out);
  }

  DrawnScenes scenes_{6};
};

TEST_F(JudgeCache, WhatIsKnownIsNotAskedAgainAndNothingElseChanges) {
  for (const std::string mode : {"visce", "direct", "checklist", "likelihood"}) {
    const std::string plain = run(scenes_.captions(), {"--mode", mode});
    const auto before = files();
    const std::vector<std::string> how = {"--mode", mode, "--cache", cache()};
    EXPECT_TRUE(run(scenes_.captions(), how) == plain) << mode;
    const auto filled = files();
    EXPECT_EQ(filled.size(), before.size() + 1) << "a file for each judge";
    EXPECT_TRUE(run(scenes_.captions(), how) == plain) << mode;
    EXPECT_TRUE(files() == filled) << "something was asked";

    const std::string other = changed();
    const std::string fresh = run(other, {"--mode", mode});
    EXPECT_TRUE(run(other, how) == fresh) << mode;
    if (mode == "checklist") continue;  // new words may claim nothing new
    EXPECT_FALSE(files() == filled) << "captions in other words are new";
  }
}

TEST_F(JudgeCache, AKnownVerdictIsWhatIsTaken) {
  const std::vector<std::string> how = {"--mode", "direct", "--cache", cache()};
  run(scenes_.captions(), how);
  const auto [name, text] = *files().begin();
  std::string edited = text;
  const std::size_t at = edited.find("\"score\":");
  ASSERT_NE(at, std::string::npos);
  edited.replace(at, edited.find(',', at) - at, "\"score\":12.5");
  scenes_.folder().write("cache/" + name, edited);
  EXPECT_TRUE(run(scenes_.captions(), how).find("\"score\":12.5,") != std::string::npos);
}

TEST_F(JudgeCache, APictureThatChangedIsLookedAtAgain) {
  const std::vector<std::string> how = {"--cache", cache()};
  run(scenes_.captions(), how);
  std::filesystem::copy_file(scenes_.images() + "/s0000003.png", scenes_.images() + "/s0000000.png",
                             std::filesystem::copy_options::overwrite_existing);
  const std::string fresh = run(scenes_.captions(), {});
  EXPECT_TRUE(run(scenes_.captions(), how) == fresh);
}

TEST_F(JudgeCache, ARationaleIsPartOfWhatIsKept) {
  const std::vector<std::string> how = {"--mode", "direct", "--cache", cache()};
  run(scenes_.captions(), how);
  run(scenes_.captions(), {"--mode", "direct", "--cache", cache(), "--rationale"});
  EXPECT_EQ(files().size(), 2U);
}

TEST_F(JudgeCache, AFolderThatCannotBeMadeIsRefused) {
  const std::string file = scenes_.folder().write("file", "x");
  const Finished done = judge(scenes_.captions(), {"--cache", file + "/cache"});
  EXPECT_EQ(done.code, 6) << done.err;
  EXPECT_NE(done.err.find("--cache"), std::string::npos) << done.err;
}

}  // namespace
}  // namespace vernier::tests
