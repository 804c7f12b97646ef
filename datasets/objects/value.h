// JSON values in memory, for files whose fields the caller names: questions, answers, annotations,
// ratings. Captions by the million are read by datasets/reader.h instead.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/json/cursor.h"

namespace vernier {

struct Value {
  json::Type type = json::Type::kNull;
  std::uint64_t line = 0;         ///< 1-based, where it starts; of objects and arrays
  std::string text;               ///< of a string, decoded; of a number, as written
  std::vector<std::string> keys;  ///< of an object, in the order of the file
  std::vector<Value> items;       ///< of an array; of an object: what the keys stand for

  bool is_string() const { return type == json::Type::kString; }
  bool is_number() const { return type == json::Type::kNumber; }
  bool is_object() const { return type == json::Type::kObject; }
  bool is_array() const { return type == json::Type::kArray; }
  bool is_null() const { return type == json::Type::kNull; }

  /// A member of an object; null where there is none of that name.
  const Value* find(std::string_view key) const {
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (keys[i] == key) return &items[i];
    }
    return nullptr;
  }
};

/// Reads JSON values one after the other off a text, counting its lines.
class ValueParser {
 public:
  /// `replace`: bad UTF-8 and lone surrogates become U+FFFD and are counted; else they are faults.
  ValueParser(std::string_view text, bool replace, std::uint64_t first_line = 1)
      : text_(text), cursor_(text), replace_(replace), line_(first_line) {}

  json::Cursor& cursor() { return cursor_; }
  /// Throws json::Fault, also for a key that an object has twice.
  Value value();
  /// Line of a place that is not before the last value's start.
  std::uint64_t line_of(std::size_t offset);
  std::uint64_t replaced() const { return replaced_; }

 private:
  std::string decoded(const json::RawString& raw);
  void refuse_twice(const Value& object, std::size_t offset) const;

  std::string_view text_;
  json::Cursor cursor_;
  bool replace_;
  std::uint64_t line_, replaced_ = 0;
  unsigned depth_ = 0;
  std::size_t counted_ = 0;  // bytes whose line ends are in line_
};

}  // namespace vernier
