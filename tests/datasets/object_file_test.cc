// Records whose fields the caller names, from JSON of every shape and from tables.
#include "datasets/objects/object_file.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "tests/support/command.h"

namespace vernier::tests {
namespace {

class ObjectFiles : public testing::Test {
 protected:
  ObjectFile read(std::string_view text) const {
    return ObjectFile::read(folder_.write("file", text));
  }
  std::string refusal(std::string_view text) const {
    try {
      read(text);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ExitCode::kBadInput);
      const std::string message = error.what();
      return message.substr(folder_.path("file").string().size());
    }
    return "accepted";
  }
  TemporaryFolder folder_;
};

std::string ids(const ObjectFile& file) {
  std::string out;
  for (const ObjectRecord& record : file.records()) {
    out += fmt::format("{}={} ", record.line(), record.text({"id"}));
  }
  return out;
}

TEST_F(ObjectFiles, AllShapesOfJson) {
  EXPECT_EQ(ids(read("[{\"id\":1},\n{\"id\":\"b\"}]")), "1=1 2=b ");
  EXPECT_EQ(ids(read("{\"id\":1}\n\n{\"id\":\"b\"}\n")), "1=1 3=b ");
  EXPECT_EQ(ids(read("{\n\"id\": 1\n}{\"id\":1.50}\r\n{\"id\":3}")), "1=1 3=1.50 4=3 ");
  EXPECT_EQ(ids(read("\xEF\xBB\xBF[ {\"id\":\"\\u00e9\"} ]")), "1=é ");
}

TEST_F(ObjectFiles, Tables) {
  const ObjectFile tsv = read("id\ttext\n1\ta, \"b\"\n\n2\tc\n");
  EXPECT_EQ(ids(tsv), "2=1 4=2 ");
  EXPECT_EQ(tsv.records()[0].text({"text"}), "a, \"b\"");
  const ObjectFile csv = read("id,text\r\n1,\"a \"\"b\"\"\r\nc\"\r\n2,\r\n");
  EXPECT_EQ(csv.records()[0].text({"text"}), "a \"b\"\r\nc");
  EXPECT_EQ(csv.records()[1].line(), 4u);
  EXPECT_EQ(csv.records()[1].text({"text"}), "");
}

TEST_F(ObjectFiles, ObjectsByKey) {
  const ObjectFile file = read("{\"a\": {\"x\": 1},\n \"b\": {\"x\": 2}}");
  ASSERT_TRUE(file.is_keyed());
  const auto members = file.members();
  ASSERT_EQ(members.size(), 2u);
  EXPECT_EQ(members[1].key(), "b");
  EXPECT_EQ(members[1].line(), 2u);
  EXPECT_EQ(members[1].number({"x"}), 2);
  EXPECT_FALSE(read("{\"a\": 1}").is_keyed());
  EXPECT_EQ(read("{\"in\": {\"c\": {}}}").members("in")[0].key(), "c");
}

TEST_F(ObjectFiles, FieldsOfTheWrongType) {
  const ObjectFile file =
      read("{\"id\": 7, \"n\": \"x\", \"list\": [\"a\", 1], \"none\": null, \"big\": 1e999}");
  const ObjectRecord& record = file.records()[0];
  const auto message = [](auto call) {
    try {
      call();
    } catch (const Error& error) {
      const std::string text = error.what();
      return text.substr(text.find(":1: ") + 4);
    }
    return std::string("accepted");
  };
  EXPECT_EQ(message([&] {
              record.text({"none", "other"});
            }),
            "id 7: expected a string or a number in \"none\" or \"other\", found none");
  EXPECT_EQ(message([&] { record.text({"list"}); }),
            "id 7: expected a string or a number in \"list\", found an array");
  EXPECT_EQ(message([&] { record.number({"n"}); }),
            "id 7: expected a finite number in \"n\", found 'x'");
  EXPECT_EQ(message([&] { record.number({"big"}); }),
            "id 7: expected a finite number in \"big\", found '1e999'");
  EXPECT_EQ(message([&] { record.texts({"list"}); }),
            "id 7: expected a list of strings in \"list\", found a number");
  EXPECT_FALSE(record.find_text({"none"}));
}

TEST_F(ObjectFiles, DamageIsRefusedWithItsLine) {
  EXPECT_EQ(refusal(""), ": holds no records");
  EXPECT_EQ(refusal("[]"), ": holds no records");
  EXPECT_EQ(refusal("{\"id\":1}\n{\"id\":"),
            ":2: expected a value, found the end (last good record: line 1)");
  EXPECT_EQ(refusal("[{\"id\":1}\n 3]"),
            ":2: expected ',' or ']', found '3]' (last good record: line 1)");
  EXPECT_EQ(refusal("[{\"id\":1}] x"),
            ":1: expected the end of the file behind its list, found 'x' (last good record: line "
            "1)");
  EXPECT_EQ(refusal("{\"id\":1,\n\"id\":2}"),
            ":1: expected the key \"id\" once in this object, found it twice");
  EXPECT_EQ(refusal("[1]"), ":1: expected an object, found a number");
  EXPECT_EQ(refusal("a\tb\n1\n"), ":2: expected 2 columns as in the header, found 1");
  EXPECT_EQ(refusal("just text\n"),
            ":1: expected JSON, or a table whose first row names its columns");
  EXPECT_EQ(refusal("a,b\n\"1,2\n"), ":2: expected a closing quote, found the end");
  EXPECT_EQ(refusal("a\tb\n\xFF\t2\n"),
            ":2: expected UTF-8, found other bytes; use --replace-invalid");
  EXPECT_EQ(refusal("{\"a\":\"\xFF\"}").substr(0, 4), ":1: ");
  EXPECT_EQ(refusal(std::string(100, '[')), ":1: expected an object, found an array");
  EXPECT_EQ(refusal("{\"a\":" + std::string(100, '[') + std::string(100, ']') + "}"),
            ":1: expected at most 64 levels");
}

TEST_F(ObjectFiles, InvalidBytesCanBeReplaced) {
  ObjectFileOptions options;
  options.replace_invalid = true;
  const ObjectFile file =
      ObjectFile::read(folder_.write("f", "{\"a\":\"x\xFF\"}{\"a\":\"\\ud800\"}"), options);
  EXPECT_EQ(file.records()[0].text({"a"}), "x\xEF\xBF\xBD");
  EXPECT_EQ(file.replaced_invalid(), 2u);
}

TEST_F(ObjectFiles, RecordsInAnEnvelope) {
  const std::string path = folder_.write(
      "f",
      "{\"info\":{},\"data\":[1],\"list\":[\n{\"id\":1},\n{\"id\":2}],\"other\":[{\"id\":3}]}");
  ObjectFile file = ObjectFile::read(path);
  EXPECT_EQ(file.unwrap({"none", "info"}), "");
  EXPECT_EQ(file.records().size(), 1u);
  EXPECT_EQ(file.unwrap({"none", "list", "other"}), "list");
  ASSERT_EQ(file.records().size(), 2u);
  EXPECT_EQ(file.records()[1].text({"id"}), "2");
  EXPECT_EQ(file.records()[1].line(), 3u);
  ObjectFile numbers = ObjectFile::read(path);
  try {
    numbers.unwrap({"data"});
    ADD_FAILURE() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(std::string(error.what()), path + ":1: expected objects in \"data\", found a number");
  }
  ObjectFile several = ObjectFile::read(folder_.write("s", "{\"list\":[]}{\"list\":[]}"));
  EXPECT_EQ(several.unwrap({"list"}), "");
}

TEST_F(ObjectFiles, TextsByKey) {
  const auto spread = [&](const char* content) {
    ObjectFile file = ObjectFile::read(folder_.write("f", content));
    return file.spread("id", "text", {"text", "answer"}) ? file.records().size() : 0;
  };
  EXPECT_EQ(spread(R"({"a.png":"x","b.png":["y","z"]})"), 2u);
  EXPECT_EQ(spread(R"({"id":"1","other":"x"})"), 0u);       // a record
  EXPECT_EQ(spread(R"({"answer":"x"})"), 0u);               // one that lacks its id
  EXPECT_EQ(spread(R"([{"a.png":"x"}])"), 0u);              // a list of one record
  EXPECT_EQ(spread(R"({"a.png":"x"} {"b.png":"y"})"), 0u);  // two records
  EXPECT_EQ(spread(R"({"a.png":1})"), 0u);
  ObjectFile file = ObjectFile::read(folder_.write("g", "\n{\"a.png\":\"x\"}"));
  ASSERT_TRUE(file.spread("id", "text", {}));
  EXPECT_EQ(file.records()[0].text({"id"}), "a.png");
  EXPECT_EQ(file.records()[0].text({"text"}), "x");
  EXPECT_EQ(file.records()[0].line(), 2u);
}

}  // namespace
}  // namespace vernier::tests
