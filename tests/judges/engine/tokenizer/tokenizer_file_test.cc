// Broken and hostile tokenizer.json files: refused with exit code 4, the file's name and the place.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "judges/engine/tokenizer/tokenizer.h"

namespace vernier::engine {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// Every part that there is, working.
json whole() {
  return json::parse(R"({
    "version": "1.0", "truncation": null, "padding": null,
    "added_tokens": [
      {"id": 0, "content": "<unk>", "single_word": false, "lstrip": false, "rstrip": false,
       "normalized": false, "special": true},
      {"id": 7, "content": "<s>", "single_word": false, "lstrip": false, "rstrip": false,
       "normalized": false, "special": true}],
    "normalizer": {"type": "Sequence", "normalizers": [
      {"type": "NFC"}, {"type": "Replace", "pattern": {"String": "x"}, "content": "a"}]},
    "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
      {"type": "Digits", "individual_digits": true},
      {"type": "Metaspace", "replacement": "_", "prepend_scheme": "never", "split": true}]},
    "post_processor": {"type": "TemplateProcessing",
      "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
      "pair": [], "special_tokens": {"<s>": {"id": "<s>", "ids": [7], "tokens": ["<s>"]}}},
    "decoder": {"type": "Sequence", "decoders": [
      {"type": "Replace", "pattern": {"String": "_"}, "content": " "},
      {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
    "model": {"type": "BPE", "dropout": null, "unk_token": "<unk>", "continuing_subword_prefix": "",
      "end_of_word_suffix": null, "fuse_unk": false, "byte_fallback": false, "ignore_merges": false,
      "vocab": {"<unk>": 0, "a": 1, "b": 2, "ab": 3, "_": 4, "_ab": 5, "1": 6},
      "merges": ["a b", ["_", "ab"]]}})");
}

std::string refusal(const std::string& text) {
  try {
    Tokenizer::parse(text, "some/tokenizer.json");
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kResource);
    std::string message = error.what();
    EXPECT_TRUE(message.starts_with("some/tokenizer.json: ")) << message;
    EXPECT_EQ(message.find('\n'), std::string::npos);
    EXPECT_LT(message.size(), 700U);
    return message;
  }
  ADD_FAILURE() << "not refused: " << text.substr(0, 200);
  return "";
}

/// Sets the value at a JSON pointer; the message must hold all of `wanted`.
void expect_refused(const char* where, const json& value,
                    std::initializer_list<const char*> wanted) {
  json file = whole();
  file[json::json_pointer(where)] = value;
  const std::string message = refusal(file.dump());
  for (const char* part : wanted) {
    EXPECT_NE(message.find(part), std::string::npos) << message << "\nwants: " << part;
  }
}

TEST(TokenizerFile, TheWholeFileWorks) {
  const Tokenizer tokenizer = Tokenizer::parse(whole().dump(), "f");
  EXPECT_EQ(tokenizer.encode("ab xb1 <s>c"), (std::vector<TokenId>{7, 3, 5, 6, 4, 7, 0}));
  EXPECT_EQ(tokenizer.decode(std::vector<TokenId>{3, 5, 99, 7}, true), "abab");
  EXPECT_EQ(tokenizer.id_of("<s>"), 7U);
  EXPECT_EQ(tokenizer.id_of("_ab"), 5U);
  EXPECT_EQ(tokenizer.id_of("nothing"), std::nullopt);
  EXPECT_EQ(tokenizer.token_of(7), "<s>");
  EXPECT_EQ(tokenizer.token_of(3), "ab");
  EXPECT_EQ(tokenizer.token_of(8), "");
  EXPECT_TRUE(tokenizer.is_special(0));
  EXPECT_FALSE(tokenizer.is_special(1));
  EXPECT_EQ(tokenizer.size(), 8U);
}

TEST(TokenizerFile, VocabulariesAreChecked) {
  expect_refused("/model/vocab/a", -1, {"model.vocab", "\"a\"", "0 to 1048575", "-1"});
  expect_refused("/model/vocab/a", 1.5, {"model.vocab", "1.5"});
  expect_refused("/model/vocab/a", "1", {"model.vocab"});
  expect_refused("/model/vocab/a", nullptr, {"model.vocab"});
  expect_refused("/model/vocab/a", 1 << 20, {"model.vocab", "1048576"});
  expect_refused("/model/vocab/a", 4294967295U, {"model.vocab"});
  expect_refused("/model/vocab/a", 18446744073709551615U, {"model.vocab"});
  expect_refused("/model/vocab/a", 2, {"model.vocab", "id 2", "\"a\"", "\"b\""});
  expect_refused("/model/vocab", json::object(), {"model.vocab", "found none"});
  expect_refused("/model/vocab", json::array({"a"}), {"model.vocab", "an object"});
  std::string twice = whole().dump();
  twice.replace(twice.find(R"("vocab":{)"), 9, R"("vocab":{"a":9,)");
  EXPECT_NE(refusal(twice).find("\"a\" stands twice"), std::string::npos);
}

