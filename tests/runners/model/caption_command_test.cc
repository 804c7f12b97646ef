// vernier caption with the model that comes with it.
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <random>
#include <thread>

#include "tests/runners/model/drawn_scenes.h"

namespace vernier {
namespace {

using tests::DrawnScenes;
using tests::Finished;
using tests::json_lines;
using tests::read_file;
using tests::Running;

std::vector<std::string> command(const DrawnScenes& scenes, const std::string& output,
                                 std::vector<std::string> more = {}) {
  std::vector<std::string> arguments = {"caption", "--images", scenes.images(), "-o", output};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

std::string captions_of(const DrawnScenes& scenes, std::vector<std::string> more = {}) {
  const Finished done = tests::vernier(command(scenes, "-", std::move(more)));
  EXPECT_EQ(done.code, 0) << done.err;
  return done.out;
}

TEST(CaptionCommand, DescribesWhatIsDrawnAndScoreReadsIt) {
  const DrawnScenes scenes(30);
  const std::string out = scenes.path("captions.jsonl");
  const Finished done = tests::vernier(command(scenes, out));
  ASSERT_EQ(done.code, 0) << done.err;
  EXPECT_TRUE(done.out.empty());
  EXPECT_NE(done.err.find("weights:"), std::string::npos) << "says which model";
  const auto lines = json_lines(read_file(out));
  ASSERT_EQ(lines.size(), 30U);
  EXPECT_EQ(lines[7]["image_id"], "s0000007.png");
  EXPECT_EQ(lines[7]["finished"], true);
  EXPECT_FALSE(std::filesystem::exists(out + ".part"));
  const auto log = nlohmann::json::parse(read_file(out + ".log"));
  EXPECT_EQ(log["samples"], 30);
  EXPECT_NE(log["model"].get<std::string>().find("weights:"), std::string::npos);

  const Finished score =
      tests::vernier({"score", out, "-r", scenes.captions(), "-m", "bleu", "--json"});
  ASSERT_EQ(score.code, 0) << score.err;
  EXPECT_GT(nlohmann::json::parse(score.out)["scores"]["bleu-4"].get<double>(), 0.8);
}

TEST(CaptionCommand, TheSameBytesHoweverItIsWorked) {
  const DrawnScenes scenes(8);
  const std::string whole = captions_of(scenes);
  EXPECT_EQ(json_lines(whole).size(), 8U);
  EXPECT_EQ(captions_of(scenes, {"--live", "1", "-t", "1"}), whole);
  EXPECT_EQ(captions_of(scenes, {"--live", "7", "-t", "3", "--kv-memory", "0.01"}), whole);
  setenv("VERNIER_CPU", "portable", 1);
  EXPECT_EQ(captions_of(scenes), whole);
  unsetenv("VERNIER_CPU");
}

TEST(CaptionCommand, KilledAtAnyMomentGoesOnToTheSameBytes) {
  const DrawnScenes scenes(40);
  const std::string out = scenes.path("captions.jsonl");
  const auto start = std::chrono::steady_clock::now();
  ASSERT_EQ(tests::vernier(command(scenes, out)).code, 0);
  const auto duration = std::chrono::steady_clock::now() - start;
  const std::string whole = read_file(out);
  std::mt19937 random(20261127);
  for (int trial = 0; trial < 12; ++trial) {
    std::filesystem::remove(out);
    {
      Running program(command(scenes, out));
      std::this_thread::sleep_for(duration * (random() % 1000) / 1000);
      program.signal(trial % 2 == 0 ? SIGKILL : SIGTERM);
      program.wait();
    }
    const Finished done = tests::vernier(command(scenes, out, {"--resume"}));
    ASSERT_EQ(done.code, 0) << done.err;
    ASSERT_EQ(read_file(out), whole) << "trial " << trial;
    ASSERT_FALSE(std::filesystem::exists(out + ".part"));
  }
}

TEST(CaptionCommand, AJournalCutAtAnyByteIsTakenUp) {
  const DrawnScenes scenes(6);
  const std::string out = scenes.path("captions.jsonl");
  // A picture that is missing keeps the work unfinished.
  scenes.folder().write("list", "s0000000\ns0000001\ns0000002\nnone\n");
  const std::vector<std::string> list = {"--list", scenes.path("list")};
  ASSERT_EQ(tests::vernier(command(scenes, out, list)).code, 5);
  const std::string part = read_file(out + ".part");
  scenes.folder().write("list", "s0000000\ns0000001\ns0000002\n");
  ASSERT_EQ(tests::vernier(command(scenes, out, list)).code, 0);
  const std::string whole = read_file(out);
  ASSERT_EQ(json_lines(whole).size(), 3U);
  for (std::size_t cut = 0; cut < part.size(); cut += 23) {
    std::filesystem::remove(out);
    scenes.folder().write("captions.jsonl.part", part.substr(0, cut));
    std::vector<std::string> more = list;
    more.emplace_back("--resume");
    const Finished done = tests::vernier(command(scenes, out, more));
    ASSERT_EQ(done.code, 0) << "cut at " << cut << ": " << done.err;
    ASSERT_EQ(read_file(out), whole) << "cut at " << cut;
  }
}

TEST(CaptionCommand, OtherWorkIsNotGoneOnWith) {
  const DrawnScenes scenes(3);
  const std::string out = scenes.path("captions.jsonl");
  scenes.folder().write("list", "s0000000\nnone\n");
  const std::vector<std::string> list = {"--list", scenes.path("list")};
  ASSERT_EQ(tests::vernier(command(scenes, out, list)).code, 5);
  const Finished other =
      tests::vernier(command(scenes, out, {"--resume", "--prompt", "Is there a circle?"}));
  EXPECT_EQ(other.code, 5);
  EXPECT_NE(other.err.find("other work"), std::string::npos) << other.err;
  const Finished anew = tests::vernier(command(scenes, out, {"--prompt", "Is there a circle?"}));
  EXPECT_EQ(anew.code, 0) << anew.err;
  EXPECT_NE(anew.err.find("overwritten"), std::string::npos) << anew.err;
  for (const auto& line : json_lines(read_file(out))) {
    EXPECT_TRUE(line["caption"] == "yes" || line["caption"] == "no") << line;
  }
}

// Case 35 of docs/bad-input.md.
TEST(CaptionCommand, PicturesThatCannotBeReadAreNamedAndCounted) {
  const DrawnScenes scenes(3);
  const std::string out = scenes.path("captions.jsonl"), images = scenes.images() + "/";
  const std::string png = read_file(images + "s0000000.png");
  const auto put = [&](const std::string& name, std::string_view bytes) {
    std::ofstream(images + name, std::ios::binary) << bytes;
  };
  put("empty.png", "");
  put("html.jpg", "<html>Not Found</html>");
  put("cut.png", png.substr(0, png.size() / 2));
  std::string bomb = png;
  bomb.replace(16, 8, std::string("\0\0\xFF\xFF\0\0\xFF\xFF", 8));  // 65535 x 65535
  put("bomb.png", bomb);
  const Finished done = tests::vernier(command(scenes, out));
  EXPECT_EQ(done.code, 5);
  for (const char* name : {"empty.png", "html.jpg", "cut.png", "bomb.png"}) {
    EXPECT_NE(done.err.find(name), std::string::npos) << done.err;
  }
  EXPECT_NE(done.err.find("4 of 7 got no answer"), std::string::npos) << done.err;
  EXPECT_TRUE(std::filesystem::exists(out + ".part")) << "what was answered is kept";
  EXPECT_FALSE(std::filesystem::exists(out));

  // Those that were mended are tried again, the others allowed.
  put("html.jpg", png);
  const Finished more = tests::vernier(command(scenes, out, {"--max-failures", "0.5"}));
  EXPECT_EQ(more.code, 0) << more.err;
  EXPECT_NE(more.err.find("goes on behind 3 answers"), std::string::npos) << more.err;
  const auto lines = json_lines(read_file(out));
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_EQ(lines[0]["image_id"], "html.jpg");
  EXPECT_EQ(lines[0]["caption"], lines[1]["caption"]) << "the same picture";
}

TEST(CaptionCommand, ListsOfRecordsAndExamples) {
  const DrawnScenes scenes(8);
  scenes.folder().write(
      "list.json",
      R"([{"image_id":"s0000003","caption":"x"},{"image_id":"s0000003","caption":"y"},
                            {"image_id":"s0000005","caption":"z"}])");
  const auto lines = json_lines(captions_of(scenes, {"--list", scenes.path("list.json")}));
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[1]["image_id"], "s0000005");

