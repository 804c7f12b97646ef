// Headers that are fine, and all that bad-input case 36 wants refused.
#include "judges/engine/container/file/safetensors_header.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/judges/engine/container/folder.h"
#include "tests/judges/engine/container/refusal.h"

namespace vernier::engine {
namespace {

SafetensorsHeader parse(const std::string& file) {
  return parse_safetensors(std::as_bytes(std::span(file)), "m.safetensors");
}

template <class... Words>
void expect_refused(const std::string& file, Words... words) {
  expect_refusal([&] { parse(file); }, "m.safetensors: ", words...);
}

TEST(SafetensorsHeader, ReadsTensorsAndMetadata) {
  const std::string file = safetensors(
      R"({"__metadata__":{"format":"pt","a":"\u00e9"},"b":{"dtype":"F32","shape":[2,3],)"
      R"("data_offsets":[2,26]},"a\n":{"data_offsets":[0,2],"shape":[],"dtype":"BF16"}}   )",
      26);
  const SafetensorsHeader header = parse(file);
  ASSERT_EQ(header.entries.size(), 2u);
  EXPECT_EQ(header.entries[0].name, "a\n");
  EXPECT_EQ(header.entries[0].tensor.dtype, DType::kBf16);
  EXPECT_EQ(header.entries[0].tensor.shape, Shape{});
  EXPECT_EQ(header.entries[0].tensor.elements(), 1u);
  EXPECT_EQ(header.entries[1].name, "b");
  EXPECT_EQ(header.entries[1].tensor.shape, (Shape{2, 3}));
  EXPECT_EQ(header.entries[1].tensor.bytes.size(), 24u);
  EXPECT_EQ(header.entries[1].tensor.bytes.data(),
            reinterpret_cast<const std::byte*>(file.data() + file.size() - 24));
  ASSERT_EQ(header.metadata.size(), 2u);
  EXPECT_EQ(header.metadata[0].second, "\u00e9");
}

TEST(SafetensorsHeader, EmptyFilesAndEmptyTensorsAreFine) {
  EXPECT_TRUE(parse(safetensors("{}")).entries.empty());
  const auto header = parse(
      safetensors(R"({"z":{"dtype":"F32","shape":[0,7],"data_offsets":[2,2]},)"
                  R"("y":{"dtype":"U8","shape":[2],"data_offsets":[0,2],"note":{"is":[1,{}]}},)"
                  R"("x":{"dtype":"I64","shape":[3,0],"data_offsets":[0,0]}})",
                  2));
  ASSERT_EQ(header.entries.size(), 3u);
  EXPECT_EQ(header.entries[0].tensor.elements(), 0u);
}

TEST(SafetensorsHeader, EveryTypeHasItsSize) {
  for (const auto& [name, size] : {std::pair("F64", 8),
                                   {"F32", 4},
                                   {"F16", 2},
                                   {"BF16", 2},
                                   {"I64", 8},
                                   {"I32", 4},
                                   {"I16", 2},
                                   {"I8", 1},
                                   {"U64", 8},
                                   {"U32", 4},
                                   {"U16", 2},
                                   {"U8", 1},
                                   {"BOOL", 1},
                                   {"F8_E4M3", 1},
                                   {"F8_E5M2", 1}}) {
    const auto end = static_cast<std::size_t>(3 * size);
    const auto header =
        parse(safetensors(std::string(R"({"t":{"dtype":")") + name +
                              R"(","shape":[3],"data_offsets":[0,)" + std::to_string(end) + "]}}",
                          end));
    EXPECT_EQ(header.entries.at(0).tensor.elements(), 3u) << name;
    EXPECT_EQ(name_of(header.entries.at(0).tensor.dtype), name);
  }
}

TEST(SafetensorsHeader, RefusesFilesThatAreNone) {
  expect_refused("", "has 0 bytes");
  expect_refused("1234567", "has 7 bytes");
  expect_refused("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\n", "git lfs pull");
  expect_refused(std::string("\x03\0\0\0\0\0\0\0{}", 10), "3 bytes", "at most 2");
  expect_refused(std::string("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF{}", 10), "18446744073709551615");
  expect_refused(std::string(8, '\0'), "header, byte 8");
}

TEST(SafetensorsHeader, RefusesHeadersAbove100Megabytes) {
  std::string file = safetensors("", 100'000'100);
  const std::uint64_t size = 100'000'001;
  std::memcpy(file.data(), &size, sizeof size);
  expect_refused(file, "100000001 bytes", "at most 100000000");
}

TEST(SafetensorsHeader, RefusesTextThatIsNotSuchAHeader) {
  expect_refused(safetensors("[]"), "'{' at the header's first byte");
  expect_refused(safetensors(" {}"), "'{' at the header's first byte");
  expect_refused(safetensors("{} x"), "spaces behind");
  expect_refused(safetensors(std::string("{}\0", 3)), "spaces behind");
  expect_refused(safetensors(R"({"t":)"), "header, byte 13");
  expect_refused(safetensors(R"({"t":1})"), "an object");
  expect_refused(safetensors(R"({"t":null})"), "an object");
  expect_refused(safetensors(R"({"__metadata__":{"a":1}})"), "a string");
  expect_refused(safetensors(R"({"__metadata__":{},"__metadata__":{}})"), "once");
  expect_refused(safetensors("{\"\xFF\":{}}"), "UTF-8");
  expect_refused(safetensors(R"({"\ud800":{}})"), "UTF-8");
}

