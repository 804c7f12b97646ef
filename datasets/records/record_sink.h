// Where the parsers of the formats put their records: limits, text checks, places of errors.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "datasets/read_options.h"
#include "datasets/record.h"

namespace vernier {

struct Column {
  std::string name;
  Field field;
};

/// What parsers need to know of the input; the same for all blocks.
struct ReadContext {
  std::string name;  ///< printable path
  ReadOptions options;
  FieldNames names;
  Layout layout;
  std::vector<Column> columns;  ///< of a table with a header
};

/// Fills one block. Offsets are into bytes().
class RecordSink {
 public:
  RecordSink(const ReadContext& context, RecordBlock& block);

  const ReadContext& context() const { return context_; }
  std::string_view bytes() const { return bytes_; }
  bool is_last() const { return block_.raw_.last; }
  bool is_too_long() const { return block_.raw_.too_long; }
  ReadCounts& counts() { return block_.counts_; }

  /// A record starts at `offset`; offsets never go back.
  void begin(std::size_t offset);
  std::uint64_t line() const { return line_; }
  std::size_t offset() const { return offset_; }

  /// How messages name the record being read, e.g. "image_id 42". The views must stay.
  void set_label(std::string_view field, std::string_view id) {
    label_field_ = field;
    label_id_ = id;
  }

  /// Bytes that live as long as the block.
  std::string_view keep(std::string_view bytes) { return block_.arena_.copy(bytes); }

  /// Checks the length of a caption, reference or id of the field `what`.
  std::string_view checked(std::string_view text, std::string_view what, std::size_t offset) const;

  /// The text of raw bytes: checked UTF-8, replaced and kept where the options say so. Counts NUL.
  std::string_view utf8(std::string_view bytes, std::size_t offset);

  /// Refuses a list of references that was written as one string: "['a', 'b']".
  void refuse_list_text(std::string_view text, std::string_view what, std::size_t offset) const;

  void add_reference(std::string_view reference) { block_.references_.push_back(reference); }

  /// Stores the record; references added since the last commit are its own.
  void commit(Record record);

  /// Throws Error(kBadInput): FILE:LINE:COLUMN: id X: message.
  [[noreturn]] void refuse(std::size_t offset, std::string_view message) const;

  /// Gives the records their references; nothing may be added after it.
  void finish();

 private:
  const ReadContext& context_;
  RecordBlock& block_;
  std::string_view bytes_;
  std::size_t offset_ = 0;
  std::uint64_t line_;
  std::string_view label_field_, label_id_;
  std::vector<std::pair<std::size_t, std::size_t>> ranges_;  // of references, one a record
  std::size_t references_ = 0;                               // belonging to committed records
};

/// Line ends (LF, CR LF, lone CR) in text that comes in pieces.
class LineCounter {
 public:
  std::uint64_t count(std::string_view piece);

 private:
  bool after_cr_ = false;
};

}  // namespace vernier
