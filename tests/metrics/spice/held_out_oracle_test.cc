// No caption that evaluation uses was trained on.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>
#include <set>

#include "base/hash.h"
#include "tests/metrics/spice/parse_blocks.h"
#include "tests/support/command.h"

namespace vernier::tests {
namespace {

/// Low 48 bits, as metrics/spice/train/collect_captions.py writes them: ascending.
std::vector<std::uint64_t> trained_on() {
  const std::string bytes = read_file(VERNIER_SOURCE "/metrics/spice/fast/caption_hashes.bin");
  std::vector<std::uint64_t> hashes;
  for (std::size_t at = 0; at + 6 <= bytes.size(); at += 6) {
    std::uint64_t value = 0;
    std::memcpy(&value, bytes.data() + at, 6);
    hashes.push_back(value);
  }
  return hashes;
}

TEST(HeldOutOracle, NoCaptionOfTheEvaluationSetsWasTrainedOn) {
  VERNIER_REQUIRE_SHARED("data/oracle/spice_parses");
  const std::vector<std::uint64_t> trained = trained_on();
  ASSERT_TRUE(std::is_sorted(trained.begin(), trained.end()));
  const auto known = [&](const std::string& caption) {
    constexpr std::uint64_t kLow = (std::uint64_t{1} << 48) - 1;
    return std::binary_search(trained.begin(), trained.end(), hash_bytes(caption) & kLow);
  };
  std::set<std::string> held_out;
  for (const std::string& name : kParseFiles) {
    if (name.starts_with("train")) continue;
    for (const ParseBlock& block : read_parse_blocks(name)) held_out.insert(block.caption);
  }
  for (const auto& set : std::filesystem::directory_iterator(shared("data/oracle/sets"))) {
    for (const std::string& line : read_lines(set.path() / "expected.jsonl.gz")) {
      const nlohmann::json record = nlohmann::json::parse(line);
      held_out.insert(record["candidate_tokens"].get<std::string>());
      for (const auto& text : record["reference_tokens"]) held_out.insert(text.get<std::string>());
    }
  }
  EXPECT_GT(held_out.size(), 25'000u);
  std::size_t found = 0;
  for (const std::string& caption : held_out) found += known(caption);
  EXPECT_EQ(found, 0u) << "of " << held_out.size() << " captions";

  // The list is what it says: it knows the captions that are there to be trained on.
  std::size_t trainable = 0, listed = 0;
  for (const ParseBlock& block : read_parse_blocks("train_01")) {
    if (held_out.contains(block.caption)) continue;
    ++trainable;
    listed += known(block.caption);
  }
  EXPECT_GT(listed * 100, trainable * 99);
}

}  // namespace
}  // namespace vernier::tests