TEST(TokenizerFile, MergesAreChecked) {
  expect_refused("/model/merges/0", "a", {"model.merges[0]", "LEFT RIGHT"});
  expect_refused("/model/merges/0", "a b c", {"model.merges[0]"});
  expect_refused("/model/merges/1", json::array({"a"}), {"model.merges[1]"});
  expect_refused("/model/merges/1", json::array({"a", 1}), {"model.merges[1]"});
  expect_refused("/model/merges/1", 5, {"model.merges[1]"});
  expect_refused("/model/merges/0", "a c", {"model.merges[0]", "right part", "\"c\""});
  expect_refused("/model/merges/0", "c a", {"model.merges[0]", "left part", "\"c\""});
  expect_refused("/model/merges/0", "b a", {"model.merges[0]", "result", "\"ba\""});
  expect_refused("/model/merges", json::object(), {"model.merges", "an array"});
  expect_refused("/model/merges", nullptr, {"model", "\"merges\""});
}

// A merge makes a longer text, so that only a merge with an empty part could come back to itself.
TEST(TokenizerFile, MergesThatGoRoundAreRefused) {
  json file = whole();
  file["model"]["vocab"][""] = 20;
  for (const json& merge :
       {json(" a"), json("a "), json::array({"", "a"}), json::array({"", ""})}) {
    file["model"]["merges"][0] = merge;
    EXPECT_NE(refusal(file.dump()).find("model.merges[0]: a part is empty"), std::string::npos);
  }
}

TEST(TokenizerFile, AddedTokensAreChecked) {
  expect_refused("/added_tokens/1/id", -7, {"added_tokens[1].id", "-7"});
  expect_refused("/added_tokens/1/id", 1 << 20, {"added_tokens[1].id"});
  expect_refused("/added_tokens/1/id", 3, {"added_tokens[1]", "\"<s>\"", "\"ab\""});
  expect_refused("/added_tokens/1/content", "ab", {"added_tokens[1]", "id 7 here and 3"});
  expect_refused("/added_tokens/1/content", "", {"added_tokens[1].content"});
  expect_refused("/added_tokens/1/content", std::string(5000, 'x'), {"added_tokens[1].content"});
  expect_refused("/added_tokens/1/content", 3, {"added_tokens[1].content", "a string"});
  expect_refused("/added_tokens/1/special", "yes", {"added_tokens[1].special", "true or false"});
  expect_refused("/added_tokens/1", "x", {"added_tokens[1]", "an object"});
  expect_refused("/added_tokens", "x", {"added_tokens", "an array"});
  json file = whole();
  file["added_tokens"].push_back(file["added_tokens"][1]);
  EXPECT_NE(refusal(file.dump()).find("added_tokens[2]"), std::string::npos);
  file["added_tokens"][2]["content"] = "<t>";
  EXPECT_NE(refusal(file.dump()).find("id 7 belongs to two"), std::string::npos);
}

TEST(TokenizerFile, UnknownPartsAreNamed) {
  expect_refused("/normalizer/normalizers/0/type", "StripAccents",
                 {"normalizer.normalizers[0]", "\"StripAccents\"", "NFC"});
  expect_refused("/pre_tokenizer/pretokenizers/0/type", "Punctuation",
                 {"pre_tokenizer.pretokenizers[0]", "\"Punctuation\"", "Digits"});
  expect_refused("/post_processor/type", "Other", {"post_processor", "\"Other\""});
  expect_refused("/decoder/decoders/0/type", "WordPiece", {"decoder.decoders[0]", "\"WordPiece\""});
  expect_refused("/model/type", "Unigram", {"model.type", "\"Unigram\"", "BPE"});
  expect_refused("/model/dropout", 0.1, {"model.dropout"});
  expect_refused("/model/continuing_subword_prefix", "##", {"model.continuing_subword_prefix"});
  expect_refused("/model/unk_token", "nothing", {"model.unk_token", "\"nothing\""});
  expect_refused("/version", "2.0", {"version", "\"2.0\""});
}

