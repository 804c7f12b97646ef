#include "datasets/table/splitter.h"

namespace vernier::table {
namespace {

/// Position behind the last line end before `from`; 0 when there is none. A CR that ends the data
/// may be half of a CR LF.
std::size_t behind_last_line(std::string_view data, std::size_t from) {
  const std::size_t end = from == 0 ? Cut::npos : data.find_last_of("\r\n", from - 1);
  return end == Cut::npos ? 0 : end + 1;
}

}  // namespace

Quoting quoting_of(const Layout& layout) {
  if (!layout.header) return Quoting::kNone;
  return layout.all_quoted ? Quoting::kFull : Quoting::kTsv;
}

Cut RowSplitter::split_lines(std::string_view data, bool last) const {
  Cut cut;
  if (!keep_blank_) {
    cut.begin = data.find_first_not_of("\r\n");
    if (cut.begin == Cut::npos) {
      // A CR at the very end stays: with an LF behind it the two are one line end.
      const bool half = !last && data.ends_with('\r');
      cut.begin = cut.consumed = data.size() - half;
      return cut;
    }
  }
  const bool half = !last && data.ends_with('\r');
  const std::size_t end = last ? data.size() : behind_last_line(data, data.size() - half);
  if (end <= cut.begin) return cut;
  cut.found = true;
  cut.end = cut.consumed = end;
  cut.previous = behind_last_line(data, end - 1);
  return cut;
}

Cut RowSplitter::split(std::string_view data, bool last) {
  const bool quotes = quoting_ != Quoting::kNone && data.find('"') != std::string_view::npos;
  if (!quotes) return split_lines(data, last);
  Cut cut;
  RowScanner scanner(data, delimiter_, quoting_, last);
  while (!scanner.at_end()) {
    const std::size_t start = scanner.offset();
    if (scanner.take_empty_row()) {
      cut.consumed = scanner.offset();
      if (cut.found) cut.end = cut.consumed;
      continue;
    }
    Cell cell;
    CellEnd end;
    do {
      end = scanner.cell(cell);
    } while (end == CellEnd::kDelimiter);
    if (end == CellEnd::kMore) break;
    if (!cut.found) cut.begin = start;
    cut.found = true;
    cut.previous = start;
    cut.end = cut.consumed = scanner.offset();
    if (end != CellEnd::kRow) {  // the parser will say what is wrong
      cut.broken = end == CellEnd::kGarbage;
      cut.end = cut.consumed = data.size();
      break;
    }
  }
  return cut;
}

}  // namespace vernier::table
