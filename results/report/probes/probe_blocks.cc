#include "results/report/probes/probe_blocks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "base/printable.h"
#include "results/report/html/text.h"
#include "results/report/probes/probe_curves.h"

namespace vernier::report {
namespace {

constexpr std::size_t kDeepest = 6;    // objects in objects that are looked into
constexpr std::size_t kMostRows = 40;  // of a table
constexpr std::size_t kMostColumns = 40;
constexpr std::size_t kMostElements = 12;  // of a list of objects that are no rows
constexpr std::size_t kMostItems = 10;     // of a list of texts or numbers
constexpr std::size_t kLongestText = 200;  // bytes

using Path = std::vector<std::string>;

Path below(const Path& path, std::string_view key) {
  Path out = path;
  out.emplace_back(key);
  return out;
}

std::string list_text(const Json& list) {
  if (list.empty()) return "none";
  std::string out;
  for (std::size_t i = 0; i < std::min(list.size(), kMostItems); ++i) {
    out += (i == 0 ? "" : ", ") + cell_text("", list[i]).value_or("");
  }
  return list.size() > kMostItems
             ? fmt::format("{}, and {} more", out, count_text(list.size() - kMostItems))
             : out;
}

std::string number_cell(std::string_view key, const Json& value, std::optional<int> decimals) {
  const double number = value.get<double>();
  if (key == "p" || key.starts_with("p_")) return probability_text(number);
  if (decimals) return number_text(number, *decimals);
  if (value.is_number_unsigned()) return count_text(value.get<std::uint64_t>());
  if (value.is_number_integer()) return number_text(number, 0);
  return number_text(number, decimals_up_to(number));
}

/// Decimals of a column, so that its numbers stand under one another; none where all are whole.
std::optional<int> column_decimals(const Json& rows, const std::string& key) {
  bool whole = true;
  double largest = 0;
  for (const Json& row : rows) {
    const auto found = row.find(key);
    if (found == row.end() || !found->is_number()) continue;
    whole = whole && found->is_number_integer();
    largest = std::max(largest, std::abs(found->get<double>()));
  }
  return whole ? std::nullopt : std::optional(decimals_up_to(largest));
}

/// {"numerator", "denominator", "percent"} and {"value", "p"}.
std::optional<std::string> pair_text(const Json& value) {
  const auto numbers = [&](std::initializer_list<const char*> keys) {
    return value.size() == keys.size() && std::ranges::all_of(keys, [&](const char* key) {
             const auto found = value.find(key);
             return found != value.end() && (found->is_number() || found->is_null());
           });
  };
  const auto text = [&](const char* key) { return cell_text(key, value.at(key)).value_or(""); };
  if (numbers({"numerator", "denominator", "percent"})) {
    return fmt::format("{} % ({} of {})", text("percent"), text("numerator"), text("denominator"));
  }
  if (numbers({"value", "p"})) return fmt::format("{} (p {})", text("value"), text("p"));
  return std::nullopt;
}

/// Why members are undefined, by their keys.
std::string reason_of(const Json& object, const std::string& key) {
  const auto reasons = object.find("undefined");
  if (reasons == object.end() || !reasons->is_object()) return {};
  const auto reason = reasons->find(key);
  return reason != reasons->end() && reason->is_string()
             ? ": " + printable(reason->get<std::string>(), kLongestText)
             : "";
}

bool is_cell(const Json& value) { return cell_text("", value).has_value(); }

/// Whether all members are cells, but for reasons and lists that make curves.
bool is_row(const Json& object) {
  if (!object.is_object() || object.empty()) return false;
  bool cells = false;
  for (const auto& [key, value] : object.items()) {
    if (key == "undefined" && value.is_object()) continue;
    if (is_cell(value)) {
      cells = true;
    } else if (!curve_of_list({}, value)) {
      return false;
    }
  }
  return cells;
}

bool all_rows(const Json& values) { return std::all_of(values.begin(), values.end(), is_row); }

class Visitor {
 public:
  void object(const Path& path, const Json& object) {
    if (path.size() > kDeepest) return;
    ProbeBlock facts;
    facts.facts = true;
    facts.path = path;
    for (const auto& [key, value] : object.items()) {
      if (hidden(path, key)) continue;
      if (const auto text = cell_text(key, value)) {
        add_row(facts, {key_text(key), {*text + reason_of(object, key)}});
      }
    }
    if (!facts.rows.empty()) out_.blocks.push_back(std::move(facts));
    add_curves(path, object);
    if (path.empty() && object.contains("scores")) add_curves({"scores"}, object["scores"]);
    for (const auto& [key, value] : object.items()) {
      if (!hidden(path, key) && !is_cell(value)) member(below(path, key), value);
    }
  }
  ProbeBlocks finish() { return std::move(out_); }

 private:
  /// What the head of the page and the table of scores show.
  static bool hidden(const Path& path, std::string_view key) {
    if (key == "undefined") return true;
    if (!path.empty()) return false;
    return key == "schema" || key == "kind" || key == "signature" || key == "scores" ||
           key == "standard_errors" || key == "bounds";
  }

