// Reading weights: those of the program, and files that are none.
#include "metrics/spice/fast/weights.h"

#include <gtest/gtest.h>

#include <cstring>

#include "base/error.h"
#include "base/hash.h"
#include "metrics/spice/fast/network.h"
#include "metrics/spice/fast/word_features.h"

namespace vernier::spice {
namespace {

TEST(WordFeatures, AreThoseOfTheTrainingProgram) {
  const auto rows_of = [](std::string_view word) {
    std::vector<std::uint32_t> rows;
    for (const std::uint32_t hash : affix_hashes(word)) rows.push_back(hash % 4096);
    return rows;
  };
  using Rows = std::vector<std::uint32_t>;
  // train/data.py, features()
  EXPECT_EQ(rows_of("dog"), (Rows{1000, 922, 2185, 944, 1550, 3514, 888}));
  EXPECT_EQ(rows_of("a"), (Rows{3418, 1559, 2220, 1577, 2614, 755, 1496}));
  EXPECT_EQ(rows_of("caf\u00e9"), (Rows{327, 3466, 3818, 3728, 1763, 2442, 3504}));
  EXPECT_EQ(rows_of("'s"), (Rows{260, 486, 367, 2228, 1213, 2658, 756}));
  EXPECT_EQ(rows_of("10-year-old"), (Rows{2209, 1932, 1878, 1102, 578, 2636, 2350}));
  EXPECT_EQ(rows_of("\u72ac"), (Rows{1246, 4087, 1496, 2889, 1098, 451, 2368}));
}

TEST(Weights, ThoseOfTheProgramAreWhole) {
  const Weights weights = read_weights(embedded_weights(), "the program");
  EXPECT_GT(weights.words.size(), 1000u);
  EXPECT_FALSE(weights.blocks.empty());
  EXPECT_LE(embedded_weights().size(), std::size_t{12} << 20);
}

std::string with_digest(std::string bytes) {
  const std::uint64_t digest = hash_bytes(bytes);
  bytes.append(reinterpret_cast<const char*>(&digest), sizeof digest);
  return bytes;
}

TEST(Weights, DamagedOnesAreRefused) {
  const std::string whole(embedded_weights());
  const auto refused = [](const std::string& bytes, const char* why) {
    try {
      read_weights(bytes, "some.weights");
      ADD_FAILURE() << "not refused: " << why;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ExitCode::kResource);
      EXPECT_NE(std::string(error.what()).find("some.weights: not weights"), std::string::npos);
      EXPECT_NE(std::string(error.what()).find(why), std::string::npos) << error.what();
    }
  };
  refused("", "ends too early");
  refused("something else altogether", "begins otherwise");
  refused(whole.substr(0, 12), "ends too early");
  refused(whole.substr(0, whole.size() - 1), "damaged");
  std::string changed = whole;
  changed[whole.size() / 2] ^= 1;
  refused(changed, "damaged");
  // Right sums, wrong content.
  const std::string content = whole.substr(0, whole.size() - sizeof(std::uint64_t));
  refused(with_digest(content + "x"), "something follows");
  for (const std::size_t keep :
       {std::size_t{9}, std::size_t{20}, std::size_t{60}, content.size() / 2, content.size() - 4}) {
    EXPECT_THROW(read_weights(with_digest(content.substr(0, keep)), "some.weights"), Error);
  }
  std::string huge = content;
  std::memset(huge.data() + 8, 0xFF, 4);
  refused(with_digest(huge), "no sensible size");
  std::string odd = content;
  odd[8] = static_cast<char>(odd[8] + 1);
  EXPECT_THROW(read_weights(with_digest(odd), "some.weights"), Error);
}

TEST(Network, DoesNotRememberSentences) {
  const Weights weights = read_weights(embedded_weights(), "the program");
  const std::vector<std::string_view> sentence = {"a", "man", "rides", "a", "horse"};
  const std::vector<std::string_view> other = {"two", "dogs", "in", "the", "snow", "near", "trees"};
  Network fresh(weights, best_kernels()), used(weights, kPortableKernels);
  used.read(other);
  fresh.read(sentence);
  used.read(sentence);
  EXPECT_TRUE(std::ranges::equal(fresh.head_scores(), used.head_scores()));
  for (std::size_t n = 0; n < sentence.size(); ++n) {
    EXPECT_EQ(fresh.tag(n), used.tag(n));
    for (std::size_t h = 0; h <= sentence.size(); ++h) {
      EXPECT_EQ(fresh.relation(n, h), used.relation(n, h));
    }
  }
}

}  // namespace
}  // namespace vernier::spice
