// A value in a JSON file with its place, for messages.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "judges/engine/tokenizer/bpe/vocabulary.h"

namespace vernier::engine {

/// All accessors throw Error(kResource), "FILE: PLACE: expected ..., found ...". A member that is
/// null is taken as absent.
class FileNode {
 public:
  FileNode(simdjson::dom::element value, std::string place, const std::string& file)
      : value_(value), place_(std::move(place)), file_(&file) {}

  FileNode at(std::string_view key) const;
  std::optional<FileNode> find(std::string_view key) const;

  std::string_view text() const;
  TokenId id() const;  ///< a whole number from 0 to kMostTokens - 1
  double number() const;
  bool is_object() const { return value_.is_object(); }
  bool is_array() const { return value_.is_array(); }
  std::string json() const { return simdjson::minify(value_); }
  simdjson::dom::object object() const;
  simdjson::dom::array array() const;

  /// Of members; the second form is for members that may be absent.
  bool flag(std::string_view key) const;
  bool flag(std::string_view key, bool absent) const;
  std::uint32_t count(std::string_view key) const;
  std::string_view type() const { return at("type").text(); }

  template <class Visit>
  void for_each(Visit visit) const {
    std::size_t index = 0;
    for (const simdjson::dom::element element : array()) {
      visit(FileNode(element, place_of_item(index++), *file_));
    }
  }
  std::string place_of_item(std::size_t index) const;
  const std::string& file() const { return *file_; }

  [[noreturn]] void expected(std::string_view what) const;  ///< with what was found
  [[noreturn]] void fail(std::string_view message) const;

 private:
  simdjson::dom::element value_;
  std::string place_;
  const std::string* file_;
};

/// For messages: printable, not long, with double quotes.
std::string in_quotes(std::string_view text);

/// Reads JSON. `parser` holds the values. No recursion; at most 64 levels. Throws Error(kResource).
FileNode parse_file(simdjson::dom::parser& parser, std::string_view json, const std::string& file);

/// All of a file of at most `most` bytes, which is checked before memory is taken; it is padded for
/// simdjson. Throws Error(kResource), also for what is not a regular file.
std::string read_model_file(const std::string& path, std::uint64_t most);

}  // namespace vernier::engine
