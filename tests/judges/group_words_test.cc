// Words for groups of people, worked by hand.
#include "judges/probes/groups/group_words.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "metrics/text/sentences/punkt_parameters.h"
#include "tests/support/command.h"

namespace vernier::probes {
namespace {

class GroupWordsTest : public testing::Test {
 protected:
  std::vector<GroupMention> find(const std::string& text) {
    CaptionTokenizer tokenizer(text::built_in_punkt_parameters(), true);
    CaptionTokens tokens;
    tokenizer.tokenize(text, tokens);
    return group_mentions(tokens, words_);
  }
  std::optional<std::string> agreed(const std::vector<std::string>& references) {
    std::vector<std::vector<GroupMention>> mentions;
    for (const std::string& one : references) mentions.push_back(find(one));
    const auto group = agreed_group(mentions, words_);
    if (!group) return std::nullopt;
    return words_.groups()[*group];
  }
  std::string judge(const std::string& caption, std::size_t group) {
    return group_verdict_name(judge_group(find(caption), group, words_));
  }
  GroupWords words_ = GroupWords::gender();
};

TEST_F(GroupWordsTest, FindsWholeWordsOnly) {
  const auto found = find("The Woman's manager holds HER mango.");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].word, "woman");
  EXPECT_EQ(found[0].place.begin, 4u);
  EXPECT_EQ(found[0].place.end, 9u);
  EXPECT_EQ(found[1].word, "her");
  EXPECT_EQ(words_.groups(), (std::vector<std::string>{"woman", "man", "neutral"}));
}

TEST_F(GroupWordsTest, ReferencesMustAgree) {
  EXPECT_EQ(agreed({"A woman runs.", "She runs.", "A person runs."}), "woman");
  EXPECT_EQ(agreed({"A man runs.", "A person runs."}), std::nullopt) << "half is no majority";
  EXPECT_EQ(agreed({"A man.", "A man.", "A woman."}), std::nullopt) << "two groups are named";
  EXPECT_EQ(agreed({"A dog.", "A person."}), std::nullopt);
  EXPECT_EQ(agreed({}), std::nullopt);
}

TEST_F(GroupWordsTest, JudgesCaptions) {
  EXPECT_EQ(judge("A woman and a person.", 0), "right");
  EXPECT_EQ(judge("A man runs.", 0), "wrong");
  EXPECT_EQ(judge("A man and his wife.", 0), "mixed");
  EXPECT_EQ(judge("A person runs.", 0), "neutral");
  EXPECT_EQ(judge("A dog runs.", 0), "silent");
  EXPECT_EQ(judge("A man runs.", 1), "right");
}

TEST_F(GroupWordsTest, ReadsOtherTables) {
  const tests::TemporaryFolder folder;
  const GroupWords ages = GroupWords::read(
      folder.write("ages", "# ages\nyoung\tchild, kid\nold\tsenior\nneutral\tperson\n"));
  EXPECT_EQ(ages.group_of("kid"), 0u);
  EXPECT_EQ(ages.group_of("senior"), 1u);
  EXPECT_EQ(ages.group_of("person"), ages.neutral());
  EXPECT_EQ(ages.group_of("man"), std::nullopt);
  for (const char* bad : {"", "a\tb\nc\td\n", "a b\n", "a\tb\nc\tb\nd\te\n"}) {
    EXPECT_THROW(GroupWords::read(folder.write("bad", bad)), Error) << bad;
  }
}

}  // namespace
}  // namespace vernier::probes
