// Reading candidates and references from any of the formats (datasets/format.h).
#pragma once

#include <memory>
#include <string>

#include "datasets/read_options.h"
#include "datasets/record.h"

namespace vernier {

/// One input, read in two steps: next() cuts blocks of whole records off the stream, in order, on
/// one thread; parse() turns a block into records on any thread. Memory: a few times block_bytes,
/// whatever the size of the input.
///
///   auto reader = RecordReader::open(path, options);
///   for (RecordBlock block; reader->next(block);) {
///     reader->parse(block);
///     for (const Record& record : block.records()) ...
///     counts += block.counts();
///   }
///   reader->check(counts);
///
/// Damaged input throws Error(kBadInput) with FILE:LINE:COLUMN, the record's id, what was expected
/// and what was found. Line numbers count LF, CR LF and lone CR.
class RecordReader {
 public:
  /// Opens a path ("-": standard input) and tells its format. Throws as ByteSource::open.
  static std::unique_ptr<RecordReader> open(const std::string& path,
                                            const ReadOptions& options = {});
  ~RecordReader();
  RecordReader(const RecordReader&) = delete;
  RecordReader& operator=(const RecordReader&) = delete;

  Format format() const;

  /// The path as messages show it.
  const std::string& name() const;

  /// Fills the block with the next records' bytes; false at the end. Throws Error(kBadInput) when
  /// the input holds no record at all.
  bool next(RecordBlock& block);

  /// Parses a block that next() filled. Thread-safe for different blocks.
  void parse(RecordBlock& block) const;

  /// To be called with the sum of all counts: throws Error(kBadInput) when nothing was left to use,
  /// because no record was whole or no image is in the wanted split.
  void check(const ReadCounts& totals) const;

  /// Bytes read so far, after decompression.
  std::uint64_t bytes_read() const;

 private:
  struct State;
  explicit RecordReader(std::unique_ptr<State> state);
  std::string describe_truncation(const RecordBlock& block, std::uint64_t line, bool whole) const;

  std::unique_ptr<State> state_;
};

}  // namespace vernier
