// Prompts out of files, and what is wrong with some.
#include "judges/prompts/prompt_set.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "tests/support/command.h"

namespace vernier::prompts {
namespace {

std::string refusal(const std::string& toml) {
  try {
    parse_prompts(toml, "p.toml");
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kUsage);
    return error.what();
  }
  return "accepted";
}

const std::string kHead = "name = \"mine\"\nversion = 2\n";

TEST(PromptSet, OursAreWhole) {
  for (const std::string_view name : prompt_set_names()) {
    const PromptSet set = open_prompts(std::string(name));
    EXPECT_EQ(set.name, name);
    EXPECT_FALSE(set.context.user.empty());
    EXPECT_FALSE(set.visce.user.empty());
    EXPECT_FALSE(set.paper.user.empty());
    EXPECT_FALSE(set.direct.user.empty());
    EXPECT_FALSE(set.reference.user.empty());
    EXPECT_FALSE(set.pairwise.user.empty());
    EXPECT_FALSE(set.object.empty());
    EXPECT_EQ(set.paraphrases.size(), 4U);
    EXPECT_TRUE(set.signature().starts_with("prompts:" + std::string(name) + "/1:"));
  }
  EXPECT_NE(open_prompts("general").digest, open_prompts("scenes").digest);
}

TEST(PromptSet, AFileOfOnesOwn) {
  const tests::TemporaryFolder folder;
  const PromptSet set = open_prompts(
      folder.write("p.toml", kHead + "[direct]\nuser = \"{{Rate}} {caption} {low}..{high}\"\n"));
  EXPECT_EQ(set.direct.user.fill({{"caption", "a {context} b"}, {"low", "0"}, {"high", "10"}}),
            "{Rate} a {context} b 0..10");
  EXPECT_TRUE(set.visce.user.empty());
}

TEST(PromptSet, RefusesWhatWouldNotAsk) {
  EXPECT_EQ(refusal("version = 1"), "p.toml: expected name = \"...\"");
  EXPECT_EQ(refusal("name = \"x\""), "p.toml: expected version = 1 or a later whole number");
  EXPECT_EQ(refusal(kHead + "[direct]\nuser = \"Rate {captoin}\""),
            "p.toml:4: unknown slot {captoin} (known here: {caption}, {caption_quoted}, {low}, "
            "{high})");
  EXPECT_EQ(refusal(kHead + "[direct]\nuser = \"Rate it\""),
            "p.toml:4: the slot {caption} is missing");
  EXPECT_EQ(refusal(kHead + "[visce]\nuser = \"{caption} {context}\""),
            "p.toml:4: unknown slot {context} (known here: {caption}, {caption_quoted}, {low}, "
            "{high})");
  EXPECT_EQ(refusal(kHead + "[direct]\nuser = \"{caption\""),
            "p.toml:4: a slot that does not end (write {{ for a brace)");
  EXPECT_EQ(refusal(kHead + "[direct]\nuser = \"{caption} }\""),
            "p.toml:4: a lone closing brace (write }} for a brace)");
  EXPECT_EQ(refusal(kHead + "[direct]\nanswer_start = \"x\""),
            "p.toml:3: [direct] has no \"user\"");
  EXPECT_EQ(refusal(kHead + "[drect]\nuser = \"x\""), "p.toml:3: unknown table [drect]");
  EXPECT_EQ(refusal(kHead + "[direct]\nusr = \"x\""), "p.toml:4: unknown key \"usr\" in [direct]");
  EXPECT_EQ(refusal(kHead + "[direct]\nuser = 3"), "p.toml:4: expected a text");
  EXPECT_TRUE(refusal("name = ").starts_with("p.toml:1: "));
}

TEST(PromptTemplate, NothingIsSentWithAHoleInIt) {
  const PromptTemplate text("{a} {b}", std::vector<std::string_view>{"a", "b"}, {});
  EXPECT_EQ(text.fill({{"a", "1"}, {"b", "2"}, {"c", "3"}}), "1 2");
  try {
    static_cast<void>(text.fill({{"a", "1"}}));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kInternal);
  }
}

TEST(PromptTemplate, CaptionsEndWhereTheyEnd) {
  EXPECT_EQ(one_line(" a\n\n b\t c \r\n"), "a b c");
  EXPECT_EQ(quoted_line("say \"100\"\nnow\\"), "\"say \\\"100\\\" now\\\\\"");
}

}  // namespace
}  // namespace vernier::prompts
