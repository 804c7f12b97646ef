// Splitters for rows of cells and for lines.
#pragma once

#include "datasets/records/splitter.h"
#include "datasets/table/row_scanner.h"

namespace vernier::table {

/// How the cells of a layout are quoted.
Quoting quoting_of(const Layout& layout);

/// Rows end where a line ends, except inside quotes.
class RowSplitter final : public Splitter {
 public:
  /// `keep_blank`: an empty line is a record (plain lines), else it is nothing.
  RowSplitter(char delimiter, Quoting quoting, bool keep_blank)
      : delimiter_(delimiter), quoting_(quoting), keep_blank_(keep_blank) {}

  Cut split(std::string_view data, bool last) override;

 private:
  Cut split_lines(std::string_view data, bool last) const;

  char delimiter_;
  Quoting quoting_;
  bool keep_blank_;
};

}  // namespace vernier::table
