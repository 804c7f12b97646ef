// The JSON scanner accepts what simdjson accepts, and finds the same values.
#include <gtest/gtest.h>
#include <simdjson.h>

#include <random>

#include "datasets/json/cursor.h"
#include "datasets/json/splitter.h"
#include "datasets/json/strings.h"

namespace vernier::json {
namespace {

/// The value without white space, or nothing when the text is not one JSON value.
std::optional<std::string> ours(std::string_view text) {
  try {
    Cursor cursor(text);
    const std::string_view value = cursor.value();
    cursor.skip_space();
    if (!cursor.at_end()) return std::nullopt;
    std::string out;
    DecodeCounts counts;
    append_compact(out, value, {false, true}, counts);
    if (counts.not_finite > 0) return std::nullopt;  // simdjson knows no NaN
    return out;
  } catch (const Fault& fault) {
    EXPECT_LE(fault.offset, text.size());
    EXPECT_FALSE(fault.message.empty());
    return std::nullopt;
  }
}

bool simdjson_accepts(std::string_view text, std::string& minified) {
  static simdjson::dom::parser parser;
  simdjson::dom::element element;
  if (parser.parse(text.data(), text.size(), true).get(element) != simdjson::SUCCESS) return false;
  minified = simdjson::minify(element);
  return true;
}

void compare(const std::string& text) {
  std::string theirs;
  const bool accepted = simdjson_accepts(text, theirs);
  const std::optional<std::string> own = ours(text);
  ASSERT_EQ(own.has_value(), accepted) << text;
  if (!accepted) return;
  // simdjson prints numbers in its own way, so both are compared after another round of it.
  std::string again;
  ASSERT_TRUE(simdjson_accepts(*own, again)) << text << '\n' << *own;
  EXPECT_EQ(again, theirs) << text;
}

TEST(JsonCursor, AgreesWithSimdjsonOnOddTexts) {
  for (const char* text : {"",
                           " ",
                           "{}",
                           "[]",
                           "[ ]",
                           "{ }",
                           "null",
                           "nul",
                           "nulls",
                           "true",
                           "false",
                           "falsey",
                           "0",
                           "-0",
                           "01",
                           "-",
                           "1.",
                           ".5",
                           "1.5",
                           "1e",
                           "1e+",
                           "1e5",
                           "1E-5",
                           "\"\"",
                           "\"",
                           "\"\\\"",
                           "\"\\u12\"",
                           "\"\\u12G4\"",
                           "\"\\u0000\"",
                           "\"\\ud800\"",
                           "\"\\ud800\\udc00\"",
                           "\"\\udc00\\ud800\"",
                           "\"\\x\"",
                           "\"\t\"",
                           "\"\x01\"",
                           "\"\x7f\"",
                           "[1,2]",
                           "[1,,2]",
                           "[,1]",
                           "[1,]",
                           "[1 2]",
                           "{\"a\":1}",
                           "{\"a\":}",
                           "{\"a\"}",
                           "{a:1}",
                           "{\"a\":1,}",
                           "{,}",
                           "{\"a\":1 \"b\":2}",
                           "[{\"a\":[{}]}]",
                           "[[[[]]]",
                           "]",
                           "}",
                           "[}",
                           "{]",
                           "[1}",
                           "{\"a\":[1}",
                           "1 2",
                           "\"a\" \"b\"",
                           "\xef\xbb\xbf{}",
                           "\"\xc3\xa9\"",
                           "\"\xc3\"",
                           "\"\xff\"",
                           "\xff",
                           "[\xc3\xa9]",
                           "/* */ 1",
                           "\v1",
                           "\f1",
                           "[1]\n",
                           "\r\n[1]",
                           "+1",
                           "--1",
                           "0x1",
                           "1a",
                           "tru\"e\"",
                           "\"\\/\\b\\f\\n\\r\\t\""}) {
    compare(text);
  }
}

TEST(JsonCursor, AgreesWithSimdjsonOnRandomTexts) {
  std::mt19937 random(1);
  const char* parts[] = {"{",           "}",  "[",    "]",      "\"a\"", "\"b\\n\"", ":",
                         ",",           "1",  "-2.5", " ",      "\n",    "null",     "true",
                         "\"",          "\\", "1e3 ", "\"k\":", "0",     "\t",       "{\"x\":",
                         "\"\\u00e9\"", "[]", "{}",   "false"};
  for (int round = 0; round < 200'000; ++round) {
    std::string text;
    const std::size_t length = 1 + random() % 9;
    for (std::size_t i = 0; i < length; ++i) text += parts[random() % std::size(parts)];
    compare(text);
  }
}

TEST(JsonCursor, DepthLimit) {
  const auto nested = [](std::size_t n) { return std::string(n, '[') + std::string(n, ']'); };
  EXPECT_TRUE(ours(nested(kMaxDepth)).has_value());
  EXPECT_FALSE(ours(nested(kMaxDepth + 1)).has_value());
  EXPECT_FALSE(ours(nested(1'000'000)).has_value());
}

TEST(JsonCursor, ValueScannerFindsTheSameEndInPieces) {
  const std::string text =
      R"({"a": "x\\\"]}{", "b": [1, {"c": "\\"}, "\\\\\""], "d": {"e": "]"}} tail)";
  const std::string_view value = Cursor(text).value();
  for (std::size_t step = 1; step <= text.size(); ++step) {
    ValueScanner scanner;
    ValueScanner::State state = ValueScanner::State::kMore;
    std::size_t at = 0;
    while (state == ValueScanner::State::kMore && at < text.size()) {
      const char* p = text.data() + at;
      state = scanner.advance(p, text.data() + std::min(text.size(), at + step));
      at = static_cast<std::size_t>(p - text.data());
    }
    EXPECT_EQ(state, ValueScanner::State::kDone);
    EXPECT_EQ(at, value.size()) << step;
  }
}

}  // namespace
}  // namespace vernier::json
