#include "datasets/objects/table.h"

#include <fmt/format.h>

#include <utility>

#include "base/error.h"
#include "datasets/records/record_sink.h"
#include "datasets/table/row_scanner.h"
#include "metrics/text/unicode/unicode.h"

namespace vernier {
namespace {

class TableReader {
 public:
  TableReader(std::string_view text, const std::string& name, bool replace)
      : text_(text), name_(name), replace_(replace), scanner_(text, delimiter(), quoting(), true) {}

  /// Empty at the end.
  std::vector<std::string> row();
  std::uint64_t line() const { return line_; }
  std::uint64_t replaced() const { return replaced_; }
  [[noreturn]] void refuse(std::string_view message) const {
    throw Error(ExitCode::kBadInput, fmt::format("{}:{}: {}", name_, line_, message));
  }

 private:
  std::string_view head() const { return text_.substr(0, text_.find_first_of("\r\n")); }
  char delimiter() const { return head().find('\t') == std::string_view::npos ? ',' : '\t'; }
  table::Quoting quoting() const {
    const bool full = delimiter() == ',' || head().starts_with('"');
    return full ? table::Quoting::kFull : table::Quoting::kTsv;
  }
  std::string text_of(const table::Cell& cell);

  std::string_view text_;
  const std::string& name_;
  bool replace_;
  table::RowScanner scanner_;
  LineCounter lines_;
  std::uint64_t line_ = 1, replaced_ = 0;
  std::size_t counted_ = 0;
};

std::string TableReader::text_of(const table::Cell& cell) {
  std::string text(cell.bytes);
  if (text::find_invalid_utf8(text) != std::string_view::npos) {
    if (!replace_) refuse("expected UTF-8, found other bytes; use --replace-invalid");
    replaced_ += text::replace_invalid_utf8(text);
  }
  if (!cell.doubled) return text;
  std::string plain;
  table::append_undoubled(plain, text);
  return plain;
}

std::vector<std::string> TableReader::row() {
  std::vector<std::string> cells;
  while (!scanner_.at_end() && scanner_.take_empty_row()) {
  }
  if (scanner_.at_end()) return cells;
  line_ += lines_.count(text_.substr(counted_, scanner_.offset() - counted_));
  counted_ = scanner_.offset();
  for (table::CellEnd end = table::CellEnd::kDelimiter; end != table::CellEnd::kRow;) {
    table::Cell cell;
    end = scanner_.cell(cell);
    if (end == table::CellEnd::kOpen) refuse("expected a closing quote, found the end");
    if (end == table::CellEnd::kGarbage) {
      refuse(
          "expected the end of a cell behind its closing quote; quotes inside quotes are "
          "doubled");
    }
    cells.push_back(text_of(cell));
  }
  return cells;
}

}  // namespace

std::vector<Value> read_table(std::string_view text, const std::string& name, bool replace,
                              std::uint64_t& replaced) {
  TableReader reader(text, name, replace);
  const std::vector<std::string> columns = reader.row();
  if (columns.size() < 2) {
    reader.refuse("expected JSON, or a table whose first row names its columns");
  }
  std::vector<Value> rows;
  for (std::vector<std::string> cells; !(cells = reader.row()).empty();) {
    if (cells.size() != columns.size()) {
      reader.refuse(fmt::format("expected {} columns as in the header, found {}", columns.size(),
                                cells.size()));
    }
    Value& row = rows.emplace_back();
    row.type = json::Type::kObject;
    row.line = reader.line();
    row.keys = columns;
    for (std::string& cell : cells) {
      Value& value = row.items.emplace_back();
      value.type = json::Type::kString;
      value.text = std::move(cell);
    }
  }
  replaced = reader.replaced();
  return rows;
}

}  // namespace vernier
