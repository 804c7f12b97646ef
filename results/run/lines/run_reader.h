// Reads a run from its source, line by line: what runs larger than memory need.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/io/byte_source.h"
#include "results/run/lines/run_parser.h"

namespace vernier {

class RunReader {
 public:
  explicit RunReader(std::unique_ptr<ByteSource> source);

  /// Goes to the next line; nothing once the input is at its end. Throws as RunParser does.
  std::optional<RunParser::Line> next();
  const std::string& name() const { return parser_.name(); }
  const RunHeader& header() const { return parser_.header(); }
  const RunRecord& record() const { return parser_.record(); }
  const RunFooter& footer() const { return parser_.footer(); }
  const RunDigest& digest() const { return parser_.digest(); }
  /// The last line with its newline.
  std::string_view line() const { return line_; }
  [[noreturn]] void refuse(std::string_view what) const { parser_.refuse(what); }

 private:
  std::unique_ptr<ByteSource> source_;
  RunParser parser_;
  std::string buffer_;
  std::size_t begin_ = 0, end_ = 0;  // bytes in the buffer that no line was made of yet
  std::string_view line_;
};

}  // namespace vernier
