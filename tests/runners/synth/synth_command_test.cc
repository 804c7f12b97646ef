// vernier synth through the real binary.
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "datasets/scenes/scene_file.h"
#include "tests/support/command.h"
#include "tests/support/shared.h"

namespace vernier::tests {
namespace {

using nlohmann::json;

constexpr const char* kAll =
    "images,masks,arrays,scenes,captions,questions,conversations,groups,needles,coco";

class SynthCommand : public testing::Test {
 protected:
  Finished synth(const std::string& name, std::vector<std::string> more) const {
    std::vector<std::string> command = {"synth", "-o", folder(name)};
    command.insert(command.end(), more.begin(), more.end());
    return vernier(command);
  }
  std::string folder(const std::string& name) const { return folder_.path(name).string(); }
  std::vector<json> records(const std::string& name, const std::string& file) const {
    std::vector<json> out;
    for (const std::string& line : read_lines(folder(name) + "/" + file)) {
      out.push_back(json::parse(line));
    }
    return out;
  }
  /// Names and bytes of all files.
  std::map<std::string, std::string> contents(const std::string& name) const {
    std::map<std::string, std::string> out;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder(name))) {
      if (entry.is_regular_file()) {
        out[std::filesystem::relative(entry.path(), folder(name))] = read_file(entry.path());
      }
    }
    return out;
  }

  TemporaryFolder folder_;
};

TEST_F(SynthCommand, GivesTheSameBytesForAnyNumberOfThreads) {
  const std::vector<std::string> base = {"-n", "200",     "--write", kAll,     "--frames",
                                         "20", "--signs", "0.3",     "--side", "48"};
  for (const char* threads : {"1", "3"}) {
    std::vector<std::string> command = base;
    command.insert(command.end(), {"-t", threads});
    const Finished done = synth(threads, command);
    ASSERT_EQ(done.code, 0) << done.err;
  }
  const auto one = contents("1"), three = contents("3");
  EXPECT_EQ(one.size(), 200u * 2 + 12);
  EXPECT_EQ(one, three);
}

TEST_F(SynthCommand, ScenesAreReadAgain) {
  ASSERT_EQ(synth("set", {"-n", "50"}).code, 0);
  const SceneFile read = read_scenes(folder("set") + "/scenes.jsonl");
  const std::vector<json> written = records("set", "scenes.jsonl");
  ASSERT_EQ(read.images.size(), 50u);
  for (std::size_t i = 0; i < written.size(); ++i) {
    EXPECT_EQ(read.images[i].id, written[i]["image_id"]);
    EXPECT_EQ(read.images[i].kind, GraphKind::kFull);
    EXPECT_EQ(read.images[i].objects.size(), written[i]["objects"].size());
    EXPECT_EQ(read.images[i].relations.size(), written[i]["relations"].size());
    EXPECT_EQ(read.images[i].texts.size(), 4u);
  }
}

TEST_F(SynthCommand, SceneSevenIsTheSameInAnySet) {
  ASSERT_EQ(synth("few", {"-n", "10", "--write", "scenes,images,questions"}).code, 0);
  ASSERT_EQ(synth("many", {"-n", "90", "--write", "scenes,images,questions"}).code, 0);
  EXPECT_EQ(records("few", "scenes.jsonl")[7], records("many", "scenes.jsonl")[7]);
  const auto few = contents("few"), many = contents("many");
  EXPECT_EQ(few.at("images/s0000007.png"), many.at("images/s0000007.png"));
  EXPECT_NE(few.at("images/s0000007.png"), few.at("images/s0000008.png"));
}

TEST_F(SynthCommand, DrawsSeveralSizes) {
  ASSERT_EQ(synth("set", {"-n", "3", "--side", "64,200", "--write", "images,masks"}).code, 0);
  const auto files = contents("set");
  EXPECT_TRUE(files.contains("images/64/s0000002.png"));
  EXPECT_TRUE(files.contains("instances/200/s0000002.png"));
  // Width and height stand at byte 16 of a PNG file.
  EXPECT_EQ(files.at("images/200/s0000000.png").substr(16, 8),
            std::string("\0\0\0\xC8\0\0\0\xC8", 8));
}

TEST_F(SynthCommand, ArraysHoldThePictures) {
  ASSERT_EQ(synth("set", {"-n", "70", "--side", "32", "--write", "arrays"}).code, 0);
  const auto files = contents("set");
  const std::string& images = files.at("images.npy");
  EXPECT_EQ(images.size() % 64, 70u * 32 * 32 * 3 % 64);
  EXPECT_NE(images.find("'shape': (70, 32, 32, 3, )"), std::string::npos);
  EXPECT_EQ(images.size(), 128u + 70 * 32 * 32 * 3);
  EXPECT_EQ(files.at("instances.npy").size(), 128u + 70 * 32 * 32);
}

