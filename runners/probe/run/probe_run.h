// What probes judge as a run (docs/run-format.md), so that compare, gate, slices and report work on
// it.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "results/run/run_rows.h"
#include "results/run/run_text.h"
#include "runners/probe/captions/caption_file.h"

namespace vernier {

/// A caption or answer and what it was judged by.
struct ProbeSample {
  std::string id;  ///< unique in the run
  std::string image_id, candidate;
  std::vector<std::string_view> references;
  std::string meta;         ///< a JSON object, or empty
  std::uint64_t truth = 0;  ///< a hash of what it was judged by: the image's objects, the label
  std::vector<double> row;  ///< of all metrics one behind the other
  /// Scores of the first metrics as a run stated them, which rows alone may not give; else empty.
  std::vector<double> stated = {};
};

struct ProbeRun {
  std::vector<MetricDescription> metrics;
  std::string id_rule = {};
  std::vector<RunCount> counts;
  std::vector<std::string> undefined = {};  ///< corpus scores, whatever the rows give
  std::size_t samples = 0;
  std::function<ProbeSample(std::size_t)> sample;  ///< called twice for each, in order
};

/// Ratios by their names (metrics/aggregate/ratios.h), all of one signature.
std::vector<MetricDescription> ratio_metrics(std::initializer_list<const char*> names,
                                             const std::string& signature);

/// Scores of the whole run out of the sums of its rows.
void aggregate_probe_run(const ProbeRun& run, const RunAggregator& aggregator,
                         std::span<const double> sums, double samples, std::span<double> scores);

/// `meta` (a JSON object, or empty) with the member `key`, in place of one of that name.
std::string meta_with(std::string_view meta, std::string_view key, std::string_view json);

/// The counts of a run of captions, of which so many were scored and left out.
std::vector<RunCount> caption_counts(const CaptionFile& file, std::uint64_t scored,
                                     std::uint64_t extra);

/// Throws Error(kOutput).
void write_probe_run(const std::string& path, const ProbeRun& run);

}  // namespace vernier
