// Cells of delimiter-separated text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace vernier::table {

enum class Quoting {
  kNone,  ///< quotes are text
  /// A cell in quotes may hold line breaks but no delimiter, and only if a delimiter or the end of
  /// the row follows its closing quote; anything else that begins with a quote is text. This reads
  /// both kinds of TSV in use: `"Stop" sign` as it stands, and what pandas quotes when it must. No
  /// two rows can run together, because each row holds a delimiter.
  kTsv,
  kFull,  ///< RFC 4180: a cell in quotes may hold anything
};

struct Cell {
  std::string_view bytes;  ///< without the quotes around it
  bool doubled = false;    ///< holds "" for each quote
};

/// What ended a cell.
enum class CellEnd {
  kDelimiter,
  kRow,
  kMore,     ///< the text ended first, and is not all of the input
  kOpen,     ///< all of the input ended inside quotes
  kGarbage,  ///< text between a closing quote and the delimiter
};

/// Reads cells one after the other. LF, CR LF and a lone CR end rows; the end of the input ends the
/// last row.
class RowScanner {
 public:
  RowScanner(std::string_view text, char delimiter, Quoting quoting, bool last)
      : begin_(text.data()),
        at_(text.data()),
        end_(text.data() + text.size()),
        delimiter_(delimiter),
        quoting_(quoting),
        last_(last) {}

  std::size_t offset() const { return static_cast<std::size_t>(at_ - begin_); }
  bool at_end() const { return at_ == end_; }

  /// Takes an empty row; false when the next row is not empty.
  bool take_empty_row();

  /// Reads one cell. On kMore, kOpen and kGarbage the position stays before it.
  CellEnd cell(Cell& out);

  /// Takes the rest of the row as one cell, delimiters included.
  CellEnd rest(Cell& out);

 private:
  CellEnd plain(Cell& out, bool stop_at_delimiter);

  const char* begin_;
  const char* at_;
  const char* end_;
  char delimiter_;
  Quoting quoting_;
  bool last_;
};

/// The text of a cell whose quotes are doubled.
void append_undoubled(std::string& out, std::string_view bytes);

}  // namespace vernier::table
