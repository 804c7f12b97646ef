#include "results/gate/evidence.h"

#include <fmt/format.h>

#include <cmath>

#include "base/error.h"
#include "base/printable.h"
#include "results/compare/difference_spread.h"
#include "results/run/run_rows.h"
#include "results/slice/slices.h"

namespace vernier {
namespace {

constexpr std::size_t kMostSlices = 200;

Evidence evidence_of(const PairedRuns& runs, std::span<const std::size_t> samples,
                     const ResamplingOptions& options) {
  Evidence out;
  const ClusterTable sums = runs.sums_of(samples);
  out.samples = samples.size();
  out.clusters = sums.clusters();
  out.a.resize(runs.scores().size());
  out.b.resize(runs.scores().size());
  runs.aggregate_both(sums.total(), out.a, out.b);
  out.spreads = difference_spreads(runs, sums, options);
  for (std::size_t s = 0; s < out.a.size(); ++s) {
    const PairedRuns::Score& score = runs.scores()[s];
    out.identical.push_back(runs.identical(score, samples));
    // A stated null is a score that is undefined for reasons that rows do not show.
    if (std::isnan(score.a)) out.a[s] = score.a;
    if (std::isnan(score.b)) out.b[s] = score.b;
  }
  return out;
}

}  // namespace

Evidence evidence_of_all(const PairedRuns& runs, const ResamplingOptions& options) {
  Evidence out = evidence_of(runs, all_samples(runs.a()), options);
  for (std::size_t s = 0; s < out.a.size(); ++s) {  // as the runs state them, to the last digit
    out.a[s] = runs.scores()[s].a;
    out.b[s] = runs.scores()[s].b;
  }
  return out;
}

std::vector<Evidence> evidence_by(const PairedRuns& runs, std::string_view key,
                                  const ResamplingOptions& options) {
  const Slices slices = slices_by(runs.a(), key);
  if (slices.groups.size() > kMostSlices) {
    throw Error(ExitCode::kUsage, fmt::format("{} has {} values; a rule judges at most {}",
                                              printable(key), slices.groups.size(), kMostSlices));
  }
  std::vector<Evidence> out;
  for (const Slice& slice : slices.groups) {
    out.push_back(evidence_of(runs, slice.samples, options));
    out.back().slice = fmt::format("{} = {}", printable(key), slice.text());
  }
  return out;
}

}  // namespace vernier
