// Files of records whose fields the caller names.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/io/byte_source.h"
#include "datasets/objects/value.h"

namespace vernier {

struct ObjectFileOptions {
  bool replace_invalid = false;  ///< bad UTF-8 and lone surrogates become U+FFFD and are counted
  std::size_t max_bytes = std::size_t{2} << 30;  ///< of the file, after decompression
  ExpansionLimits expansion;
};

/// One record: a JSON object, or a row of a table, whose cells are strings. Readers of its fields
/// throw Error(kBadInput), FILE:LINE: and the record's label, for what they do not find. Of several
/// names the first that is there counts; null is not there.
class ObjectRecord {
 public:
  using Names = std::initializer_list<std::string_view>;

  ObjectRecord(std::shared_ptr<const std::string> file, Value value, std::string key = {})
      : file_(std::move(file)), value_(std::move(value)), key_(std::move(key)) {}

  std::uint64_t line() const { return value_.line; }
  const Value& value() const { return value_; }
  /// What this object is called in the object that holds it (ObjectFile::members).
  const std::string& key() const { return key_; }

  /// Null where there is none.
  const Value* find(std::string_view name) const;
  const Value* find(Names names) const;
  /// A string, or a number as it is written.
  std::string_view text(Names names) const;
  std::optional<std::string_view> find_text(Names names) const;
  double number(Names names) const;
  /// A list of strings; a single string is a list of one.
  std::vector<std::string> texts(Names names) const;

  [[noreturn]] void refuse(std::string_view message) const;
  /// FILE:LINE, for messages.
  std::string place() const;

 private:
  friend class ObjectFile;
  [[noreturn]] void refuse_type(Names names, std::string_view expected, const Value* found) const;

  std::shared_ptr<const std::string> file_;
  Value value_;
  std::string key_;
};

/// A JSON array of objects, JSON objects one after the other (on lines or not), or a TSV or CSV
/// table with a header. `.gz` and `.zst` as they are.
class ObjectFile {
 public:
  /// Throws Error(kUsage) for a path that cannot be opened and Error(kBadInput), FILE:LINE:, for
  /// what is none of these, holds nothing, or is damaged.
  static ObjectFile read(const std::string& path, const ObjectFileOptions& options = {});
  /// The same of bytes that were read already; `name` is for messages.
  static ObjectFile parse(std::string_view bytes, const std::string& name,
                          const ObjectFileOptions& options = {});

  const std::string& name() const { return *name_; }  ///< printable
  const std::vector<ObjectRecord>& records() const { return records_; }
  std::uint64_t replaced_invalid() const { return replaced_; }

  /// Whether the file is a single object that holds objects only, by key: {"img1": {...}, ...}.
  bool is_keyed() const;
  /// The objects in that object, or in its member `name`.
  std::vector<ObjectRecord> members(std::string_view name = {}) const;

  /// Where the file is a single object with a list under one of the names ({"data": [...]}), the
  /// objects of the first such list become the records. Returns its name, empty where there is
  /// none. Throws Error(kBadInput) where the list is empty or holds anything but objects.
  std::string_view unwrap(ObjectRecord::Names lists);
  /// Where the file is a single object of texts, or of lists of texts, by key ({"img1": "...",
  /// ...}), and no key is the usual name of an id or one of `reserved`, each member becomes a
  /// record
  /// {`key`: its key, `value`: the text}. Returns whether.
  bool spread(std::string_view key, std::string_view value, ObjectRecord::Names reserved);

 private:
  ObjectFile() = default;
  void read_json(std::string_view text, bool replace);

  std::shared_ptr<const std::string> name_;
  std::vector<ObjectRecord> records_;
  std::uint64_t replaced_ = 0;
  bool array_ = false;  // the records stand in a JSON array
};

}  // namespace vernier
