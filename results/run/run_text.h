// The text of a run file (docs/run-format.md): a header, one record a sample, a footer, each one
// line of JSON. Only what determines the numbers is in it, so that equal work gives equal bytes.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/aggregate/aggregator.h"

namespace vernier {

struct RunHeader {
  std::string version;         ///< of vernier
  std::string dataset_digest;  ///< of sample ids and references, whatever their order
  std::string id_rule;         ///< how ids were matched; empty: references were in the records
  std::vector<MetricDescription> metrics;
  std::string candidates_digest = {};  ///< of sample ids and candidates, whatever their order
  bool compact = false;                ///< the records hold no texts
  std::string shard = {};  ///< "2/5" where this is a part of a run (results/run/merge.h)

  /// Values in a row: the rows of all metrics one behind the other.
  std::size_t row_width() const;
  /// Names of all scores, metric by metric.
  std::vector<std::string_view> score_names() const;
  /// Whether a smaller value of a score, numbered as in score_names(), is the better one.
  bool less_is_better(std::size_t score) const;
};

struct RunSample {
  std::uint64_t number;  ///< in the whole run; only shards say it
  std::string_view id, image_id, candidate;
  std::span<const std::string_view> references;
  std::string_view meta;           ///< a JSON object, or empty
  std::span<const double> scores;  ///< of all metrics one behind the other
  std::span<const double> row;
};

struct RunCount {
  std::string_view name;
  std::uint64_t value;
};

/// Identifies lines in their order: what the footer says of all lines before it.
class RunDigest {
 public:
  static std::uint64_t line_hash(std::string_view line);  ///< with its newline
  void add(std::uint64_t line_hash);
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0;
};

/// Each appends one line with its newline.
void append_run_header(std::string& out, const RunHeader& header);
void append_run_sample(std::string& out, const RunHeader& header, const RunSample& sample);
void append_run_footer(std::string& out, const RunHeader& header, std::uint64_t samples,
                       std::span<const RunCount> counts, std::span<const double> scores,
                       const RunDigest& digest);

}  // namespace vernier
