#include "results/statistics/resampling/spread.h"

#include "base/parallel.h"

namespace vernier {
namespace {

void leave_one_out(const ClusterTable& table, const Statistics& statistics, unsigned threads,
                   std::vector<Spread>& out) {
  const std::vector<double> total = table.total();
  parallel_blocks(threads, table.clusters(), 256, [&] {
    return [&, rest = total, values = std::vector<double>(out.size())](std::size_t begin,
                                                                       std::size_t end) mutable {
      for (std::size_t c = begin; c < end; ++c) {
        const std::span<const double> sums = table.row(c);
        for (std::size_t k = 0; k < rest.size(); ++k) rest[k] = total[k] - sums[k];
        statistics(rest, values);
        for (std::size_t s = 0; s < values.size(); ++s) out[s].left_out[c] = values[s];
      }
    };
  });
}

}  // namespace

std::vector<Spread> bootstrap_spreads(const ClusterTable& table, std::size_t count,
                                      const Statistics& statistics,
                                      const ResamplingOptions& options) {
  std::vector<Spread> out(count);
  if (table.clusters() < 2) return out;
  for (Spread& spread : out) {
    spread.replicates.resize(options.resamples);
    spread.left_out.resize(table.clusters());
  }
  resampled_sums(table, Weighting::kBootstrap, options,
                 [&](std::size_t r, std::span<const double> sums) {
                   std::vector<double> values(count);
                   statistics(sums, values);
                   for (std::size_t s = 0; s < count; ++s) out[s].replicates[r] = values[s];
                 });
  leave_one_out(table, statistics, options.threads, out);
  return out;
}

}  // namespace vernier
