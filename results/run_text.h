// The text of a run file (docs/run-format.md): a header, one record a sample, a footer, each one
// line of JSON. Only what determines the numbers is in it, so that equal work gives equal bytes.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vernier {

/// One metric as the header describes it.
struct RunMetric {
  std::string_view name;
  std::string signature;
  std::span<const std::string_view> columns;
  std::span<const std::string_view> scores;
};

struct RunHeader {
  std::string_view version;  ///< of vernier
  std::string dataset_digest;
  std::string id_rule;  ///< how ids were matched; empty: references were in the records
  std::vector<RunMetric> metrics;
};

struct RunSample {
  std::string_view id, image_id, candidate;
  std::string_view meta;           ///< a JSON object, or empty
  std::span<const double> scores;  ///< of all metrics one behind the other
  std::span<const double> row;
};

struct RunCount {
  std::string_view name;
  std::uint64_t value;
};

/// Each appends one line with its newline.
void append_run_header(std::string& out, const RunHeader& header);
/// `compact` leaves out the candidate's text.
void append_run_sample(std::string& out, const RunHeader& header, const RunSample& sample,
                       bool compact);
/// `digest` identifies the bytes of all lines before the footer.
void append_run_footer(std::string& out, const RunHeader& header, std::uint64_t samples,
                       std::span<const RunCount> counts, std::span<const double> scores,
                       std::uint64_t digest);

}  // namespace vernier
