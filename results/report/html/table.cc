#include "results/report/html/table.h"

#include <fmt/format.h>

#include "results/report/html/text.h"

namespace vernier::report {

Table::Table(std::string_view caption, std::vector<Column> columns) : columns_(std::move(columns)) {
  const std::string title = html(caption);
  out_ = fmt::format(
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\">\n<table>"
      "<caption>{0}</caption>\n<thead><tr>",
      title);
  for (const Column& column : columns_) {
    out_ += fmt::format("<th scope=\"col\"{}>{}</th>", column.number ? " class=\"number\"" : "",
                        column.title);
  }
  out_ += "</tr></thead>\n<tbody>\n";
}

void Table::row(const std::vector<std::string>& cells) {
  out_ += "<tr>";
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string_view kind = columns_[i].number ? " class=\"number\"" : "";
    out_ += i == 0 ? fmt::format("<th scope=\"row\"{}>{}</th>", kind, cells[i])
                   : fmt::format("<td{}>{}</td>", kind, cells[i]);
  }
  out_ += "</tr>\n";
}

std::string Table::finish() { return out_ + "</tbody></table></div>\n"; }

std::string with_small(std::string_view value, std::string_view small) {
  return fmt::format("{} <small>{}</small>", value, small);
}

}  // namespace vernier::report