  void add_curves(const Path& path, const Json& object) {
    for (ProbeCurve& curve : curves_of_members(path, object)) {
      out_.curves.push_back(std::move(curve));
    }
  }
  void member(const Path& path, const Json& value) {
    if (value.is_array()) {
      list(path, value);
    } else if (value.is_object() && !value.empty() && all_rows(value) &&
               std::none_of(value.begin(), value.end(), is_cell)) {
      matrix(path, value);
    } else if (value.is_object()) {
      object(path, value);
    }
  }

  void matrix(const Path& path, const Json& rows) {
    ProbeBlock block;
    block.path = path;
    for (const Json& row : rows) add_columns(block, row, "");
    const std::vector<std::optional<int>> decimals = decimals_of(block, rows);
    for (const auto& [key, row] : rows.items()) {
      add_row(block, {key_text(key), cells_of(block, row, decimals)});
      for (const auto& [inner, value] : row.items()) {
        if (!is_cell(value) && value.is_array()) list(below(below(path, key), inner), value);
      }
    }
    finish_columns(block, rows);
  }

  void list(const Path& path, const Json& list) {
    if (list.empty()) return;
    if (!all_rows(list)) {
      elements(path, list);
      return;
    }
    if (auto curve = curve_of_list(path, list)) out_.curves.push_back(std::move(*curve));
    // The first member names the row.
    const std::string name = list.front().begin().key();
    ProbeBlock block;
    block.path = path;
    for (const Json& row : list) add_columns(block, row, name);
    const std::vector<std::optional<int>> decimals = decimals_of(block, list);
    for (const Json& row : list) {
      const auto named = row.find(name);
      add_row(block, {named == row.end() ? "" : cell_text(name, *named).value_or(""),
                      cells_of(block, row, decimals)});
    }
    finish_columns(block, list);
  }

  void elements(const Path& path, const Json& list) {
    for (std::size_t i = 0; i < std::min(list.size(), kMostElements); ++i) {
      if (!list[i].is_object()) continue;
      std::string name = fmt::format("{}", i + 1);
      for (const auto& [key, value] : list[i].items()) {
        if (!value.is_string()) continue;
        name = printable(file_name(value.get_ref<const std::string&>()), 60);
        break;
      }
      object(below(path, name), list[i]);
    }
  }

  static void add_columns(ProbeBlock& block, const Json& row, const std::string& but) {
    for (const auto& [key, value] : row.items()) {
      if (key == but || key == "undefined" || !is_cell(value)) continue;
      if (block.columns.size() == kMostColumns) return;
      if (std::ranges::find(block.columns, key) == block.columns.end()) {
        block.columns.push_back(key);
      }
    }
  }
  // The columns are keys until the block is finished.
  static std::vector<std::optional<int>> decimals_of(const ProbeBlock& block, const Json& rows) {
    std::vector<std::optional<int>> out;
    for (const std::string& key : block.columns) out.push_back(column_decimals(rows, key));
    return out;
  }
  static std::vector<std::string> cells_of(const ProbeBlock& block, const Json& row,
                                           std::span<const std::optional<int>> decimals) {
    std::vector<std::string> cells;
    std::string said;  // one reason for several members stands at the first
    for (std::size_t c = 0; c < block.columns.size(); ++c) {
      const std::string& key = block.columns[c];
      const auto found = row.find(key);
      cells.push_back(found == row.end() ? "" : cell_text(key, *found, decimals[c]).value_or(""));
      std::string reason = found == row.end() ? "" : reason_of(row, key);
      if (reason.empty() || reason == said) continue;
      cells.back() += reason;
      said = std::move(reason);
    }
    return cells;
  }
  void finish_columns(ProbeBlock& block, const Json& rows) {
    for (const std::string& key : block.columns) {
      block.numbers.push_back(std::none_of(rows.begin(), rows.end(), [&](const Json& row) {
        const auto found = row.find(key);
        return found != row.end() && !found->is_number() && !found->is_null() &&
               !found->is_object();
      }));
    }
    std::ranges::transform(block.columns, block.columns.begin(), key_text);
    out_.blocks.push_back(std::move(block));
  }
  static void add_row(ProbeBlock& block, ProbeBlock::Row row) {
    if (block.rows.size() == kMostRows) {
      ++block.left_out;
    } else {
      block.rows.push_back(std::move(row));
    }
  }

  ProbeBlocks out_;
};

}  // namespace

int decimals_up_to(double largest) { return std::abs(largest) <= 2 ? 4 : 2; }

std::optional<std::string> cell_text(std::string_view key, const Json& value,
                                     std::optional<int> decimals) {
  if (value.is_null()) return "–";
  if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
  if (value.is_number()) return number_cell(key, value, decimals);
  if (value.is_string()) return printable(value.get_ref<const std::string&>(), kLongestText);
  if (value.is_array()) {
    const bool plain = std::all_of(value.begin(), value.end(),
                                   [](const Json& item) { return item.is_primitive(); });
    return plain ? std::optional(list_text(value)) : std::nullopt;
  }
  return pair_text(value);
}

std::string key_text(std::string_view key) {
  std::string out = printable(key, 80);
  std::ranges::replace(out, '_', ' ');
  return out;
}

ProbeBlocks probe_blocks(const Json& document) {
  Visitor visitor;
  visitor.object({}, document);
  return visitor.finish();
}

}  // namespace vernier::report
