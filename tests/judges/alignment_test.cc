// Edit distances and alignments of long sequences against the plain recurrence.
#include "base/spelling/alignment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string_view>

#include "base/spelling/edit_distance.h"

namespace vernier {
namespace {

std::vector<std::uint32_t> symbols(std::string_view text) { return {text.begin(), text.end()}; }

/// "KKRDI": the edits, one letter a symbol.
std::string edits(std::string_view a, std::string_view b) {
  std::string out;
  for (const EditRun& run : align(symbols(a), symbols(b))) {
    out.append(run.length, "KRDI"[static_cast<std::size_t>(run.edit)]);
  }
  return out;
}

TEST(Alignment, ByHand) {
  EXPECT_EQ(edits("", ""), "");
  EXPECT_EQ(edits("abc", "abc"), "KKK");
  EXPECT_EQ(edits("abc", ""), "DDD");
  EXPECT_EQ(edits("", "ab"), "II");
  EXPECT_EQ(edits("abc", "axc"), "KRK");
  EXPECT_EQ(edits("abc", "ac"), "KDK");
  EXPECT_EQ(edits("ac", "abc"), "KIK");
  EXPECT_EQ(edits("kitten", "sitting"), "RKKKRKI");
}

/// What an alignment makes of `a`, with the symbols of `b` where it says so.
std::vector<std::uint32_t> applied(Symbols a, Symbols b, const std::vector<EditRun>& runs) {
  std::vector<std::uint32_t> out;
  std::size_t at_a = 0, at_b = 0;
  for (const EditRun& run : runs) {
    EXPECT_EQ(run.a, at_a);
    EXPECT_EQ(run.b, at_b);
    const bool from_a = run.edit != Edit::kInsert, to_b = run.edit != Edit::kDelete;
    for (std::size_t n = 0; n < run.length; ++n) {
      if (run.edit == Edit::kKeep) out.push_back(a[at_a]);
      if (run.edit == Edit::kReplace || run.edit == Edit::kInsert) out.push_back(b[at_b]);
      at_a += from_a ? 1 : 0;
      at_b += to_b ? 1 : 0;
    }
  }
  EXPECT_EQ(at_a, a.size());
  return out;
}

// Sizes around 64 and beyond what is aligned in one piece; few letters, so that much matches.
TEST(Alignment, HasAsFewEditsAsTheRecurrence) {
  std::mt19937 random(7);
  for (const std::size_t size : {1u, 5u, 63u, 64u, 65u, 128u, 200u, 500u}) {
    for (const unsigned letters : {1u, 2u, 4u, 26u}) {
      const auto text = [&](std::size_t length) {
        std::string out;
        for (std::size_t n = 0; n < length; ++n) out += static_cast<char>('a' + random() % letters);
        return out;
      };
      const std::string a = text(size);
      std::string b = letters == 26 ? a : text(size + random() % 70);
      for (int n = 0; n < 20; ++n) b[random() % b.size()] = 'x';
      const auto left = symbols(a), right = symbols(b);
      const std::size_t expected = edit_distance(a, b);
      EXPECT_EQ(symbol_distance(left, right), expected) << a << "\n" << b;
      const std::vector<EditRun> runs = align(left, right);
      std::size_t changed = 0;
      for (const EditRun& run : runs) changed += run.edit == Edit::kKeep ? 0 : run.length;
      EXPECT_EQ(changed, expected);
      EXPECT_EQ(applied(left, right, runs), right);
      const std::vector<std::size_t> prefixes = prefix_distances(left, right);
      ASSERT_EQ(prefixes.size(), a.size() + 1);
      EXPECT_EQ(prefixes[a.size() / 2], edit_distance(a.substr(0, a.size() / 2), b));
    }
  }
}

}  // namespace
}  // namespace vernier
