// Writes a run from its header to its footer, and keeps what the footer states.
#pragma once

#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "metrics/aggregate/column_sums.h"
#include "results/run/run_text.h"

namespace vernier {

/// Serial.
class RunWriter {
 public:
  using Write = std::function<void(std::string_view bytes)>;
  /// Scores of all metrics from column sums and the number of samples.
  using Aggregate = std::function<void(std::span<const double>, double, std::span<double>)>;

  /// `write` may be empty, where only the scores are wanted.
  RunWriter(const RunHeader& header, Write write);

  const RunHeader& header() const { return header_; }
  std::string_view header_line() const { return header_line_; }
  std::uint64_t samples() const { return samples_; }
  /// Of the rows of all samples.
  std::span<const double> sums() { return sums_.total(); }

  void write_header();
  /// Lines of samples one behind the other, the hash of each (RunDigest), their rows.
  void write_samples(std::string_view lines, std::span<const std::uint64_t> hashes,
                     std::span<const double> rows);
  /// Returns the corpus scores.
  std::vector<double> write_footer(std::span<const RunCount> counts, const Aggregate& aggregate);

  /// Likewise for lines that are written already: only counted.
  void count_header();
  void count_sample(std::uint64_t hash, std::span<const double> row);

 private:
  const RunHeader& header_;
  Write write_;
  std::string header_line_;
  RunDigest digest_;
  ColumnSums sums_;
  std::uint64_t samples_ = 0;
};

}  // namespace vernier
