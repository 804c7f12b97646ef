#include "results/compare/difference_spread.h"

#include "base/parallel.h"

namespace vernier {
namespace {

/// Scores both runs from column sums.
class Differences {
 public:
  explicit Differences(const PairedRuns& runs)
      : runs_(runs), a_(runs.scores().size()), b_(runs.scores().size()) {}

  /// Calls put(score, b - a) for every score.
  template <class Put>
  void visit(std::span<const double> a, std::span<const double> b, double samples, Put put) {
    runs_.aggregate(a, samples, a_);
    runs_.aggregate(b, samples, b_);
    for (std::size_t s = 0; s < a_.size(); ++s) put(s, b_[s] - a_[s]);
  }
  /// The same from a row of PairedRuns::sums().
  template <class Put>
  void visit(std::span<const double> sums, Put put) {
    const std::size_t width = runs_.row_width();
    visit(sums.first(width), sums.subspan(width, width), sums[2 * width], put);
  }

 private:
  const PairedRuns& runs_;
  std::vector<double> a_, b_;
};

void leave_one_out(const PairedRuns& runs, unsigned threads, std::vector<DifferenceSpread>& out) {
  const std::vector<double> total = runs.sums().total();
  parallel_blocks(threads, runs.clusters(), 256, [&] {
    return [&, differences = Differences(runs), rest = total](std::size_t begin,
                                                              std::size_t end) mutable {
      for (std::size_t c = begin; c < end; ++c) {
        const std::span<const double> sums = runs.sums().row(c);
        for (std::size_t k = 0; k < rest.size(); ++k) rest[k] = total[k] - sums[k];
        differences.visit(rest, [&](std::size_t s, double d) { out[s].left_out[c] = d; });
      }
    };
  });
}

}  // namespace

std::vector<DifferenceSpread> difference_spreads(const PairedRuns& runs,
                                                 const ResamplingOptions& options) {
  std::vector<DifferenceSpread> out(runs.scores().size());
  if (runs.clusters() < 2) return out;
  for (DifferenceSpread& spread : out) {
    spread.replicates.resize(options.resamples);
    spread.left_out.resize(runs.clusters());
  }
  resampled_sums(runs.sums(), Weighting::kBootstrap, options,
                 [&](std::size_t r, std::span<const double> sums) {
                   Differences(runs).visit(
                       sums, [&](std::size_t s, double d) { out[s].replicates[r] = d; });
                 });
  leave_one_out(runs, options.threads, out);
  return out;
}

std::vector<std::vector<double>> randomised_differences(const PairedRuns& runs,
                                                        const ResamplingOptions& options) {
  const std::size_t width = runs.row_width();
  ClusterTable moves(runs.clusters(), width);  // b - a
  for (std::size_t c = 0; c < runs.clusters(); ++c) {
    const std::span<const double> sums = runs.sums().row(c);
    for (std::size_t k = 0; k < width; ++k) moves.row(c)[k] = sums[width + k] - sums[k];
  }
  const std::vector<double> total = runs.sums().total();
  std::vector<std::vector<double>> out(runs.scores().size(),
                                       std::vector<double>(options.resamples));
  resampled_sums(
      moves, Weighting::kCoin, options, [&](std::size_t r, std::span<const double> moved) {
        std::vector<double> swapped = total;
        for (std::size_t k = 0; k < width; ++k) {
          swapped[k] += moved[k];
          swapped[width + k] -= moved[k];
        }
        Differences(runs).visit(swapped, [&](std::size_t s, double d) { out[s][r] = d; });
      });
  return out;
}

}  // namespace vernier