  // Answers in capitals are no words of this model: the examples reach it, or it would say yes, no.
  scenes.folder().write("shots.jsonl",
                        "{\"image_id\":\"s0000001\",\"caption\":\"no\"}\n"
                        "{\"image_id\":\"s0000002\",\"caption\":\"no\"}\n");
  const auto shots = json_lines(
      captions_of(scenes, {"--list", scenes.path("list.json"), "--shots",
                           scenes.path("shots.jsonl"), "--prompt", "Is there a circle?"}));
  ASSERT_EQ(shots.size(), 2U);
}

TEST(CaptionCommand, SaysWhatItCannotUse) {
  const DrawnScenes scenes(1);
  const auto refused = [&](std::vector<std::string> arguments, int code, const char* text) {
    const Finished done = tests::vernier(arguments);
    EXPECT_EQ(done.code, code) << done.err;
    EXPECT_NE(done.err.find(text), std::string::npos) << done.err;
  };
  refused({"caption", "--images", scenes.path("none")}, 2, "none");
  refused({"caption", "--images", scenes.path("set")}, 2, "no file ends in .jpg");
  refused({"caption", "--images", scenes.images(), "--model", scenes.path("none")}, 4, "none");
  refused({"caption", "--images", scenes.images(), "--max-new", "0"}, 2, "--max-new");
  refused({"caption", "--images", scenes.images(), "--chat-template", "x"}, 2, "llava-1.5");
  refused(command(scenes, scenes.path("no/such/folder.jsonl")), 6, "no/such");
  scenes.folder().write("list", "\n\n");
  refused(command(scenes, "-", {"--list", scenes.path("list")}), 3, "none");
}

// Cases 36 and 37.
TEST(CaptionCommand, DamagedModelsAreRefused) {
  const DrawnScenes scenes(1);
  const std::string model = std::string(VERNIER_SOURCE) + "/judges/model/default";
  const auto refused = [&](const std::string& file, auto change, const char* text) {
    const std::string folder = scenes.path("model");
    std::filesystem::remove_all(folder);
    std::filesystem::copy(model, folder);
    std::string bytes = read_file(folder + "/" + file);
    change(bytes);
    std::ofstream(folder + "/" + file, std::ios::binary) << bytes;
    const Finished done = tests::vernier(
        {"caption", "--images", scenes.images(), "--model", folder, "-o", scenes.path("out")});
    EXPECT_EQ(done.code, 4) << file << ": " << done.err;
    EXPECT_NE(done.err.find(file), std::string::npos) << done.err;
    EXPECT_NE(done.err.find(text), std::string::npos) << done.err;
    EXPECT_FALSE(std::filesystem::exists(scenes.path("out")));
  };
  refused(
      "model.safetensors", [](std::string& b) { b.resize(b.size() / 2); }, "");
  refused(
      "model.safetensors", [](std::string& b) { b.replace(0, 8, 8, '\xFF'); }, "header");
  // The last two bytes: a NaN in fp16.
  refused(
      "model.safetensors", [](std::string& b) { b.replace(b.size() - 2, 2, "\xFF\x7F"); },
      "NaN or infinity");
  refused(
      "config.json", [](std::string& b) { b = "{}"; }, "");
  refused(
      "config.json",
      [](std::string& b) {
        const std::size_t at = b.find("\"num_attention_heads\": ");
        b.replace(at, 24, "\"num_attention_heads\": 0");
      },
      "num_attention_heads");
  refused(
      "tokenizer.json", [](std::string& b) { b = std::string(100'000, '['); }, "");
}

}  // namespace
}  // namespace vernier
