#include "datasets/table/row_scanner.h"

#include <cstring>

namespace vernier::table {
namespace {

const char* find(const char* p, const char* end, char c) {
  return static_cast<const char*>(std::memchr(p, c, static_cast<std::size_t>(end - p)));
}

std::string_view slice(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}

}  // namespace

bool RowScanner::take_empty_row() {
  if (at_ == end_ || (*at_ != '\n' && *at_ != '\r')) return false;
  if (*at_ == '\r' && at_ + 1 == end_ && !last_) return false;
  at_ += at_[0] == '\r' && at_ + 1 < end_ && at_[1] == '\n' ? 2 : 1;
  return true;
}

CellEnd RowScanner::plain(Cell& out, bool stop_at_delimiter) {
  const char* p = at_;
  while (p < end_ && *p != '\n' && *p != '\r' && (!stop_at_delimiter || *p != delimiter_)) ++p;
  if (p == end_ && !last_) return CellEnd::kMore;
  if (p < end_ && *p == '\r' && p + 1 == end_ && !last_) return CellEnd::kMore;
  out = {slice(at_, p), false};
  at_ = p;
  if (p == end_) return CellEnd::kRow;
  if (*p == '\n' || *p == '\r') {
    take_empty_row();
    return CellEnd::kRow;
  }
  ++at_;
  return CellEnd::kDelimiter;
}

CellEnd RowScanner::rest(Cell& out) { return plain(out, false); }

CellEnd RowScanner::cell(Cell& out) {
  if (quoting_ == Quoting::kNone || at_ == end_ || *at_ != '"') return plain(out, true);
  const char* p = at_ + 1;
  bool doubled = false;
  for (;;) {
    const char* quote = p < end_ ? find(p, end_, '"') : nullptr;
    if (quoting_ == Quoting::kTsv) {
      const char* stop = quote == nullptr ? end_ : quote;
      if (p < stop && find(p, stop, delimiter_) != nullptr) return plain(out, true);
    }
    if (quote == nullptr) {
      if (!last_) return CellEnd::kMore;
      return quoting_ == Quoting::kTsv ? plain(out, true) : CellEnd::kOpen;
    }
    p = quote + 1;
    if (p == end_ && !last_) return CellEnd::kMore;
    if (p < end_ && *p == '"') {
      doubled = true;
      ++p;
      continue;
    }
    const bool at_delimiter = p < end_ && *p == delimiter_;
    const bool at_row_end = p == end_ || *p == '\n' || *p == '\r';
    if (!at_delimiter && !at_row_end) {
      return quoting_ == Quoting::kTsv ? plain(out, true) : CellEnd::kGarbage;
    }
    if (p < end_ && *p == '\r' && p + 1 == end_ && !last_) return CellEnd::kMore;
    out = {slice(at_ + 1, quote), doubled};
    at_ = p;
    if (at_delimiter) {
      ++at_;
      return CellEnd::kDelimiter;
    }
    take_empty_row();
    return CellEnd::kRow;
  }
}

void append_undoubled(std::string& out, std::string_view bytes) {
  for (std::size_t pos = 0; pos < bytes.size();) {
    std::size_t quote = bytes.find('"', pos);
    if (quote == std::string_view::npos) {
      out += bytes.substr(pos);
      return;
    }
    out += bytes.substr(pos, quote + 1 - pos);
    pos = quote + 2;
  }
}

}  // namespace vernier::table
