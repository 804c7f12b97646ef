#include "metrics/spice/score/spice_row.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace vernier::spice {
namespace {

enum Column : std::size_t { kMatched, kCandidate, kReference, kF, kDefined };
constexpr std::string_view kColumnNames[kCategoryColumns] = {"matched", "candidate", "reference",
                                                             "f", "defined"};

}  // namespace

SpiceNames::SpiceNames(std::string_view metric, std::string refused)
    : refused_(std::move(refused)) {
  texts_.reserve(kCategoryCount + kRowWidth);  // so that views of them stay
  const auto add = [&](std::string_view first, std::string_view second,
                       std::vector<std::string_view>& names) {
    std::string& text = texts_.emplace_back(first);
    if (!first.empty() && !second.empty()) text += '/';
    text += second;
    names.push_back(text);
  };
  for (const std::string_view category : kCategoryNames) add(metric, category, scores_);
  for (const std::string_view category : kCategoryNames) {
    for (const std::string_view column : kColumnNames) add(category, column, columns_);
  }
}

void fill_row(const SceneCounts& counts, std::span<double> row) {
  for (std::size_t c = 0; c < kCategoryCount; ++c) {
    const CategoryCounts& count = counts[c];
    const std::span<double> out = row.subspan(c * kCategoryColumns, kCategoryColumns);
    out[kMatched] = count.matched;
    out[kCandidate] = count.candidate;
    out[kReference] = count.reference;
    out[kF] = count.f();
    out[kDefined] = c == std::size_t(Category::kAll) || count.reference > 0;
  }
}

void fill_undefined_row(std::span<double> row) { std::fill(row.begin(), row.end(), 0.0); }

void spice_scores(std::span<const double> sums, std::span<double> scores) {
  for (std::size_t c = 0; c < kCategoryCount; ++c) {
    const std::span<const double> sum = sums.subspan(c * kCategoryColumns, kCategoryColumns);
    scores[c] =
        sum[kDefined] > 0 ? sum[kF] / sum[kDefined] : std::numeric_limits<double>::quiet_NaN();
  }
}

double undefined_rows(std::span<const double> sums, double samples) {
  return samples - sums[std::size_t(Category::kAll) * kCategoryColumns + kDefined];
}

}  // namespace vernier::spice
