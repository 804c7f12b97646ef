// The parts of tokenizers where the goldens do not reach: limits, corners, streams.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "judges/engine/tokenizer/bpe/byte_alphabet.h"
#include "judges/engine/tokenizer/bpe/word_cache.h"
#include "judges/engine/tokenizer/decode/decoder.h"
#include "judges/engine/tokenizer/decode/utf8_tail.h"
#include "judges/engine/tokenizer/encoder.h"
#include "judges/engine/tokenizer/parts/added_tokens.h"
#include "judges/engine/tokenizer/patterns/split_pattern.h"

namespace vernier::engine {
namespace {

using Texts = std::vector<std::string>;

Texts split(SplitPattern pattern, std::string_view text) {
  Texts pieces;
  for (std::size_t pos = 0; pos < text.size();) {
    const std::size_t end = match_end(pattern, text, pos);
    EXPECT_GT(end, pos);
    pieces.emplace_back(text.substr(pos, end - pos));
    pos = end;
  }
  return pieces;
}

TEST(SplitPattern, ExpressionsAreToldByTheirText) {
  for (const auto pattern : {SplitPattern::kGpt2, SplitPattern::kQwen2, SplitPattern::kLlama3}) {
    EXPECT_EQ(split_pattern(expression_of(pattern)), pattern);
  }
  EXPECT_EQ(split_pattern("\\s+"), std::nullopt);
  EXPECT_EQ(split_pattern(""), std::nullopt);
}

TEST(SplitPattern, PiecesFollowTheAlternatives) {
  const std::string text = "I'LL don't  pay 12345\t\n\n  x!?\n";
  EXPECT_EQ(split(SplitPattern::kGpt2, text), (Texts{"I", "'", "LL", " don", "'t", " ", " pay",
                                                     " 12345", "\t\n\n ", " x", "!?", "\n"}));
  EXPECT_EQ(split(SplitPattern::kQwen2, text),
            (Texts{"I", "'LL", " don", "'t", " ", " pay", " ", "1", "2", "3", "4", "5", "\t\n\n",
                   " ", " x", "!?\n"}));
  EXPECT_EQ(split(SplitPattern::kLlama3, "a1234567"), (Texts{"a", "123", "456", "7"}));
}

TEST(ByteAlphabet, IsOneToOne) {
  std::string bytes, letters, back;
  for (int b = 0; b < 256; ++b) bytes.push_back(static_cast<char>(b));
  append_letters(letters, bytes);
  append_bytes_of_letters(back, letters);
  EXPECT_EQ(back, bytes);
  EXPECT_EQ(letter_of_byte(' '), U'\u0120');
  EXPECT_EQ(letter_of_byte('\n'), U'\u010A');
  EXPECT_EQ(letter_of_byte(0xAD), U'\u0143');
  EXPECT_EQ(byte_of_letter(U'\u0144'), -1);
  back.clear();
  append_bytes_of_letters(back, "Ġa日");
  EXPECT_EQ(back, "Ġa日") << "a text with another character stays";
}

TEST(Utf8Tail, IsWhatMayStillBecomeACharacter) {
  EXPECT_EQ(incomplete_tail(""), 0U);
  EXPECT_EQ(incomplete_tail("a\xE6"), 1U);
  EXPECT_EQ(incomplete_tail("a\xE6\x97"), 2U);
  EXPECT_EQ(incomplete_tail("a\xE6\x97\xA5"), 0U);
  EXPECT_EQ(incomplete_tail("\xF0\x9F\x98"), 3U);
  EXPECT_EQ(incomplete_tail("\xC3"), 1U);
  for (const char* broken : {"\x97", "\xC0", "\xC1", "\xF5", "\xFF", "\xE0\x80", "\xED\xA0",
                             "\xF0\x80", "\xF4\x90", "\x80\x80\x80\x80", "\xC3\xA9\xA9"}) {
    EXPECT_EQ(incomplete_tail(broken), 0U) << broken;
  }
}

std::string decoded(const Decoder& steps, const std::vector<std::string>& tokens,
                    Texts* pushed = nullptr) {
  DecoderRun run(steps);
  std::string all;
  for (const std::string& token : tokens) {
    std::string part;
    run.push(token, part);
    if (pushed != nullptr) pushed->push_back(part);
    all += part;
  }
  run.finish(all);
  return all;
}

DecoderStep step(DecoderStep::Kind kind, const std::string& from = "", const std::string& to = "",
                 std::uint32_t start = 0, std::uint32_t stop = 0) {
  return {kind, from, to, start, stop, false};
}

using Kind = DecoderStep::Kind;

TEST(Decoder, HoldsBackTheBeginOfACharacter) {
  Texts pushed;
  EXPECT_EQ(decoded({step(Kind::kByteLevel)}, {"æ", "Ĺ", "¥", "x", "æ"}, &pushed), "日x\uFFFD");
  EXPECT_EQ(pushed, (Texts{"", "", "日", "x", ""}));
}

TEST(Decoder, HoldsBackRunsOfByteTokens) {
  Texts pushed;
  EXPECT_EQ(
      decoded({step(Kind::kByteFallback)},
              {"<0xE6>", "<0x97>", "<0xA5>", "a", "<0xE6>", "<0x41>", "b", "<0x1g>"}, &pushed),
      "日a\uFFFD\uFFFDb<0x1g>");
  EXPECT_EQ(pushed[2], "");
  EXPECT_EQ(pushed[3], "日a");
}

TEST(Decoder, ReplacesAcrossPartsOfOneToken) {
  const Decoder steps = {step(Kind::kFuse), step(Kind::kReplace, "abc", "-")};
  EXPECT_EQ(decoded(steps, {"xa", "b", "c", "ab", "d", "a", "b"}), "x-abdab");
  EXPECT_EQ(decoded({step(Kind::kReplace, "abc", "-")}, {"ab", "c", "abcabc"}), "abc--");
}

TEST(Decoder, StripsEndsOfTokens) {
  const Decoder each = {step(Kind::kStrip, " ", "", 1, 2)};
  EXPECT_EQ(decoded(each, {"  a   ", " ", "", "b", "  "}), " a b");
  const Decoder whole = {step(Kind::kFuse), step(Kind::kStrip, "é", "", 2, 2)};
  EXPECT_EQ(decoded(whole, {"é", "éé", "a", "é", "é", "b", "é", "é", "é"}), "éaééb\u00e9");
  Texts pushed;
  decoded(whole, {"a", "é", "é", "é", "b"}, &pushed);
  EXPECT_EQ(pushed, (Texts{"a", "", "", "é", "ééb"}));
}

TEST(Decoder, WithoutStepsOfAFileTokensHaveBlanks) {
  EXPECT_EQ(decoded({step(Kind::kBlanks)}, {"a", "", "b"}), "a  b");
  EXPECT_EQ(decoded({}, {"a", "b"}), "ab");
}

TEST(AddedTokens, TheLongestOfTheLeftmostCounts) {
  std::vector<AddedToken> tokens;
  for (const char* text : {"<a", "<a>", "a>b", ">"}) {
    AddedToken& token = tokens.emplace_back();
    token.id = static_cast<TokenId>(tokens.size());
    token.text = text;
  }
  const AddedTokens added(std::move(tokens), {});
  std::vector<AddedTokens::Piece> pieces;
  added.split("x<a>b<aa>b>", false, {}, pieces);
  std::string shown;
  for (const auto& piece : pieces) {
    shown += std::string(piece.text) + (piece.token == nullptr ? "|" : "#");
  }
  EXPECT_EQ(shown, "x|<a>#b|<a#a>b#>#");
}

TEST(AddedTokens, SpecialOnesThatTouchAQuotationAreText) {
  std::vector<AddedToken> tokens(1);
  tokens[0].text = "</s>";
  tokens[0].special = true;
  const AddedTokens added(std::move(tokens), {});
  const auto shown = [&](std::vector<TextRange> quoted) {
    std::vector<AddedTokens::Piece> pieces;
    added.split("</s>a</s>b</s>", false, quoted, pieces);
    std::string text;
    for (const auto& piece : pieces) {
      text += std::string(piece.text) + (piece.token == nullptr ? "|" : "#");
    }
    return text;
  };
  EXPECT_EQ(shown({}), "</s>#a|</s>#b|</s>#");
  EXPECT_EQ(shown({{4, 5}}), "</s>#a|</s>#b|</s>#") << "beside it";
  EXPECT_EQ(shown({{4, 10}}), "</s>#a</s>b|</s>#");
  EXPECT_EQ(shown({{0, 1}, {8, 9}}), "</s>a</s>b|</s>#") << "by one byte";
}

TEST(Tokenizer, QuotationsKeepTheirPlaceThroughNormalisation) {
  // A normalizer that makes blanks three bytes long, and a special token that is looked for behind
  // it.
  const Tokenizer tokenizer = Tokenizer::parse(R"({"added_tokens":[{"id":0,"content":"</s>",
      "special":true,"normalized":true,"lstrip":false,"rstrip":false,"single_word":false}],
      "normalizer":{"type":"Replace","pattern":{"String":" "},"content":"\u2581"},
      "pre_tokenizer":null,"post_processor":null,"decoder":null,
      "model":{"type":"BPE","vocab":{"</s>":0,"<":1,"/":2,"s":3,">":4,"\u2581":5,"a":6},
      "merges":[]}})",
                                               "test");
  const std::string text = "a a </s> a </s>";
  const TextRange quoted{0, 8};
  const auto ids = tokenizer.encode(text, {.add_special = false, .quoted = std::span(&quoted, 1)});
  EXPECT_EQ(ids, (std::vector<TokenId>{6, 5, 6, 5, 1, 2, 3, 4, 5, 6, 5, 0}));
}

