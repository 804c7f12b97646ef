#include "results/run/lines/run_reader.h"

#include <simdjson.h>

namespace vernier {
namespace {

constexpr std::size_t kChunk = std::size_t{1} << 20;

}  // namespace

RunReader::RunReader(std::unique_ptr<ByteSource> source)
    : source_(std::move(source)), parser_(source_->name()), buffer_(kChunk, '\0') {}

std::optional<RunParser::Line> RunReader::next() {
  std::size_t searched = begin_;
  for (;;) {
    const std::size_t newline = std::string_view(buffer_.data(), end_).find('\n', searched);
    if (newline != std::string_view::npos) {
      line_ = std::string_view(buffer_).substr(begin_, newline + 1 - begin_);
      begin_ = newline + 1;
      return parser_.line(line_.substr(0, line_.size() - 1));
    }
    buffer_.erase(0, begin_);
    end_ -= begin_;
    begin_ = 0;
    searched = end_;
    // Room for twice as much keeps long lines linear; simdjson may read a little behind a line.
    if (buffer_.size() < 2 * end_ + kChunk) buffer_.resize(2 * end_ + kChunk);
    const std::size_t n =
        source_->read(buffer_.data() + end_, buffer_.size() - end_ - simdjson::SIMDJSON_PADDING);
    if (n == 0) {
      parser_.finish(end_ > 0);
      return std::nullopt;
    }
    end_ += n;
  }
}

}  // namespace vernier
