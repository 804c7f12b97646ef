// A baseline is committed beside the code it guards: how large is it?
#include <gtest/gtest.h>

#include "base/json_text.h"
#include "tests/support/command.h"
#include "tests/support/meteor_data.h"
#include "tests/support/shared.h"

namespace vernier {
namespace {

constexpr const char* kCaptions = "data/captions/flickr30k_en.tsv.gz";

/// The first images of Flickr30k: the first caption against the others.
std::string flickr30k(std::size_t images) {
  std::string text, previous;
  std::size_t count = 0;
  for (const std::string& line : tests::read_lines(tests::shared(kCaptions))) {
    const std::size_t tab = line.find('\t');
    const std::string image = line.substr(0, tab);
    const bool first = image != previous;
    if (first && count > 0) text.append("]}\n");
    if (first && count++ == images) return text;
    if (first) text.append("{\"image_id\":");
    if (first) append_json_string(text, image);
    if (first) text.append(",\"candidate\":");
    if (!first && text.back() != '[') text.push_back(',');
    append_json_string(text, line.substr(line.find('\t', tab + 1) + 1));
    if (first) text.append(",\"references\":[");
    previous = image;
  }
  return text + "]}\n";
}

TEST(BaselineOracle, FiveThousandSamplesAreBelowTwoMegabytes) {
  VERNIER_REQUIRE_SHARED(kCaptions);
  const tests::TemporaryFolder folder;
  const std::string input = folder.write("in.jsonl", flickr30k(5000));
  const bool meteor = std::filesystem::exists(tests::meteor_data());
  const auto size = [&](const std::vector<std::string>& more) {
    const std::string run = folder.path("run.jsonl.gz");
    std::vector<std::string> command = {
        "score", input, "-m", meteor ? "bleu,rouge-l,cider,meteor" : "bleu,rouge-l,cider",
        "-o",    run};
    if (meteor) command.insert(command.end(), {"--meteor-data", tests::meteor_data()});
    command.insert(command.end(), more.begin(), more.end());
    const tests::Finished done = tests::vernier(command);
    EXPECT_EQ(done.code, 0) << done.err;
    EXPECT_NE(done.out.find("5000 samples"), std::string::npos) << done.out;
    return std::filesystem::file_size(run);
  };
  const auto whole = size({}), compact = size({"--compact"});
  RecordProperty("bytes", std::to_string(whole));
  RecordProperty("compact_bytes", std::to_string(compact));
  EXPECT_LT(whole, 2'000'000u);
  EXPECT_LT(compact, whole / 2);
}

}  // namespace
}  // namespace vernier