TEST_F(SynthCommand, GroupsShowEveryImageAtEveryPlace) {
  ASSERT_EQ(synth("set", {"-n", "12", "--group-size", "3", "--write", "groups,scenes"}).code, 0);
  std::set<std::pair<std::string, int>> seen;
  const std::vector<json> scenes = records("set", "scenes.jsonl");
  for (const json& record : records("set", "groups.jsonl")) {
    const int position = record["position"];
    EXPECT_EQ(record["images"][static_cast<std::size_t>(position - 1)], record["image_id"]);
    EXPECT_TRUE(seen.emplace(record["image_id"], position).second);
    const auto number = std::stoul(record["image_id"].get<std::string>().substr(1));
    EXPECT_EQ(record["label"], std::to_string(scenes[number]["objects"].size()));
  }
  EXPECT_EQ(seen.size(), 36u);
}

TEST_F(SynthCommand, NeedlesLieAtEvenDepths) {
  ASSERT_EQ(
      synth("set", {"-n", "60", "--frames", "21", "--signs", "0.2", "--write", "needles,scenes"})
          .code,
      0);
  std::set<std::string> signs;
  for (const json& scene : records("set", "scenes.jsonl")) {
    for (const json& object : scene["objects"]) {
      if (object["name"] == "sign") signs.insert(scene["image_id"]);
    }
  }
  const std::vector<json> needles = records("set", "needles.jsonl");
  EXPECT_EQ(needles.size(), signs.size() * 11);
  for (std::size_t i = 0; i < needles.size(); ++i) {
    const json& record = needles[i];
    EXPECT_EQ(record["images"].size(), 21u);
    EXPECT_EQ(record["position"], 1 + 2 * (i % 11));
    std::size_t with_sign = 0;
    for (const json& image : record["images"]) with_sign += signs.contains(image);
    EXPECT_EQ(with_sign, 1u);
  }
  const Finished none = synth("none", {"-n", "30", "--signs", "0", "--write", "needles"});
  EXPECT_EQ(none.code, 2);
  EXPECT_NE(none.err.find("no image has a sign"), std::string::npos) << none.err;
}

TEST_F(SynthCommand, CocoFilesServeChair) {
  ASSERT_EQ(synth("set", {"-n", "20", "--write", "coco"}).code, 0);
  const auto files = contents("set");
  const json instances = json::parse(files.at("instances.json"));
  EXPECT_EQ(instances["images"].size(), 20u);
  EXPECT_EQ(instances["categories"].size(), 7u);
  for (const json& annotation : instances["annotations"]) {
    unsigned sum = 0, area = 0;
    const json& counts = annotation["segmentation"]["counts"];
    for (std::size_t i = 0; i < counts.size(); ++i) {
      sum += counts[i].get<unsigned>();
      if (i % 2 == 1) area += counts[i].get<unsigned>();
    }
    EXPECT_EQ(sum, 96u * 96);
    EXPECT_EQ(area, annotation["area"]);
  }
  EXPECT_EQ(json::parse(files.at("captions.json"))["annotations"].size(), 20u);
}

TEST_F(SynthCommand, QuestionsAreReadByTheProbes) {
  ASSERT_EQ(synth("set", {"-n", "40", "--write", "questions"}).code, 0);
  std::string right, yes;
  for (const json& record : records("set", "questions.jsonl")) {
    const json id = {{"question_id", record["question_id"]}};
    json answer = id;
    answer["answer"] = record["answer"];
    right += answer.dump() + "\n";
    answer["answer"] = "yes";
    if (record["answer"] == "yes" || record["answer"] == "no") yes += answer.dump() + "\n";
  }
  const Finished vqa = vernier({"probe", "vqa", folder_.write("right.jsonl", right), "--questions",
                                folder("set") + "/questions.jsonl", "-f", "json"});
  ASSERT_EQ(vqa.code, 0) << vqa.err;
  EXPECT_EQ(json::parse(vqa.out)["scores"]["exact_match"], 100) << vqa.out;
  const Finished pope = vernier({"probe", "pope", folder_.write("yes.jsonl", yes), "--questions",
                                 folder("set") + "/yes_no.jsonl", "-f", "json"});
  ASSERT_EQ(pope.code, 0) << pope.err;
  EXPECT_NEAR(json::parse(pope.out)["scores"]["accuracy"].get<double>(), 0.5, 0.1);
}

TEST_F(SynthCommand, RefusesFoldersThatHoldSomething) {
  ASSERT_EQ(synth("set", {"-n", "2"}).code, 0);
  const Finished again = synth("set", {"-n", "2"});
  EXPECT_EQ(again.code, 6);
  EXPECT_NE(again.err.find("--force"), std::string::npos) << again.err;
  EXPECT_EQ(synth("set", {"-n", "2", "--force"}).code, 0);
  EXPECT_EQ(synth("x", {"-n", "0"}).code, 2);
  EXPECT_EQ(synth("x", {"--write", "pictures"}).code, 2);
  EXPECT_EQ(synth("x", {"--min-objects", "5", "--max-objects", "2"}).code, 2);
  EXPECT_EQ(synth("x", {"-n", "3", "--group-size", "4", "--write", "groups"}).code, 2);
  EXPECT_EQ(vernier({"synth", "-n", "1", "-o", "/proc/none/here"}).code, 6);
}

}  // namespace
}  // namespace vernier::tests