TEST(TokenizerFile, PartsAreChecked) {
  expect_refused("/normalizer/normalizers/1/pattern", json{{"Regex", "x+"}}, {"Regex", "x+"});
  expect_refused("/normalizer/normalizers/1/pattern/String", "", {"pattern.String", "empty"});
  expect_refused("/pre_tokenizer/pretokenizers/1/replacement", "ab", {"one character", "\"ab\""});
  expect_refused("/pre_tokenizer/pretokenizers/1/replacement", "", {"one character"});
  expect_refused("/pre_tokenizer/pretokenizers/1/prepend_scheme", "last", {"\"last\""});
  expect_refused("/pre_tokenizer/pretokenizers/0",
                 json{{"type", "Split"},
                      {"pattern", {{"Regex", "\\d+"}}},
                      {"behavior", "Isolated"},
                      {"invert", false}},
                 {"pre_tokenizer.pretokenizers[0].pattern", "d+"});
  expect_refused("/pre_tokenizer/pretokenizers/0",
                 json{{"type", "ByteLevel"}, {"add_prefix_space", false}},
                 {"pre_tokenizer.pretokenizers[1]", "ByteLevel must be the last"});
  expect_refused("/post_processor/single/0/SpecialToken/id", "<x>", {"special_tokens", "\"<x>\""});
  expect_refused("/post_processor/special_tokens/<s>/ids", json::array({8}), {"ids[0]", "8"});
  expect_refused("/post_processor/single/1/Sequence/id", "B", {"post_processor.single[1]"});
  expect_refused("/post_processor/single", json::array(), {"post_processor", "the sequence A"});
  expect_refused("/decoder/decoders/1/start", -1, {"decoder.decoders[1].start"});
  expect_refused("/decoder/decoders/1/stop", 1U << 31, {"decoder.decoders[1].stop"});
  expect_refused("/decoder", 3, {"decoder", "an object"});
}

TEST(TokenizerFile, OtherTextsAreRefused) {
  for (const char* text : {"", " ", "{", "[]", "3", "null", "{}", "\"\\ud800\"", "{\"model\":{}}",
                           "{\"model\":{\"vocab\":{\"a\":0}}}", "\xff\xfe{", "<html>"}) {
    refusal(text);
  }
  const std::string good = whole().dump();
  for (std::size_t size = 0; size < good.size(); size += 7) refusal(good.substr(0, size));
}

TEST(TokenizerFile, DeepNestingIsRefused) {
  constexpr std::size_t kDepth = 1'000'000;
  const std::vector<std::pair<std::string, std::string>> brackets = {
      {"[", "]"}, {"{\"a\":", "}"}, {R"({"type":"Sequence","normalizers":[)", "]}"}};
  for (const auto& [open, close] : brackets) {
    std::string text = R"({"normalizer":)", end;
    for (std::size_t i = 0; i < kDepth; ++i) {
      text += open;
      end += close;
    }
    refusal(text);
    text.append("1").append(end).append("}");
    EXPECT_NE(refusal(text).find("nested deeper than 64"), std::string::npos);
  }
  json node = {{"type", "NFC"}};
  for (int i = 0; i < 25; ++i) {
    node = {{"type", "Sequence"}, {"normalizers", {node}}};
  }
  json file = whole();
  file["normalizer"] = node;
  EXPECT_EQ(Tokenizer::parse(file.dump(), "f").parts().normalizer.size(), 1U);
}

TEST(TokenizerFile, FilesAreFoundAndSized) {
  const fs::path folder = fs::path(testing::TempDir()) / "tokenizer_files";
  fs::create_directories(folder);
  const auto refused = [](const fs::path& path, const char* wanted) {
    try {
      Tokenizer::load(path.string());
      ADD_FAILURE() << path;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ExitCode::kResource);
      EXPECT_NE(std::string(error.what()).find(wanted), std::string::npos) << error.what();
    }
  };
  refused(folder / "none.json", "no such file");
  refused(folder, "expected a file");
  const fs::path path = folder / "tokenizer.json";
  std::ofstream(path) << whole().dump();
  EXPECT_EQ(Tokenizer::load(path.string()).size(), 8U);
  fs::resize_file(path, std::uintmax_t{200} << 20);  // a hole: takes no room
  refused(path, "at most 134217728 bytes");
  fs::remove_all(folder);
}

}  // namespace
}  // namespace vernier::engine
