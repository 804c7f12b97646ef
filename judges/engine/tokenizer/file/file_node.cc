#include "judges/engine/tokenizer/file/file_node.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "base/error.h"
#include "base/printable.h"

namespace vernier::engine {
namespace {

using simdjson::dom::element_type;

constexpr std::size_t kMostLevels = 64;  // a real tokenizer.json has fewer than ten

const char* name_of(element_type type) {
  switch (type) {
    case element_type::ARRAY:
      return "an array";
    case element_type::OBJECT:
      return "an object";
    case element_type::INT64:
    case element_type::UINT64:
    case element_type::DOUBLE:
      return "a number";
    case element_type::STRING:
      return "a string";
    case element_type::BOOL:
      return "true or false";
    case element_type::NULL_VALUE:
      return "null";
  }
  return "something else";
}

}  // namespace

void FileNode::fail(std::string_view message) const {
  throw Error(ExitCode::kResource, fmt::format("{}: {}: {}", printable(*file_),
                                               place_.empty() ? "the file" : place_, message));
}

void FileNode::expected(std::string_view what) const {
  fail(fmt::format("expected {}, found {}", what, name_of(value_.type())));
}

std::optional<FileNode> FileNode::find(std::string_view key) const {
  simdjson::dom::element value;
  if (object()[key].get(value) != simdjson::SUCCESS || value.is_null()) return std::nullopt;
  return FileNode(value, place_.empty() ? std::string(key) : fmt::format("{}.{}", place_, key),
                  *file_);
}

FileNode FileNode::at(std::string_view key) const {
  std::optional<FileNode> member = find(key);
  if (!member) fail(fmt::format("expected a member \"{}\", found none", key));
  return *std::move(member);
}

std::string_view FileNode::text() const {
  std::string_view text;
  if (value_.get(text) != simdjson::SUCCESS) expected("a string");
  return text;
}

TokenId FileNode::id() const {
  std::uint64_t id = 0;
  if (value_.get(id) != simdjson::SUCCESS || id >= kMostTokens) {
    std::int64_t negative = 0;
    const bool is_whole = value_.get(negative) == simdjson::SUCCESS || value_.is_uint64();
    const std::string wanted = fmt::format("a token id from 0 to {}", kMostTokens - 1);
    if (!is_whole) expected(wanted);
    fail(fmt::format("expected {}, found {}", wanted, printable(json(), 60)));
  }
  return static_cast<TokenId>(id);
}

double FileNode::number() const {
  double number = 0;
  if (value_.get(number) != simdjson::SUCCESS) expected("a number");
  return number;
}

simdjson::dom::object FileNode::object() const {
  simdjson::dom::object object;
  if (value_.get(object) != simdjson::SUCCESS) expected("an object");
  return object;
}

simdjson::dom::array FileNode::array() const {
  simdjson::dom::array array;
  if (value_.get(array) != simdjson::SUCCESS) expected("an array");
  return array;
}

bool FileNode::flag(std::string_view key) const {
  const FileNode member = at(key);
  bool value = false;
  if (member.value_.get(value) != simdjson::SUCCESS) member.expected("true or false");
  return value;
}

bool FileNode::flag(std::string_view key, bool absent) const {
  return find(key) ? flag(key) : absent;
}

std::uint32_t FileNode::count(std::string_view key) const {
  const FileNode member = at(key);
  std::uint64_t value = 0;
  if (member.value_.get(value) != simdjson::SUCCESS || value > 1'000'000) {
    member.expected("a whole number from 0 to 1000000");
  }
  return static_cast<std::uint32_t>(value);
}

std::string FileNode::place_of_item(std::size_t index) const {
  return fmt::format("{}[{}]", place_, index);
}

std::string in_quotes(std::string_view text) { return fmt::format("\"{}\"", printable(text, 60)); }

FileNode parse_file(simdjson::dom::parser& parser, std::string_view json, const std::string& file) {
  const auto refuse = [&](simdjson::error_code error) {
    const std::string reason =
        error == simdjson::DEPTH_ERROR
            ? fmt::format("arrays and objects nested deeper than {} levels", kMostLevels)
        : error == simdjson::EMPTY ? std::string("empty")
                                   : std::string(simdjson::error_message(error));
    throw Error(ExitCode::kResource,
                fmt::format("{}: expected JSON: {}; take the file from the model's source again",
                            printable(file), reason));
  };
  if (const auto error = parser.allocate(json.size(), kMostLevels)) refuse(error);
  simdjson::dom::element root;
  if (const auto error = parser.parse(json.data(), json.size(), true).get(root)) refuse(error);
  return {root, "", file};
}

std::string read_model_file(const std::string& path, std::uint64_t most) {
  const auto refuse = [&](std::string_view reason) {
    throw Error(ExitCode::kResource, fmt::format("{}: {}", printable(path), reason));
  };
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) refuse("no such file; the model's folder should hold it");
  if (!std::filesystem::is_regular_file(status)) refuse("expected a file, found something else");
  const std::uint64_t size = std::filesystem::file_size(path, error);
  if (error) refuse(error.message());
  if (size > most) {
    refuse(fmt::format("expected at most {} bytes, found {}", most, size));
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) refuse(std::strerror(errno));
  std::string bytes;
  bytes.reserve(size + simdjson::SIMDJSON_PADDING);
  bytes.resize(size);
  file.read(bytes.data(), static_cast<std::streamsize>(size));
  bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
  if (file.bad()) refuse("cannot be read");
  return bytes;
}

}  // namespace vernier::engine
