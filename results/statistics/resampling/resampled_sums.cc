#include "results/statistics/resampling/resampled_sums.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/parallel.h"

namespace vernier {
namespace {

constexpr std::size_t kTogether = 4;  // resamples that one pass over the table serves
constexpr std::size_t kStep = 8;      // columns of a strip: a cache line
constexpr std::size_t kTile = 256;    // clusters whose sums stay in the cache meanwhile

/// The table once more as strips of kStep columns, padded with zeros: [strip][cluster][kStep]. A
/// strip is read from begin to end, which the caches foresee.
class Strips {
 public:
  explicit Strips(const ClusterTable& table)
      : clusters_(table.clusters()),
        count_((table.width() + kStep - 1) / kStep),
        values_(count_ * clusters_ * kStep) {
    for (std::size_t c = 0; c < clusters_; ++c) {
      const std::span<const double> row = table.row(c);
      for (std::size_t k = 0; k < row.size(); ++k) {
        values_[(k / kStep * clusters_ + c) * kStep + k % kStep] = row[k];
      }
    }
  }
  std::size_t clusters() const { return clusters_; }
  std::size_t count() const { return count_; }
  const double* at(std::size_t strip, std::size_t cluster) const {
    return values_.data() + (strip * clusters_ + cluster) * kStep;
  }

 private:
  std::size_t clusters_, count_;
  std::vector<double> values_;
};

using Sums = std::array<std::vector<double>, kTogether>;  // by resample: one padded row
using Weights = std::array<std::vector<std::uint16_t>, kTogether>;

// sums[r][k] += weights[c][r] * strip[c][k]. Each sum is made in
// the order of clusters, with a multiplication and an addition apart (-ffp-contract=off), so that
// the width of the machine's vectors changes nothing.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_THREAD__)
__attribute__((target_clones("avx2", "default")))
#endif
void add_tile(const double* strip, std::size_t clusters, const double* weights,
              std::array<double*, kTogether> sums) {
  double acc[kTogether][kStep];
  for (std::size_t r = 0; r < kTogether; ++r) {
    for (std::size_t k = 0; k < kStep; ++k) acc[r][k] = sums[r][k];
  }
  for (std::size_t c = 0; c < clusters; ++c) {
    const double* const row = strip + c * kStep;
    for (std::size_t r = 0; r < kTogether; ++r) {
      const double weight = weights[c * kTogether + r];
      for (std::size_t k = 0; k < kStep; ++k) acc[r][k] += weight * row[k];
    }
  }
  for (std::size_t r = 0; r < kTogether; ++r) {
    for (std::size_t k = 0; k < kStep; ++k) sums[r][k] = acc[r][k];
  }
}

class Resampler {
 public:
  Resampler(const Strips& strips, std::size_t width, Weighting weighting,
            const ResamplingOptions& options)
      : strips_(strips),
        width_(width),
        weighting_(weighting),
        options_(options),
        tile_(kTile * kTogether) {
    for (auto& weights : weights_) weights.resize(strips.clusters());
    for (auto& sums : sums_) sums.resize(strips.count() * kStep);
  }

  template <class Visit>
  void run(std::size_t first, Visit visit) {
    const std::size_t count = std::min(kTogether, options_.resamples - first);
    for (std::size_t r = 0; r < kTogether; ++r) {
      std::fill(sums_[r].begin(), sums_[r].end(), 0.0);
      if (r < count) draw_weights(weighting_, options_.seed, first + r, weights_[r]);
    }
    for (std::size_t begin = 0; begin < strips_.clusters(); begin += kTile) {
      const std::size_t size = std::min(kTile, strips_.clusters() - begin);
      for (std::size_t c = 0; c < size; ++c) {
        for (std::size_t r = 0; r < kTogether; ++r) {
          tile_[c * kTogether + r] = weights_[r][begin + c];
        }
      }
      for (std::size_t s = 0; s < strips_.count(); ++s) {
        const std::size_t k = s * kStep;
        add_tile(strips_.at(s, begin), size, tile_.data(),
                 {&sums_[0][k], &sums_[1][k], &sums_[2][k], &sums_[3][k]});
      }
    }
    for (std::size_t r = 0; r < count; ++r) {
      visit(first + r, std::span<const double>(sums_[r]).first(width_));
    }
  }

 private:
  const Strips& strips_;
  const std::size_t width_;
  const Weighting weighting_;
  const ResamplingOptions& options_;
  Weights weights_;
  Sums sums_;
  std::vector<double> tile_;
};

}  // namespace

void resampled_sums(const ClusterTable& table, Weighting weighting,
                    const ResamplingOptions& options,
                    const std::function<void(std::size_t, std::span<const double>)>& visit) {
  if (table.clusters() == 0) return;
  const Strips strips(table);
  parallel_blocks(options.threads, options.resamples, kTogether, [&] {
    return [&visit, resampler = Resampler(strips, table.width(), weighting, options)](
               std::size_t first, std::size_t) mutable { resampler.run(first, visit); };
  });
}

}  // namespace vernier
