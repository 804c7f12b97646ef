// The cases of bad input that concern reading: refused with place, id and reason, or counted.
#include <gtest/gtest.h>

#include "tests/datasets/reading.h"

namespace vernier::tests {
namespace {

using testing::AssertionFailure;
using testing::AssertionResult;
using testing::AssertionSuccess;

AssertionResult says(const std::string& message, std::initializer_list<std::string_view> parts) {
  for (const std::string_view part : parts) {
    if (message.find(part) == std::string::npos) {
      return AssertionFailure() << "no \"" << part << "\" in \"" << message << '"';
    }
  }
  return AssertionSuccess();
}

ReadOptions replacing() {
  ReadOptions options;
  options.replace_invalid = true;
  return options;
}

ReadOptions cutting() {
  ReadOptions options;
  options.allow_truncated = true;
  return options;
}

TEST(BadInput, NoRecords) {
  for (const char* content : {"", "[]", " [ ] \n", "\n\n\r\n", "   \n", "\xEF\xBB\xBF",
                              "image_id\tcaption\n", "image,caption\r\n\r\n"}) {
    EXPECT_EQ(error_of(content), ": no records") << content;
  }
  EXPECT_TRUE(says(error_of(R"({"images": [{"id": 1}], "annotations": []})"), {"no records"}));
  ReadOptions lines;
  lines.format = Format::kLines;
  EXPECT_EQ(error_of("\n\n", lines), ": no records");
}

TEST(BadInput, TruncatedNamesTheLastWholeRecord) {
  const std::string two = R"({"image_id": 1, "caption": "a"}
{"image_id": 2, "caption": "b"}
)";
  for (const char* tail :
       {R"({"image_id": 3, "capt)", R"({"image_id": 3)", "{", R"({"image_id": 3,)",
        R"({"image_id": 3, "caption": "c\)", R"({"image_id": 3, "caption": tr)"}) {
    EXPECT_TRUE(says(error_of(two + tail),
                     {":3: ", "middle of a record", "id 2 on line 2", "--allow-truncated"}));
    const Reading reading = read_text(two + tail, cutting());
    EXPECT_EQ(reading.records.size(), 2u);
    EXPECT_EQ(reading.counts.truncated_records, 1u);
  }
  EXPECT_TRUE(says(error_of(R"({"image_id": 3, "capt)"), {"no record is whole"}));
  EXPECT_TRUE(says(error_of(R"({"image_id": 3, "capt)", cutting()), {"no records"}));
}

TEST(BadInput, TruncatedArraysAndTables) {
  const std::string array = R"([{"image_id": 1, "caption": "a"}, {"image_id": 2, "caption": "b"})";
  for (const char* tail : {"", ",", ", ", ", {", R"(, {"image_id": 3, "caption": "c)"}) {
    EXPECT_TRUE(says(error_of(array + tail), {"id 2 on line 1", "--allow-truncated"})) << tail;
    EXPECT_EQ(read_text(array + tail, cutting()).records.size(), 2u);
    EXPECT_EQ(read_text(array + tail, cutting()).counts.truncated_records, 1u);
  }
  const std::string annotations = R"({"images": [], "annotations": )" + array;
  for (const char* tail : {"", ", {", "]", "], \"licenses\": [{", "], \"lic"}) {
    EXPECT_TRUE(says(error_of(annotations + tail), {"id 2 on line 1"})) << tail;
    EXPECT_EQ(read_text(annotations + tail, cutting()).records.size(), 2u);
  }
  const std::string table = "image,caption\n1,a\n2,\"b\"\n";
  for (const char* tail : {"3", "3,\"never closed\n"}) {
    EXPECT_TRUE(says(error_of(table + tail), {":4: ", "id 2 on line 3"})) << tail;
    EXPECT_EQ(read_text(table + tail, cutting()).counts.truncated_records, 1u);
  }
}

TEST(BadInput, LastWholeRecordMayBeInAnEarlierBlock) {
  std::string lines, array = "[";
  for (int i = 0; i < 100; ++i) {
    const std::string record =
        "{\"image_id\": " + std::to_string(i) + ", \"caption\": \"some words\"}";
    lines += record + "\n";
    array += (i == 0 ? "" : ",\n") + record;
  }
  for (std::size_t block = 1; block < 300; block += 7) {
    ReadOptions options;
    options.block_bytes = block;
    EXPECT_TRUE(
        says(error_of(lines + "{\"image_id\": 5", options), {":101: ", "id 99 on line 100"}));
    EXPECT_TRUE(says(error_of(array + ", {\"image", options), {":100: ", "id 99 on line 100"}));
    EXPECT_TRUE(says(error_of(array, options), {"id 99 on line 100"})) << block;
  }
}

TEST(BadInput, Utf16) {
  for (const std::string_view content :
       {std::string_view("\xFF\xFE{\0}\0", 6), std::string_view("\xFE\xFF\0{\0}", 6),
        std::string_view("{\0\"\0i\0d\0\"\0", 10), std::string_view("\0a\0 \0d\0o\0g", 10)}) {
    EXPECT_TRUE(says(error_of(content), {"looks like UTF-16"}));
  }
}

TEST(BadInput, OtherFiles) {
  EXPECT_TRUE(says(error_of(std::string_view("PK\x03\x04\x14\0\x06\0", 8)), {"Excel", "TSV"}));
  EXPECT_TRUE(says(error_of("PAR1abcdef"), {"Parquet"}));
  EXPECT_TRUE(says(error_of("\xFD"
                            "7zXZ"),
                   {"xz"}));
  const TemporaryFolder folder;
  const std::string once = file_bytes(folder.write("a.gz", "{}"));
  EXPECT_THROW(read_file(folder.write("b.gz", once)), Error);
}

TEST(BadInput, InvalidUtf8) {
  const std::string content = "{\"image_id\": 5, \"caption\": \"caf\xE9 au lait\"}";
  EXPECT_TRUE(says(error_of(content), {":1:32: image_id 5: ", "0xe9", "--replace-invalid"}));
  Reading reading = read_text(content, replacing());
  EXPECT_EQ(reading.records[0].text, "caf\uFFFD au lait");
  EXPECT_EQ(reading.counts.replaced_invalid, 1u);

  for (const char* other : {"image_id\tcaption\n5\tcaf\xE9\n", "5.jpg#0\tcaf\xE9\n", "caf\xE9\n"}) {
    EXPECT_TRUE(says(error_of(other), {"0xe9"})) << other;
    reading = read_text(other, replacing());
    EXPECT_EQ(reading.records[0].text, "caf\uFFFD");
    EXPECT_EQ(reading.counts.replaced_invalid, 1u);
  }
  // In a field that becomes meta, and in its name.
  const std::string meta = "{\"caption\": \"c\", \"m\xE9ta\": {\"x\": [\"\xFF\"]}}";
  EXPECT_TRUE(says(error_of(meta), {"0xe9"}));
  EXPECT_EQ(read_text(meta, replacing()).records[0].meta, "{\"m\uFFFDta\":{\"x\":[\"\uFFFD\"]}}");
}

TEST(BadInput, LoneSurrogate) {
  for (const char* escape : {"\\ud800", "\\udc00", "\\ud800\\ud800", "\\uDBFFx"}) {
    const std::string content = std::string("{\"image_id\": 5, \"caption\": \"a ") + escape +
                                " b\", \"note\": \"\\ud83d\"}";
    EXPECT_TRUE(says(error_of(content), {":1:31: image_id 5: ", "lone surrogate \\u"})) << escape;
    const Reading reading = read_text(content, replacing());
    EXPECT_TRUE(reading.records[0].text.starts_with("a \uFFFD")) << reading.records[0].text;
    EXPECT_EQ(reading.records[0].meta, "{\"note\":\"\uFFFD\"}");
    EXPECT_GE(reading.counts.replaced_invalid, 2u);
  }
}

TEST(BadInput, NulIsKeptAndCounted) {
  Reading reading = read_text(R"({"image_id": 1, "caption": "a\u0000b\u0000"})");
  EXPECT_EQ(reading.records[0].text, std::string_view("a\0b\0", 4));
  EXPECT_EQ(reading.counts.nul_characters, 2u);
  reading = read_text(std::string_view("image_id\tcaption\n1234\tsome text a\0b\n", 35));
  EXPECT_EQ(reading.records[0].text, std::string_view("some text a\0b", 13));
  EXPECT_EQ(reading.counts.nul_characters, 1u);
}

TEST(BadInput, LineEnds) {
  for (const char* end : {"\n", "\r\n", "\r"}) {
    const std::string e = end;
    Reading reading = read_text("image_id\tcaption" + e + "1\ta" + e + e + "2\tb" + e);
    ASSERT_EQ(reading.records.size(), 2u);
    EXPECT_EQ(reading.records[0].text, "a");
    EXPECT_EQ(reading.records[1].line, 4u);
    reading = read_text("a" + e + "b");
    ASSERT_EQ(reading.records.size(), 2u);
    EXPECT_EQ(reading.records[1].text, "b");
    reading = read_text("{\"caption\":\"a\"}" + e + "{\"caption\":\"b\"}" + e);
    ASSERT_EQ(reading.records.size(), 2u);
    EXPECT_EQ(reading.records[1].line, 2u);
  }
}

TEST(BadInput, TooLong) {
  const std::string text(100'000, 'a');
  EXPECT_TRUE(
      says(error_of("{\"image_id\": 77, \"caption\": \"" + text + "\"}"),
           {":1:29: image_id 77: expected at most 65536 bytes in \"caption\", found 100000"}));
  EXPECT_TRUE(says(error_of("{\"image_id\": 77, \"references\": [\"" + text + "\"]}"),
                   {"image_id 77", "\"references\""}));
  EXPECT_TRUE(says(error_of("image_id\tcaption\n77\t" + text + "\n"), {":2:4: image_id 77: "}));
  EXPECT_TRUE(says(error_of(text), {"expected at most 65536 bytes"}));
  ReadOptions options;
  options.max_text_bytes = text.size();
  EXPECT_EQ(read_text("{\"caption\": \"" + text + "\"}", options).records[0].text, text);

  options.max_record_bytes = 50'000;
  EXPECT_TRUE(says(error_of("{\"image_id\": 77, \"caption\": \"" + text + "\"}", options),
                   {":1:", "image_id 77: expected a record of at most 50000 bytes"}));
  EXPECT_TRUE(says(error_of("[{\"image_id\": 77, \"caption\": \"" + text + "\"}]", options),
                   {"image_id 77: expected a record of at most 50000 bytes"}));
  EXPECT_TRUE(says(error_of("a\n" + text + "\nb", options), {":2:", "at most 50000 bytes"}));
}

TEST(BadInput, WrongTypes) {
  const auto caption = [](const char* value) {
    return error_of(std::string("{\"image_id\": 9, \"caption\": ") + value + "}");
  };
  EXPECT_TRUE(
      says(caption("null"), {":1:28: image_id 9: expected a string in \"caption\", found null"}));
  EXPECT_TRUE(says(caption("12.5"), {"found a number (12.5)"}));
  EXPECT_TRUE(says(caption("true"), {"found true"}));
  EXPECT_TRUE(says(caption("[\"a\"]"), {"found an array"}));
  EXPECT_TRUE(says(caption("{}"), {"found an object"}));
  EXPECT_TRUE(
      says(error_of(R"({"image_id": true, "caption": "c"})"), {"expected a string or a number"}));
  EXPECT_TRUE(says(error_of(R"({"image_id": 1, "references": ["a", null]})"),
                   {":1:37: image_id 1: expected only strings in \"references\", found null"}));
  EXPECT_TRUE(says(error_of(R"({"image_id": 1, "references": 3})"), {"an array of strings"}));
  EXPECT_TRUE(says(error_of(R"({"image_id": 1, "score": 3})"),
                   {"image_id 1: expected a field for the text", "\"score\""}));
  EXPECT_TRUE(says(error_of("{}"), {"no field at all"}));
  EXPECT_TRUE(says(error_of(R"(["a", "b"])"), {"expected an object"}));
  EXPECT_TRUE(says(error_of("{\"caption\": \"a\"}\n[1]"), {":2:1: expected an object"}));
  EXPECT_TRUE(says(error_of(R"({"image_id": 1, "caption": "a", "caption": "b"})"),
                   {"image_id 1: expected the key \"caption\" once"}));
}

TEST(BadInput, ListWrittenAsText) {
  for (const char* list : {"['a dog', 'a cat']", "[\\\"a\\\"]", " ['a'] ", "[]"}) {
    EXPECT_TRUE(
        says(error_of(std::string("{\"image_id\": 4, \"caption\": \"c\", \"references\": \"") +
                      list + "\"}"),
             {"image_id 4: ", "a list that was written as text", "not evaluated"}))
        << list;
  }
  EXPECT_TRUE(says(error_of("index\tanswer\tprediction\n4\t['a dog', 'a cat']\tc\n"),
                   {":2:3: index 4: ", "\"answer\"", "a list that was written as text"}));
  EXPECT_EQ(read_text(R"({"caption": "c", "reference": "[UNK] dog"})").records[0].references,
            std::vector<std::string>{"[UNK] dog"});
}

TEST(BadInput, NotFiniteNumbers) {
  const Reading reading =
      read_text(R"({"caption": "c", "a": NaN, "b": [Infinity, -Infinity, 1e400, -1e-400, 1e308]})");
  EXPECT_EQ(reading.records[0].meta, R"({"a":null,"b":[null,null,null,-1e-400,1e308]})");
  EXPECT_EQ(reading.counts.not_finite, 4u);
  EXPECT_TRUE(says(error_of(R"({"image_id": NaN, "caption": "c"})"), {"not finite"}));
}

TEST(BadInput, Nesting) {
  const auto nested = [](std::size_t depth) {
    return "{\"caption\": \"c\", \"x\": " + std::string(depth, '[') + std::string(depth, ']') + "}";
  };
  EXPECT_EQ(read_text(nested(60)).records.size(), 1u);
  for (const std::size_t depth : {std::size_t{65}, std::size_t{1'000'000}}) {
    EXPECT_TRUE(says(error_of(nested(depth)), {"levels"}));
    EXPECT_TRUE(says(error_of("[" + nested(depth) + "]"), {"levels"}));
    EXPECT_FALSE(error_of("{\"caption\": \"c\", \"x\": " + std::string(depth, '[')).empty());
    EXPECT_FALSE(error_of("{\"images\": [{\"x\": " + std::string(depth, '[')).empty());
  }
}

TEST(BadInput, Syntax) {
  EXPECT_TRUE(
      says(error_of("{\"caption\": \"a\"}\n{\"caption\" \"b\"}\n"), {":2:12: expected ':'"}));
  EXPECT_TRUE(says(error_of("{\"caption\": \"a\nb\"}\n"), {":1:15: ", "before the line ends"}));
  EXPECT_TRUE(says(error_of("{\"caption\": \"a\tb\"}\n"), {"escapes"}));
  EXPECT_TRUE(says(error_of("{\"caption\": \"a\\xb\"}\n"), {"escape sequence"}));
  EXPECT_TRUE(says(error_of("{\"caption\": \"a\", }\n"), {"a key in quotes after ','"}));
  EXPECT_TRUE(says(error_of("{\"id\": 01, \"caption\": \"a\"}\n"), {"leading zeros"}));
  EXPECT_TRUE(says(error_of("{\"caption\": 'a'}\n"), {"expected a value, found ''a'"}));
  EXPECT_TRUE(
      says(error_of("[{\"caption\": \"a\"} {\"caption\": \"b\"}]"), {"expected ',' or ']'"}));
  EXPECT_TRUE(
      says(error_of("[{\"caption\": \"a\"},, {\"caption\": \"b\"}]"), {"a record behind ','"}));
  EXPECT_TRUE(says(error_of("[{\"caption\": \"a\"},]"), {"a record behind ','"}));
  EXPECT_TRUE(says(error_of("[{\"caption\": \"a\"}]\n[{}]"), {":2: ", "expected nothing"}));
  EXPECT_TRUE(
      says(error_of("[{\"caption\": \"a\", \"x\": [1}, {\"caption\": \"b\"}]"), {"',' or ']'"}));
  EXPECT_TRUE(
      says(error_of("{\"caption\": \"a\"},\n{\"caption\": \"b\"}"), {"expected an object"}));
}

TEST(BadInput, Tables) {
  EXPECT_TRUE(
      says(error_of("image_id\tcaption\n1\ta\textra\n"), {":2:5: image_id 1: expected 2 columns"}));
  EXPECT_TRUE(
      says(error_of("image_id\tcaption\n1\n2\tb\n"), {":2:1: image_id 1: expected 2 columns"}));
  EXPECT_TRUE(says(error_of("image,caption\n1,\"a\"b\n"), {":2:3: image 1: ", "closing quote"}));
  EXPECT_TRUE(says(error_of("a\tb\tc\td\n1\t2\t3\t4\n"), {":1: expected a header", "a, b, c, d"}));
  EXPECT_TRUE(says(error_of("1.jpg#0\ta\n2.jpg\n"), {":2:1: expected image, tab, caption"}));
  EXPECT_TRUE(
      says(error_of("image_id\tcaption\tn\xE9\n1\t2\t3\n"), {":1: ", "column names in UTF-8"}));
}

TEST(BadInput, MessagesHoldNoControlBytes) {
  const std::string message =
      error_of("{\"image_id\": \"\\u001b[31m\", \"caption\": \"a\", \"caption\": \"b\"}");
  EXPECT_EQ(message.find('\x1b'), std::string::npos);
  const std::string garbage = error_of("{\"caption\": \x1b[31m\x01\n");
  EXPECT_EQ(garbage.find('\x1b'), std::string::npos);
  EXPECT_TRUE(says(garbage, {"\\x1b"}));
}

}  // namespace
}  // namespace vernier::tests