TEST(SafetensorsHeader, RefusesDeepNestingWithoutRecursion) {
  const std::string deep = R"({"t":{"x":)" + std::string(1'000'000, '[');
  expect_refused(safetensors(deep), "at most 64 levels");
  std::string objects = R"({"t":{"x":)";
  for (int n = 0; n < 100'000; ++n) objects += R"({"a":)";
  expect_refused(safetensors(objects), "at most 64 levels");
}

TEST(SafetensorsHeader, RefusesIncompleteAndDoubledDescriptions) {
  expect_refused(safetensors(R"({"t":{"dtype":"F32","shape":[]}})"), "tensor t", "lacks one of");
  expect_refused(safetensors(R"({"t":{"shape":[],"data_offsets":[0,4]}})", 4), "lacks one of");
  expect_refused(safetensors(R"({"t":{"dtype":"U8","shape":[1],"data_offsets":[0]}})", 1),
                 "lacks one of");
  expect_refused(safetensors(R"({"t":{"dtype":"U8","shape":[1],"data_offsets":[0,1,1]}})", 1),
                 "at most 2");
  expect_refused(
      safetensors(R"({"t":{"dtype":"U8","dtype":"U8","shape":[],"data_offsets":[0,1]}})", 1),
      "\"dtype\" once");
  expect_refused(safetensors(R"({"t":{"dtype":7,"shape":[],"data_offsets":[0,1]}})", 1),
                 "a string");
}

TEST(SafetensorsHeader, RefusesUnknownTypes) {
  expect_refused(safetensors(R"({"w":{"dtype":"F4","shape":[2],"data_offsets":[0,1]}})", 1),
                 "tensor w", "dtype F4", "BF16");
  expect_refused(safetensors(R"({"w":{"dtype":"f32","shape":[],"data_offsets":[0,4]}})", 4),
                 "dtype f32");
}

TEST(SafetensorsHeader, RefusesNumbersThatAreNone) {
  for (const char* number :
       {"-1", "1.0", "1e0", "\"1\"", "null", "18446744073709551616", "[1]", "true"}) {
    expect_refused(safetensors(std::string(R"({"t":{"dtype":"U8","shape":[)") + number +
                                   R"(],"data_offsets":[0,1]}})",
                               1),
                   "a whole number");
  }
}

TEST(SafetensorsHeader, RefusesSizesThatOverflow) {
  expect_refused(safetensors(R"({"t":{"dtype":"F32","shape":[4611686018427387904],)"
                             R"("data_offsets":[0,0]}})"),
                 "tensor t", "64 bits");
  expect_refused(safetensors(R"({"t":{"dtype":"U8","shape":[4294967296,4294967296],)"
                             R"("data_offsets":[0,0]}})"),
                 "64 bits");
  expect_refused(safetensors(R"({"t":{"dtype":"U8","shape":[9223372036854775808,2,0],)"
                             R"("data_offsets":[0,0]}})"),
                 "64 bits");
  expect_refused(safetensors(R"({"t":{"dtype":"U8","shape":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],)"
                             R"("data_offsets":[0,1]}})",
                             1),
                 "at most 16 numbers");
}

TEST(SafetensorsHeader, RefusesWrongRanges) {
  const auto at = [](const char* offsets) {
    return safetensors(
        std::string(R"({"t":{"dtype":"F32","shape":[2],"data_offsets":)") + offsets + "}}", 8);
  };
  EXPECT_EQ(parse(at("[0,8]")).entries.size(), 1u);
  expect_refused(at("[8,0]"), "tensor t", "bytes 8 to 0");
  expect_refused(at("[0,9]"), "bytes 0 to 9", "has 8 bytes of data");
  expect_refused(at("[1,9]"), "bytes 1 to 9");
  expect_refused(at("[0,4]"), "has 4 bytes of data, expected 8 for F32 [2]");
  expect_refused(at("[18446744073709551612,4]"), "bytes 18446744073709551612 to 4");
}

TEST(SafetensorsHeader, RefusesGapsOverlapsAndLeftOvers) {
  const auto two = [](const char* a, const char* b, std::size_t data) {
    return safetensors(std::string(R"({"a":{"dtype":"U8","shape":[4],"data_offsets":)") + a +
                           R"(},"b":{"dtype":"U8","shape":[4],"data_offsets":)" + b + "}}",
                       data);
  };
  EXPECT_EQ(parse(two("[4,8]", "[0,4]", 8)).entries.size(), 2u);
  expect_refused(two("[0,4]", "[5,9]", 9), "tensor b", "gap");
  expect_refused(two("[1,5]", "[5,9]", 9), "tensor a", "gap");
  expect_refused(two("[0,4]", "[3,7]", 7), "tensor b", "overlapping");
  expect_refused(two("[0,4]", "[0,4]", 4), "overlapping");
  expect_refused(two("[0,4]", "[4,8]", 9), "1 bytes of data that belong to no tensor");
  expect_refused(safetensors("{}", 1), "belong to no tensor");
}

TEST(SafetensorsHeader, RefusesDuplicateNamesHoweverTheyAreSpelled) {
  expect_refused(safetensors(R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},)"
                             R"("\u0061":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}})",
                             2),
                 "tensor a", "twice");
}

}  // namespace
}  // namespace vernier::engine
