// The report: one HTML file about one or several runs, which loads nothing (docs/report.md).
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "results/compare/comparison.h"
#include "results/run/run_file.h"

namespace vernier::report {

/// What someone decided about the runs, to stand on top of the report (the gate).
struct Ruling {
  std::string tone;      ///< "pass", "regression", "inconclusive" or "error": a colour
  std::string headline;  ///< plain text, as are the others
  std::vector<std::vector<std::string>> table;  ///< the first row holds the titles
  std::vector<std::string> remarks;
};

struct Options {
  ComparisonOptions comparison;
  std::string cluster_separator;
  std::string by;  ///< "meta.KEY": scores by slice; empty: none
  /// Samples in the searchable list; absent: up to 5,000 that take up to 4.7 MB.
  std::optional<std::size_t> samples;
  std::size_t shown = 10;  ///< worst and best samples shown in full, a direction
  std::string images;      ///< folder; empty: no images
  std::size_t image_budget = std::size_t{4} << 20;  ///< bytes of image files put into the page
  /// An SVG document that shows how a sample of a run came to its scores, or nothing; for samples
  /// shown in full.
  std::function<std::string(const Run& run, std::size_t sample)> drawing;
  std::optional<Ruling> ruling;
  std::vector<std::string> precisions;  ///< files that precision --model-b -f json printed
  std::vector<std::string> probes;      ///< files that probe NAME -f json printed; - is stdin
  std::vector<std::string> audits;      ///< files that judge --audit -f json printed; - is stdin
  std::string version;                  ///< of the program
};

/// The page. Each further run is compared with the first; without runs it holds the ruling, the
/// checkpoints, the audits and the probes only. Equal runs, images, files and options give equal
/// bytes for any number of threads. Throws as PairedRuns, slices_by, RunEstimator,
/// read_precision_result (precision/), read_audit (audit/) and read_probe_result (probes/) do, and
/// Error(kUsage) when the folder of images cannot be read.
std::string html_report(std::span<const Run> runs, const Options& options);

}  // namespace vernier::report
