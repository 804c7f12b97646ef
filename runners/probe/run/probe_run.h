// What probes judge as a run (docs/run-format.md), so that compare, gate, slices and report work on
// it.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

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
};

struct ProbeRun {
  std::vector<MetricDescription> metrics;
  std::string id_rule = {};
  std::vector<RunCount> counts;
  std::size_t samples = 0;
  std::function<ProbeSample(std::size_t)> sample;  ///< called twice for each, in order
};

/// Ratios by their names (metrics/aggregate/ratios.h), all of one signature.
std::vector<MetricDescription> ratio_metrics(std::initializer_list<const char*> names,
                                             const std::string& signature);

/// `meta` (a JSON object, or empty) with one more member, `json`.
std::string meta_with(std::string_view meta, std::string_view key, std::string_view json);

/// The counts of a run of captions, of which so many were scored and left out.
std::vector<RunCount> caption_counts(const CaptionFile& file, std::uint64_t scored,
                                     std::uint64_t extra);

/// Throws Error(kOutput).
void write_probe_run(const std::string& path, const ProbeRun& run);

}  // namespace vernier