TEST(WordCache, KeepsShortWordsOnly) {
  WordCache cache(2);
  const std::vector<TokenId> ids = {1, 2, 3};
  std::vector<TokenId> out;
  cache.put("word", ids);
  EXPECT_TRUE(cache.append("word", out));
  EXPECT_EQ(out, ids);
  EXPECT_FALSE(cache.append("ward", out));
  EXPECT_FALSE(cache.append("", out));
  cache.put(std::string(31, 'a'), ids);
  EXPECT_FALSE(cache.append(std::string(31, 'a'), out));
  cache.put("many", std::vector<TokenId>(9, 1));
  EXPECT_FALSE(cache.append("many", out));
  for (int i = 0; i < 100; ++i) cache.put(std::to_string(i), ids);  // others' places are taken
  EXPECT_TRUE(cache.append("99", out));
  WordCache none(0);
  none.put("word", ids);
  EXPECT_FALSE(none.append("word", out));
}

Tokenizer golden(const std::string& name) {
  std::ifstream file(std::string(VERNIER_SOURCE) + "/tests/judges/engine/tokenizer/goldens/" +
                     name + ".json");
  return Tokenizer::parse(nlohmann::json::parse(file)["tokenizer"].dump(), name);
}

TEST(Tokenizer, BytesThatAreNotUtf8AreReplacementCharacters) {
  for (const char* name : {"gpt2", "llama_prepend", "qwen2"}) {
    const Tokenizer tokenizer = golden(name);
    EXPECT_EQ(tokenizer.encode("a\xFF\xE6\x97 b\xC3"), tokenizer.encode("a\uFFFD\uFFFD b\uFFFD"));
    EXPECT_EQ(tokenizer.encode("\x80"), tokenizer.encode("\uFFFD"));
  }
}

