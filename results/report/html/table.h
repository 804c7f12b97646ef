// HTML tables that scroll inside their own box.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vernier::report {

struct Column {
  std::string title;    ///< HTML
  bool number = false;  ///< to the right, digits of equal width
};

/// All texts but `caption` are HTML already. The first cell of a row is its header.
class Table {
 public:
  Table(std::string_view caption, std::vector<Column> columns);
  void row(const std::vector<std::string>& cells);
  /// The whole table.
  std::string finish();

 private:
  std::vector<Column> columns_;
  std::string out_;
};

/// A value with smaller text behind it.
std::string with_small(std::string_view value, std::string_view small);

}  // namespace vernier::report
