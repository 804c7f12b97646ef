// SPICE's sufficient statistics of a sample, and scores from their sums.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/spice/scene/scene_score.h"

namespace vernier::spice {

/// Values of a category in a row: matched, candidate, reference (counts of tuples), f, and whether
/// f is defined. SPICE leaves a sample out of a part's mean where the references have no tuple of
/// that part; the score of all tuples is then 0.
inline constexpr std::size_t kCategoryColumns = 5;
inline constexpr std::size_t kRowWidth = kCategoryCount * kCategoryColumns;

/// As score names have them behind a slash; that of all tuples is empty.
inline constexpr std::string_view kCategoryNames[kCategoryCount] = {
    "", "object", "attribute", "relation", "cardinality", "color", "size"};

/// Names of a metric's scores and columns: "spice", "spice/object", ...; "matched", ...,
/// "object/matched", ...
class SpiceNames {
 public:
  /// `refused` says what the parser does not take.
  SpiceNames(std::string_view metric, std::string refused);
  std::span<const std::string_view> scores() const { return scores_; }
  std::span<const std::string_view> columns() const { return columns_; }
  std::string_view refused() const { return refused_; }

 private:
  std::string refused_;
  std::vector<std::string> texts_;
  std::vector<std::string_view> scores_, columns_;
};

void fill_row(const SceneCounts& counts, std::span<double> row);
/// The row of a sample that has no score: a text of it is longer than the parser takes.
void fill_undefined_row(std::span<double> row);
/// One score a category: the mean of f over the samples where it is defined; NaN where it is in
/// none.
void spice_scores(std::span<const double> sums, std::span<double> scores);
/// How many of so many samples have an undefined row.
double undefined_rows(std::span<const double> sums, double samples);

}  // namespace vernier::spice
