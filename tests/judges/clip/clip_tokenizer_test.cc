// What CLIP's tokenizer.json has and others do not.
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "judges/engine/tokenizer/encoder.h"
#include "judges/engine/tokenizer/tokenizer.h"
#include "tests/judges/engine/container/refusal.h"

namespace vernier::engine {
namespace {

using nlohmann::json;
using Ids = std::vector<TokenId>;

json read(const std::string& name) {
  std::ifstream file(std::string(VERNIER_SOURCE) + "/tests/judges/clip/models/" + name);
  return json::parse(file);
}

Tokenizer changed(const std::function<void(json&)>& change) {
  json file = read("hub/tokenizer.json");
  change(file);
  return Tokenizer::parse(file.dump(), "tokenizer.json");
}

Tokenizer hub() {
  return changed([](json&) {});
}

std::vector<std::string> tokens(const Tokenizer& tokenizer, const std::string& text) {
  std::vector<std::string> out;
  for (const TokenId id : tokenizer.encode(text, {.add_special = false})) {
    out.emplace_back(tokenizer.token_of(id));
  }
  return out;
}

using Tokens = std::vector<std::string>;

TEST(ClipTokenizer, WordsEndWithAMark) {
  EXPECT_EQ(tokens(hub(), "a dog's Ball, x"),
            (Tokens{"a</w>", "dog</w>", "'s</w>", "ball</w>", ",</w>", "x</w>"}));
  EXPECT_EQ(tokens(hub(), "xq"), (Tokens{"x", "q</w>"}));
  EXPECT_EQ(tokens(hub(), "12"), (Tokens{"1</w>", "2</w>"}));
  // The mark itself, as text.
  EXPECT_EQ(tokens(hub(), "</w>"), (Tokens{"<", "/</w>", "w</w>", "></w>"}));
}

TEST(ClipTokenizer, SpaceIsOneBlankOrNothing) {
  for (const char* text : {"a dog", "  a \t\n dog ", "a\u00A0dog", "a\u3000\u2009dog", "A DOG"}) {
    EXPECT_EQ(tokens(hub(), text), (Tokens{"a</w>", "dog</w>"})) << text;
  }
  for (const char* text : {"", " ", "\n\t \u00A0"}) EXPECT_TRUE(tokens(hub(), text).empty());
}

TEST(ClipTokenizer, LowerCaseIsThatOfSingleCharacters) {
  const auto same = [](const char* text, const char* lower) {
    EXPECT_EQ(tokens(hub(), text), tokens(hub(), lower)) << text;
  };
  same("\u0130", "i\u0307");                       // dotted I: two characters
  same("\u039F\u03A3", "\u03BF\u03C3");            // no final sigma
  same("\u1E9E", "\u00DF");                        // sharp s
  same("I", "i");                                  // in no language
  same("E\u0301", "\u00E9");                       // composed first
  same("\U00010400 \u01C5", "\U00010428 \u01C6");  // beyond 16 bits; title case
  EXPECT_NE(tokens(hub(), "\u00DF"), tokens(hub(), "ss"));
}

TEST(ClipTokenizer, BytesThatAreNotUtf8AreText) {
  EXPECT_EQ(tokens(hub(), "a\xFF"), tokens(hub(), "a\uFFFD"));
}

TEST(ClipTokenizer, KeptSpaceAndUnknownLettersAreAsInThePackage) {
  const json cases = read("hub/cases.json")["isolated"];
  ASSERT_EQ(cases.size(), 2U);
  const Tokenizer tokenizer = changed([](json& file) {
    file["pre_tokenizer"]["pretokenizers"][0]["behavior"] = "Isolated";
    file["pre_tokenizer"]["pretokenizers"][0]["invert"] = false;
    file["model"]["vocab"].erase("\u00DE");
    file["model"]["vocab"].erase("\u00DE</w>");
  });
  Encoder encoder(tokenizer, 64);
  for (const json& row : cases) {
    const auto text = row[0].get<std::string>();
    EXPECT_EQ(tokenizer.encode(text), row[1].get<Ids>()) << text;
    for (int again = 0; again < 2; ++again) {
      Ids ids;
      encoder.append(text, {}, ids);
      EXPECT_EQ(ids, row[1].get<Ids>()) << text;
    }
  }
}

TEST(ClipTokenizer, BertProcessingIsRobertasOfTheSame) {
  const Tokenizer bert = changed([](json& file) {
    json& node = file["post_processor"];
    node = {{"type", "BertProcessing"}, {"cls", node["cls"]}, {"sep", node["sep"]}};
  });
  EXPECT_EQ(bert.encode("a dog"), hub().encode("a dog"));
  EXPECT_EQ(bert.encode("a dog").size(), 4U);
}

TEST(ClipTokenizer, WhatIsNotImplementedIsNamed) {
  const auto refused = [](const std::function<void(json&)>& change, auto... words) {
    expect_refusal([&] { changed(change); }, "tokenizer.json", words...);
  };
  const auto split = [](json& file) -> json& { return file["pre_tokenizer"]["pretokenizers"][0]; };
  refused([&](json& f) { split(f)["invert"] = false; }, "pretokenizers[0]", "Removed");
  refused([&](json& f) { split(f)["behavior"] = "Isolated"; }, "pretokenizers[0]", "invert");
  refused([&](json& f) { split(f)["pattern"]["Regex"] = "\\w+"; }, "GPT-2", "CLIP");
  refused([](json& f) { f["normalizer"]["normalizers"][1]["pattern"]["Regex"] = "\\s"; },
          "normalizers[1].pattern", "\\s");
  refused([](json& f) { f["normalizer"]["normalizers"][2]["type"] = "StripAccents"; },
          "normalizers[2]", "StripAccents", "Lowercase");
  refused([](json& f) { f["model"]["byte_fallback"] = true; }, "model.end_of_word_suffix",
          "byte_fallback");
  refused([](json& f) { f["model"]["continuing_subword_prefix"] = "##"; },
          "model.continuing_subword_prefix");
  refused(
      [](json& f) {
        f["post_processor"]["sep"] = json::array({"<|endoftext|>", "604"});
      },
      "post_processor.sep[1]");
}

}  // namespace
}  // namespace vernier::engine
