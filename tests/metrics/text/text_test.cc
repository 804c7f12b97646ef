// UTF-8 helpers and the tokenisers beyond English.
#include <gtest/gtest.h>

#include "metrics/text/simple_tokenizers.h"
#include "metrics/text/unicode/unicode.h"

namespace vernier::text {
namespace {

std::string tokens_of(const Tokenizer& tokenizer, std::string_view text) {
  TokenList tokens;
  tokenizer.tokenize(text, {}, tokens);
  return tokens.joined();
}

TEST(Unicode, FindsTheFirstInvalidByte) {
  EXPECT_EQ(find_invalid_utf8("plain é 日本 😀"), std::string_view::npos);
  EXPECT_EQ(find_invalid_utf8("ab\xFFz"), 2u);
  EXPECT_EQ(find_invalid_utf8("a\xC0\x80"), 1u);         // overlong
  EXPECT_EQ(find_invalid_utf8("a\xED\xA0\x80"), 1u);     // a surrogate
  EXPECT_EQ(find_invalid_utf8("abc\xE2\x82"), 3u);       // cut off
  EXPECT_EQ(find_invalid_utf8("\xF4\x90\x80\x80"), 0u);  // beyond U+10FFFF
}

TEST(Unicode, ReplacesMaximalInvalidSequences) {
  std::string text = "a\xFF\xE2\x82z\xED\xA0\x80!\xC3";
  EXPECT_EQ(replace_invalid_utf8(text), 6u);
  EXPECT_EQ(text, "a\uFFFD\uFFFDz\uFFFD\uFFFD\uFFFD!\uFFFD");
  std::string fine = "é";
  EXPECT_EQ(replace_invalid_utf8(fine), 0u);
  EXPECT_EQ(fine, "é");
}

TEST(Unicode, RoundTripsEveryCodePoint) {
  for (char32_t c = 0; c < 0x110000; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    std::string text;
    append_utf8(text, c);
    std::size_t pos = 0;
    ASSERT_EQ(find_invalid_utf8(text), std::string_view::npos);
    ASSERT_EQ(next_code_point(text, pos), c);
    ASSERT_EQ(pos, text.size());
  }
}

TEST(Unicode, LowerCaseIsTheFullMapping) {
  EXPECT_EQ(to_lower("ABC xyz"), "abc xyz");
  EXPECT_EQ(to_lower("ÀÉ ΣΑΣ Σ İ"), "àé σας σ i̇");
}

TEST(SimpleTokenizers, Icu) {
  const auto icu = make_icu_tokenizer();
  EXPECT_TRUE(icu->name().starts_with("icu-"));
  EXPECT_EQ(tokens_of(*icu, "Two dogs, running!"), "two dogs running");
  EXPECT_EQ(tokens_of(*icu, "一只狗在草地上奔跑。"), "一只 狗 在 草地 上 奔跑");
  // Where exactly Japanese words end depends on ICU's dictionary.
  std::string japanese = tokens_of(*icu, "犬が走っています。");
  EXPECT_TRUE(japanese.starts_with("犬 が 走"));
  std::erase(japanese, ' ');
  EXPECT_EQ(japanese, "犬が走っています");
  EXPECT_EQ(tokens_of(*icu, "두 마리의 개가 달린다."), "두 마리의 개가 달린다");
  EXPECT_EQ(tokens_of(*icu, "สุนัขวิ่งเล่น"), "สุนัข วิ่ง เล่น");
  EXPECT_EQ(tokens_of(*icu, "كلبان يركضان."), "كلبان يركضان");
  EXPECT_EQ(tokens_of(*icu, ""), "");
}

TEST(SimpleTokenizers, Char) {
  const auto chars = make_char_tokenizer();
  EXPECT_EQ(tokens_of(*chars, "A dog。 狗\u3000é"), "a d o g 。 狗 é");
}

}  // namespace
}  // namespace vernier::text
