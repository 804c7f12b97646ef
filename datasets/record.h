// What every input format is read into.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/io/byte_arena.h"

namespace vernier {

/// One record of an input file. The views live as long as the RecordBlock they came from is neither
/// changed nor destroyed. All text is valid UTF-8 and may hold NUL.
struct Record {
  std::string_view id;        ///< the sample; as written, numbers as their text; empty = absent
  std::string_view image_id;  ///< the image; likewise
  bool has_text = false;
  std::string_view text;  ///< caption or answer (of a reference file: the reference)
  bool has_references = false;
  std::span<const std::string_view> references;
  std::string_view meta;   ///< further fields as the text of a JSON object; "" when none
  std::uint64_t line = 0;  ///< 1-based line on which the record starts
};

/// What was met while reading, to be summed over blocks.
struct ReadCounts {
  std::uint64_t records = 0;
  std::uint64_t replaced_invalid = 0;   ///< bad UTF-8 sequences and lone surrogates made U+FFFD
  std::uint64_t nul_characters = 0;     ///< kept in the text
  std::uint64_t truncated_records = 0;  ///< cut off by the end of the file (allow_truncated)
  std::uint64_t not_finite = 0;         ///< NaN, Infinity and 1e400 in meta, made null
  std::uint64_t other_splits = 0;       ///< Karpathy images outside the wanted split, left out

  ReadCounts& operator+=(const ReadCounts& other);
};

/// Uninitialised bytes that keep their capacity.
class ByteBuffer {
 public:
  char* data() { return bytes_.get(); }
  std::string_view view() const { return {bytes_.get(), size_}; }
  std::size_t size() const { return size_; }
  std::size_t capacity() const { return capacity_; }
  void reserve(std::size_t capacity);
  void resize(std::size_t size);
  void assign(std::string_view bytes);
  void erase_front(std::size_t n);

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t size_ = 0, capacity_ = 0;
};

/// A piece of an input: first the bytes of whole records (RecordReader::next), then the records in
/// them (RecordReader::parse). Reusable: refilling keeps the memory.
class RecordBlock {
 public:
  std::span<const Record> records() const { return records_; }
  const ReadCounts& counts() const { return counts_; }

  /// Line of the first byte, and bytes held: for progress and messages.
  std::uint64_t first_line() const { return raw_.line; }
  std::size_t raw_bytes() const { return raw_.end - raw_.begin; }

 private:
  friend class RecordReader;
  friend class RecordSink;

  struct Raw {
    ByteBuffer bytes;
    std::size_t begin = 0, end = 0;  ///< the records are bytes[begin, end)
    std::uint64_t line = 1;          ///< of bytes[begin]
    bool last = false;               ///< the input ends at `end`
    bool unclosed = false;           ///< the input ended before its closing bracket
    bool broken = false;             ///< the last record's brackets do not match
    bool too_long = false;           ///< the last record reached the limit unfinished
    std::string previous;            ///< the record before this block, for messages
    std::uint64_t previous_line = 0;
  };

  void clear();

  Raw raw_;
  std::vector<Record> records_;
  std::vector<std::string_view> references_;
  ByteArena arena_;
  ReadCounts counts_;
};

}  // namespace vernier
