// Sums of row columns with compensation (Neumaier 1974): the corpus value of a mean over a million
// samples is right to the last digit or the one before, whatever the order of magnitude.
#pragma once

#include <cmath>
#include <span>
#include <vector>

namespace vernier {

class ColumnSums {
 public:
  explicit ColumnSums(std::size_t width) : sum_(width), lost_(width), total_(width) {}
  /// Adds one row. The result depends on the order of rows only in the last bit, if at all.
  void add(std::span<const double> row) {
    for (std::size_t i = 0; i < sum_.size(); ++i) {
      const double sum = sum_[i] + row[i];
      lost_[i] += std::abs(sum_[i]) >= std::abs(row[i]) ? (sum_[i] - sum) + row[i]
                                                        : (row[i] - sum) + sum_[i];
      sum_[i] = sum;
    }
  }
  std::span<const double> total() {
    for (std::size_t i = 0; i < sum_.size(); ++i) total_[i] = sum_[i] + lost_[i];
    return total_;
  }

 private:
  std::vector<double> sum_, lost_, total_;
};

}  // namespace vernier
