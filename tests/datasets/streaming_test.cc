// Reading in blocks: the same records whatever the size of the blocks, and bounded memory.
#include <gtest/gtest.h>

#include <thread>

#include "tests/datasets/reading.h"

namespace vernier::tests {
namespace {

/// Inputs of every format with the things that could confuse a cut: brackets, quotes, line ends and
/// escapes inside strings, blank lines, records of very different length.
std::vector<std::string> inputs() {
  std::vector<std::string> all(9);
  all[0] = "[\n";
  all[1] = R"({"images": [{"id": 1, "x": "]}\"["}, {"id": 2}], "info": {"a": [1, {"b": "]"}]},)"
           "\n\"annotations\": [";
  all[2] = R"({"dataset": "x", "images": [)";
  all[6] = "image_id,caption,note\r\n";
  all[7] = "\"index\"\t\"prediction\"\t\"answer\"\n";
  for (int i = 0; i < 60; ++i) {
    const std::string number = std::to_string(i);
    const std::string words(static_cast<std::size_t>(i * i % 97), 'w');
    const std::string text = words + R"( } \n { \"q\" ]\\)" + (i % 7 == 0 ? "\\\\\\\"" : "") + "[";
    const std::string record = "{\"image_id\": " + number + ", \"caption\": \"" + text +
                               "\", \"references\": [\"" + text + "\", \"x\"], \"m\": {\"k\": [" +
                               number + ", {}]}}";
    const std::string comma = i == 0 ? "" : i % 3 == 0 ? " ,\n" : ",";
    all[0] += comma + record;
    all[1] += comma + "{\"id\": " + number + ", \"image_id\": 5, \"caption\": \"" + text + "\"}";
    all[2] += comma + "{\"filename\": \"f" + number +
              "\", \"split\": \"test\", \"sentences\": [{\"raw\": \"" + text + "\"}]}";
    all[3] += record + (i % 5 == 0 ? "\r\n \n" : "\n");
    all[4] += record;
    all[5] += "{\n  \"image_id\": " + number + ",\n  \"caption\": \"" + text + "\"\n}\n";
    all[6] += number + ",\"" + words + "\r\n\"\"a\"\", b\"," + (i % 4 == 0 ? "x\r\n\r\n" : "y\r\n");
    all[7] += "\"" + number + "\"\t\"" + words + "\ttab\n\"\"q\"\"\"\t\"ref\"\n";
    all[8] += words + (i % 3 == 0 ? "\r\n" : i % 3 == 1 ? "\n" : "\r");
  }
  all[0] += "\n]\n";
  all[1] += "], \"licenses\": [{\"name\": \"x\"}]}";
  all[2] += "]}";
  return all;
}

TEST(Streaming, BlockSizeDoesNotMatter) {
  for (const std::string& input : inputs()) {
    const Reading whole = read_text(input);
    EXPECT_EQ(whole.records.size(), 60u) << input.substr(0, 100);
    for (std::size_t block : {1, 2, 3, 5, 17, 64, 100, 333, 1000, 4096}) {
      ReadOptions options;
      options.block_bytes = block;
      const Reading reading = read_text(input, options);
      EXPECT_EQ(reading.records, whole.records) << block << ' ' << input.substr(0, 100);
      EXPECT_EQ(reading.format, whole.format);
      if (block < 100) {
        EXPECT_GT(reading.blocks, 10u);
      }
    }
  }
}

TEST(Streaming, CutAnywhereIsNeitherCrashNorSilence) {
  for (const std::string& input : inputs()) {
    const std::size_t whole = read_text(input).records.size();
    for (std::size_t size = 0; size < input.size(); size += 7 + size % 31) {
      ReadOptions options;
      options.allow_truncated = true;
      options.block_bytes = 128;
      try {
        const Reading reading = read_text(input.substr(0, size), options);
        EXPECT_LE(reading.records.size(), whole);
        EXPECT_LE(reading.counts.truncated_records, 1u);
      } catch (const Error& error) {
        EXPECT_EQ(error.code(), ExitCode::kBadInput) << error.what();
      }
    }
  }
}

TEST(Streaming, MemoryIsBounded) {
  // 9 MB of JSON Lines and the same as an array behind 5 MB that are skipped.
  const TemporaryFolder folder;
  const std::string record = "{\"image_id\": 1, \"caption\": \"" + std::string(400, 'c') + "\"}";
  std::string lines, member = "{\"images\": [{\"id\": 0}";
  for (int i = 0; i < 500'000; ++i) member += ",{\"id\":1}";
  member += "], \"annotations\": [" + record;
  for (int i = 0; i < 20'000; ++i) {
    lines += record + "\n";
    member += "," + record;
  }
  member += "]}";
  ReadOptions options;
  options.block_bytes = 64 << 10;
  for (const std::string& path :
       {folder.write("a.jsonl.gz", lines), folder.write("b.json", member)}) {
    const auto reader = RecordReader::open(path, options);
    std::size_t records = 0, largest = 0, blocks = 0;
    for (RecordBlock block; reader->next(block); ++blocks) {
      reader->parse(block);
      records += block.records().size();
      largest = std::max(largest, block.raw_bytes());
    }
    EXPECT_GE(records, 20'000u);
    EXPECT_GT(blocks, 100u);
    EXPECT_LE(largest, options.block_bytes);
  }
}

TEST(Streaming, ManyThreadsParse) {
  std::string lines;
  for (int i = 0; i < 20'000; ++i) {
    lines += "{\"image_id\": " + std::to_string(i) + ", \"caption\": \"\\u00e9 " +
             std::to_string(i) + "\"}\n";
  }
  const TemporaryFolder folder;
  ReadOptions options;
  options.block_bytes = 4096;
  const auto reader = RecordReader::open(folder.write("a.jsonl", lines), options);
  std::vector<RecordBlock> blocks;
  for (RecordBlock block; reader->next(block); block = RecordBlock()) {
    blocks.push_back(std::move(block));
  }
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (std::size_t i = t; i < blocks.size(); i += 4) reader->parse(blocks[i]);
    });
  }
  for (std::thread& thread : threads) thread.join();
  int expected = 0;
  for (const RecordBlock& block : blocks) {
    for (const Record& record : block.records()) {
      EXPECT_EQ(record.image_id, std::to_string(expected));
      EXPECT_EQ(record.text, "\u00e9 " + std::to_string(expected));
      EXPECT_EQ(record.line, static_cast<std::uint64_t>(++expected));
    }
  }
  EXPECT_EQ(expected, 20'000);
}

TEST(Streaming, BlocksAreReusable) {
  const TemporaryFolder folder;
  const auto one = RecordReader::open(folder.write("a", "{\"caption\": \"a\\n\", \"x\": 1}"));
  const auto two = RecordReader::open(folder.write("b", "b\n"));
  RecordBlock block;
  ASSERT_TRUE(one->next(block));
  one->parse(block);
  EXPECT_EQ(block.records()[0].text, "a\n");
  ASSERT_TRUE(two->next(block));
  EXPECT_TRUE(block.records().empty());
  two->parse(block);
  EXPECT_EQ(block.records()[0].text, "b");
  EXPECT_EQ(block.records()[0].meta, "");
  EXPECT_EQ(block.counts().records, 1u);
}

}  // namespace
}  // namespace vernier::tests
