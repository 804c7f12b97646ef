// A probe's JSON as tables and curves, whatever probe it is of: nothing here knows their names, so
// that a new probe has its page without a line of code.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "results/report/charts/curve.h"
#include "results/report/probes/probe_result.h"

namespace vernier::report {

/// A table: a name and a value a line ("facts"), or rows with a cell for each column. Cells are
/// plain text.
struct ProbeBlock {
  bool facts = false;                ///< names and values: no columns, rows of one cell
  std::vector<std::string> path;     ///< keys down to it; empty: the document's own members
  std::vector<std::string> columns;  ///< but that of names
  std::vector<bool> numbers;         ///< by column: it holds nothing but numbers
  struct Row {
    std::string name;
    std::vector<std::string> cells;
  };
  std::vector<Row> rows;
  std::size_t left_out = 0;  ///< rows beyond those shown
};

struct ProbeCurve {
  std::vector<std::string> path;
  std::string x_name, y_name;
  CurveSeries series;
};

struct ProbeBlocks {
  std::vector<ProbeBlock> blocks;
  std::vector<ProbeCurve> curves;
};

/// Everything but schema, signature and what the table of scores shows (probe_scores.h).
ProbeBlocks probe_blocks(const Json& document);

/// A number, text, list of these, share {"numerator", "denominator", "percent"} or test {"value",
/// "p"} as text; nothing for other objects and lists. `decimals`: of a number that is no p.
std::optional<std::string> cell_text(std::string_view key, const Json& value,
                                     std::optional<int> decimals = std::nullopt);

/// Decimals for numbers of one kind, the largest of which is this: 4 up to 2, which ratios
/// and counts a sample are, else 2 (percentages).
int decimals_up_to(double largest);

/// "n_order_inconsistent" -> "n order inconsistent".
std::string key_text(std::string_view key);

}  // namespace vernier::report