// Without words of their own the text is one word: merging must not be quadratic.
TEST(Tokenizer, LongTextsWithoutBlanksTakeLinearithmicTime) {
  const Tokenizer tokenizer = golden("llama_prepend");
  std::string text;
  while (text.size() < 1'000'000) text += "image caption ";
  const std::vector<TokenId> ids = tokenizer.encode(text);
  EXPECT_EQ(tokenizer.decode(ids, true), text);
  const std::string same(1'000'000, 'a');
  EXPECT_EQ(tokenizer.decode(tokenizer.encode(same), true), same);
  EXPECT_EQ(golden("gpt2").decode(golden("gpt2").encode(same), true), same);
}

TEST(Tokenizer, SpecialTokensInTextOfOthersAreText) {
  const Tokenizer tokenizer = golden("gpt2");
  const TokenId end = *tokenizer.id_of("</s>");
  EXPECT_EQ(tokenizer.encode("</s>"), std::vector<TokenId>{end});
  constexpr TextRange kAll{0, 4};
  const auto plain =
      tokenizer.encode("</s>", {.add_special = false, .quoted = std::span(&kAll, 1)});
  EXPECT_EQ(std::ranges::count(plain, end), 0);
  EXPECT_EQ(tokenizer.decode(plain, true), "</s>");
  EXPECT_EQ(tokenizer.decode(std::vector<TokenId>{end}, true), "");
}

TEST(Encoder, ReusesItsMemoryWithoutMixingTexts) {
  const Tokenizer tokenizer = golden("digits_each");
  Encoder encoder(tokenizer, 16);
  std::vector<TokenId> all;
  std::vector<TokenId> wanted;
  for (const char* text : {"a red circle", "", "<image>", "a red circle 85", " a"}) {
    encoder.append(text, {}, all);
    for (const TokenId id : tokenizer.encode(text)) wanted.push_back(id);
  }
  EXPECT_EQ(all, wanted);
}

}  // namespace
}  // namespace vernier::engine
