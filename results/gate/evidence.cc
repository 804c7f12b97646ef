#include "results/gate/evidence.h"

#include <fmt/format.h>

#include <cmath>

#include "base/error.h"
#include "base/printable.h"
#include "results/compare/difference_spread.h"
#include "results/slice/slices.h"

namespace vernier {
namespace {

constexpr std::size_t kMostSlices = 200;

/// Of the samples behind these sums, all but `identical`.
Evidence evidence_of(const PairedRuns& runs, const ClusterTable& sums, std::size_t samples,
                     const ResamplingOptions& options) {
  Evidence out;
  out.samples = samples;
  out.clusters = sums.clusters();
  out.a.resize(runs.scores().size());
  out.b.resize(runs.scores().size());
  runs.aggregate_both(sums.total(), out.a, out.b);
  out.spreads = difference_spreads(runs, sums, options);
  return out;
}

}  // namespace

Evidence evidence_of_all(const PairedRuns& runs, const ResamplingOptions& options) {
  Evidence out = evidence_of(runs, runs.sums(), runs.samples(), options);
  for (std::size_t s = 0; s < out.a.size(); ++s) {
    const PairedRuns::Score& score = runs.scores()[s];
    out.a[s] = score.a;  // as the runs state them, to the last digit
    out.b[s] = score.b;
    out.identical.push_back(runs.identical(score));
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
    Evidence& evidence = out.emplace_back(
        evidence_of(runs, runs.sums_of(slice.samples), slice.samples.size(), options));
    evidence.slice = fmt::format("{} = {}", printable(key), slice.text());
    for (std::size_t s = 0; s < evidence.a.size(); ++s) {
      const PairedRuns::Score& score = runs.scores()[s];
      evidence.identical.push_back(runs.identical(score, slice.samples));
      // A stated null is a score that is undefined for reasons that rows do not show.
      if (std::isnan(score.a)) evidence.a[s] = score.a;
      if (std::isnan(score.b)) evidence.b[s] = score.b;
    }
  }
  return out;
}

}  // namespace vernier
