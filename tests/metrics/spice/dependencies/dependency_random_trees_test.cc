// Trees of any shape and of any labels: the converter comes to an end with dependencies that make
// sense, and always the same ones.
#include <gtest/gtest.h>

#include <array>
#include <numeric>
#include <random>
#include <set>

#include "metrics/spice/dependencies/converter.h"

namespace vernier::tests {
namespace {

using namespace spice;

constexpr std::size_t kLongest = 150;  // words of the longest sentence that the parser takes

/// Words that rules ask for, some that none does.
constexpr std::array<std::string_view, 48> kWords = {
    "is",    "are",   "been",    "has",  "got",   "will",  "to",   "that",   "whether", "than",
    "as",    "well",  "such",    "of",   "in",    "order", "case", "rather", "not",     "only",
    "but",   "also",  "and",     "or",   "both",  "yet",   "so",   "now",    "there",   "at",
    "least", "all",   "most",    "more", "'s",    "'",     "/",    "etc",    "monday",  "May",
    "how",   "where", "himself", "no",   "seems", "told",  "dog",  "%"};

class RandomTrees {
 public:
  explicit RandomTrees(unsigned seed) : random_(seed) {}

  struct Sentence {
    Tree tree;
    std::vector<std::string_view> words;
  };

  /// `words` words at most, phrases of `width` children at most.
  Sentence make(std::size_t words, std::size_t width) {
    sentence_ = {};
    words_left_ = words;
    width_ = width;
    labels_.clear();
    // Few labels in one tree, so that rules apply to what they find.
    for (std::size_t n = 0; n < 12; ++n) labels_.push_back(static_cast<Label>(below(kLabelCount)));
    for (const Label label : {Label::kNp, Label::kVp, Label::kS, Label::kCc, Label::kComma}) {
      labels_.push_back(label);
    }
    add(0);
    return sentence_;
  }

 private:
  std::size_t below(std::size_t end) { return random_() % end; }

  void add(int depth) {
    Label label = labels_[below(labels_.size())];
    if (depth == 0) label = Label::kRoot;
    if (depth > 40 || words_left_ <= 1) label = static_cast<Label>(below(kTagCount));
    const std::size_t self = sentence_.tree.size();
    const auto word = static_cast<std::uint16_t>(sentence_.words.size());
    sentence_.tree.push_back({label, word, 0});
    if (is_tag(label)) {
      sentence_.words.push_back(kWords[below(kWords.size())]);
      --words_left_;
    } else {
      std::size_t children = 1 + below(width_);
      do {
        add(depth + 1);
      } while (--children > 0 && words_left_ > 0);
    }
    sentence_.tree[self].end = static_cast<std::uint32_t>(sentence_.tree.size());
  }

  std::mt19937 random_;
  Sentence sentence_;
  std::size_t words_left_ = 0, width_ = 0;
  std::vector<Label> labels_;
};

std::vector<Dependency> convert(DependencyConverter& converter, const RandomTrees::Sentence& in) {
  std::vector<Dependency> out;
  converter.convert(
      in.tree, in.words, [](std::size_t) { return std::string("seem"); }, out);
  return out;
}

void expect_sense(const RandomTrees::Sentence& sentence, const std::vector<Dependency>& found) {
  const std::size_t size = sentence.words.size();
  std::size_t roots = 0, parts = size;
  std::vector<std::size_t> part_of(size + 1);  // a forest of words that edges connect
  std::iota(part_of.begin(), part_of.end(), 0);
  const auto part = [&](std::size_t word) {
    while (part_of[word] != word) word = part_of[word] = part_of[part_of[word]];
    return word;
  };
  for (std::size_t n = 0; n < found.size(); ++n) {
    const auto& [governor, dependent, relation] = found[n];
    ASSERT_TRUE(dependent >= 1 && dependent <= size && governor <= size);
    ASSERT_NE(governor, dependent);
    ASSERT_EQ(governor == 0, relation == Relation::kRoot);
    ASSERT_LT(static_cast<std::size_t>(relation), kRelationCount);
    roots += governor == 0;
    if (governor > 0 && part(governor) != part(dependent)) {
      part_of[part(governor)] = part(dependent);
      --parts;
    }
    if (n > 0) {
      ASSERT_LE(found[n - 1].dependent, dependent);
      ASSERT_FALSE(found[n - 1] == found[n]);
    }
  }
  ASSERT_EQ(roots, 1u);
  // "but also" may lose what stands between its words.
  bool but = false, also = false;
  for (const std::string_view word : sentence.words) {
    but |= word == "but";
    also |= word == "also";
  }
  if (!but || !also) {
    ASSERT_EQ(parts, 1u);
  }
}

TEST(SpiceRandomTrees, BecomeDependencies) {
  DependencyConverter converter, other;
  RandomTrees trees(7);
  std::set<Relation> relations;
  for (std::size_t n = 0; n < 3000; ++n) {
    const auto sentence = trees.make(1 + n % kLongest, 2 + n % 9);
    const std::vector<Dependency> found = convert(converter, sentence);
    ASSERT_NO_FATAL_FAILURE(expect_sense(sentence, found))
        << print_tree(sentence.tree, sentence.words);
    ASSERT_EQ(convert(other, sentence), found);
    for (const Dependency& dependency : found) relations.insert(dependency.relation);
  }
  EXPECT_GT(relations.size(), 35u) << "the trees are too dull";
}

TEST(SpiceRandomTrees, FlatOnesBecomeDependencies) {
  DependencyConverter converter;
  RandomTrees trees(8);
  for (std::size_t n = 0; n < 60; ++n) {
    const auto sentence = trees.make(kLongest, kLongest);
    ASSERT_NO_FATAL_FAILURE(expect_sense(sentence, convert(converter, sentence)))
        << print_tree(sentence.tree, sentence.words);
  }
}

// Phrases over nothing but coordinations, where rules look at pairs and triples of sisters.
TEST(SpiceRandomTrees, LongCoordinationsBecomeDependencies) {
  DependencyConverter converter;
  for (std::size_t label = kTagCount; label < kLabelCount; ++label) {
    RandomTrees::Sentence sentence;
    sentence.tree.push_back({static_cast<Label>(label), 0, kLongest + 1});
    constexpr Label kTags[] = {Label::kNn, Label::kComma, Label::kVbg, Label::kCc, Label::kRb};
    for (std::uint32_t n = 0; n < kLongest; ++n) {
      sentence.tree.push_back({kTags[n % 5], static_cast<std::uint16_t>(n), n + 2});
      sentence.words.push_back(kWords[n % kWords.size()]);
    }
    ASSERT_NO_FATAL_FAILURE(expect_sense(sentence, convert(converter, sentence))) << label;
  }
}

TEST(SpiceRandomTrees, TowersBecomeDependencies) {
  DependencyConverter converter;
  constexpr std::uint32_t kHeight = 2000;
  for (const Label label : {Label::kNp, Label::kX, Label::kUcp}) {
    RandomTrees::Sentence sentence;
    for (std::uint32_t n = 0; n < kHeight; ++n) sentence.tree.push_back({label, 0, kHeight + 2});
    sentence.tree.push_back({Label::kNn, 0, kHeight + 1});
    sentence.tree.push_back({Label::kNn, 1, kHeight + 2});
    sentence.words = {"dog", "house"};
    ASSERT_NO_FATAL_FAILURE(expect_sense(sentence, convert(converter, sentence)));
  }
}

}  // namespace
}  // namespace vernier::tests
