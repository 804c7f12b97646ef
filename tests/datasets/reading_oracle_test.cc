// Reading the stored third-party files: every record is there.
#include <gtest/gtest.h>

#include <map>

#include "tests/datasets/reading.h"
#include "tests/support/shared.h"

namespace vernier::tests {
namespace {

Reading read_shared(const std::string& path) { return read_file(shared(path).string()); }

TEST(Reading, Captions) {
  VERNIER_REQUIRE_SHARED("data/captions");
  const std::map<std::string, std::size_t> files = {
      {"flickr30k_en", 155'070}, {"flickr8k_en", 40'460}, {"coco_karpathy_test_tokenized", 25'000}};
  for (const auto& [name, size] : files) {
    const std::string path = "data/captions/" + name + ".tsv.gz";
    const Reading reading = read_shared(path);
    EXPECT_EQ(reading.format, Format::kFlickr);
    ASSERT_EQ(reading.records.size(), size);
    const std::vector<std::string> lines = read_lines(shared(path));
    ASSERT_EQ(lines.size(), size);
    for (std::size_t i = 0; i < size; ++i) {
      const OwnedRecord& record = reading.records[i];
      const std::string number = record.id.substr(record.image_id.size() + 1);
      ASSERT_EQ(record.image_id + '\t' + number + '\t' + record.text, lines[i]);
      ASSERT_EQ(record.line, i + 1);
    }
  }
}

TEST(Reading, OracleSets) {
  VERNIER_REQUIRE_SHARED("data/oracle/sets");
  const std::map<std::string, std::pair<std::size_t, std::size_t>> sets = {
      {"coco_human", {500, 2000}},        {"flickr30k_human", {1000, 4000}},
      {"flickr8k_expert", {5664, 28320}}, {"lvlm_long", {100, 200}},
      {"lvlm_medium", {22, 44}},          {"pascal50s_HC", {2000, 10000}},
      {"thumb_human", {500, 2000}},       {"thumb_unified_vlp", {500, 2000}},
      {"thumb_up_down", {500, 2000}},     {"thumb_vinvl_base", {500, 2000}},
      {"thumb_vinvl_large", {500, 2000}}, {"tricky", {40, 40}}};
  for (const auto& [name, sizes] : sets) {
    const Reading reading = read_shared("data/oracle/sets/" + name + "/samples.jsonl.gz");
    EXPECT_EQ(reading.format, Format::kJsonLines);
    EXPECT_EQ(reading.records.size(), sizes.first) << name;
    std::size_t references = 0;
    for (const OwnedRecord& record : reading.records) {
      EXPECT_FALSE(record.image_id.empty());
      EXPECT_TRUE(record.has_text);
      EXPECT_EQ(record.meta, "");
      references += record.references.size();
    }
    EXPECT_EQ(references, sizes.second) << name;
  }
}

TEST(Reading, AnswersOfModels) {
  VERNIER_REQUIRE_SHARED("data/pope");
  EXPECT_EQ(read_shared("data/pope/questions/coco_pope_random.json.gz").records.size(), 3000u);
  const Reading pope = read_shared("data/pope/llava15/llava-v1.5-13b.jsonl.gz");
  EXPECT_EQ(pope.records.size(), 8910u);
  EXPECT_EQ(pope.records[0].id, "1");
  const Reading amber = read_shared("data/amber/responses/llava_8130.json.gz");
  EXPECT_EQ(amber.records.size(), 13829u);
  const Reading opera = read_shared("data/chair/opera/llava-1.5_greedy.jsonl.gz");
  EXPECT_EQ(opera.records.size(), 500u);
  const Reading mmbench = read_shared("data/mmbench_circular/llava-v1.5-13b_dev_20230712.jsonl.gz");
  EXPECT_EQ(mmbench.records.size(), 4377u);
}

}  // namespace
}  // namespace vernier::tests
