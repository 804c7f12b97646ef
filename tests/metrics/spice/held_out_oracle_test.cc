// No caption that evaluation uses was trained on.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "base/hash.h"
#include "tests/metrics/spice/parse_blocks.h"
#include "tests/support/command.h"

namespace vernier::tests {
namespace {

/// A bit for each value of a caption hash's low 24 bits, as metrics/spice/train/train_parser.py
/// writes them. Captions that share their bit with one held out are not trained on, so no bit of
/// those may be set.
class TrainedOn {
 public:
  TrainedOn() : bits_(read_file(VERNIER_SOURCE "/metrics/spice/fast/caption_hashes.bin")) {}
  std::size_t size() const { return bits_.size() * 8; }
  bool operator()(const std::string& caption) const {
    const std::uint64_t hash = hash_bytes(caption) & 0xFFFFFF;
    return (static_cast<unsigned char>(bits_[hash / 8]) >> hash % 8 & 1) != 0;
  }

 private:
  std::string bits_;
};

TEST(HeldOutOracle, NoCaptionOfTheEvaluationSetsWasTrainedOn) {
  VERNIER_REQUIRE_SHARED("data/oracle/spice_parses");
  const TrainedOn known;
  ASSERT_EQ(known.size(), std::size_t{1} << 24);
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
