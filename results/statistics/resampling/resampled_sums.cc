#include "results/statistics/resampling/resampled_sums.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "results/statistics/resampling/philox.h"

namespace vernier {
namespace {

constexpr std::size_t kTogether = 4;  // resamples that one pass over the table serves
constexpr std::size_t kTile = 256;    // clusters whose sums stay in the cache meanwhile
constexpr std::size_t kStep = ClusterTable::kStep;

using Sums = std::array<std::vector<double>, kTogether>;  // by resample: one padded row
using Weights = std::array<std::vector<std::uint16_t>, kTogether>;

// One stream a resample. Bootstrap and coin streams of one seed differ in their top bit.
void draw(Weighting weighting, std::uint64_t seed, std::size_t resample,
          std::vector<std::uint16_t>& weights) {
  const auto clusters = static_cast<std::uint32_t>(weights.size());
  if (weighting == Weighting::kBootstrap) {
    PhiloxStream stream(seed, resample);
    std::fill(weights.begin(), weights.end(), std::uint16_t{0});
    for (std::uint32_t i = 0; i < clusters; ++i) ++weights[stream.below(clusters)];
    return;
  }
  PhiloxStream stream(seed, resample | std::uint64_t{1} << 63);
  std::uint32_t bits = 0;
  for (std::uint32_t i = 0; i < clusters; ++i) {
    if (i % 32 == 0) bits = stream.next();
    weights[i] = static_cast<std::uint16_t>(bits >> i % 32 & 1);
  }
}

// sums[r][k] += weights[r][c] * row(c)[k] for kStep columns from `column` on. Each sum is made in
// the order of clusters, with a multiplication and an addition apart (-ffp-contract=off), so that
// the width of the machine's vectors changes nothing.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_THREAD__)
__attribute__((target_clones("avx2", "default")))
#endif
void add_tile(const double* rows, std::size_t stride, std::size_t clusters,
              const double* weights, std::array<double*, kTogether> sums) {
  double acc[kTogether][kStep];
  for (std::size_t r = 0; r < kTogether; ++r) {
    for (std::size_t k = 0; k < kStep; ++k) acc[r][k] = sums[r][k];
  }
  for (std::size_t c = 0; c < clusters; ++c) {
    const double* const row = rows + c * stride;
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
  Resampler(const ClusterTable& table, Weighting weighting, const ResamplingOptions& options)
      : table_(table), weighting_(weighting), options_(options), tile_(kTile * kTogether) {
    for (auto& weights : weights_) weights.resize(table.clusters());
    for (auto& sums : sums_) sums.resize(table.stride());
  }

  template <class Visit>
  void run(std::size_t first, Visit visit) {
    const std::size_t count = std::min(kTogether, options_.resamples - first);
    for (std::size_t r = 0; r < kTogether; ++r) {
      std::fill(sums_[r].begin(), sums_[r].end(), 0.0);
      if (r < count) draw(weighting_, options_.seed, first + r, weights_[r]);
    }
    for (std::size_t begin = 0; begin < table_.clusters(); begin += kTile) {
      const std::size_t size = std::min(kTile, table_.clusters() - begin);
      for (std::size_t c = 0; c < size; ++c) {
        for (std::size_t r = 0; r < kTogether; ++r) {
          tile_[c * kTogether + r] = weights_[r][begin + c];
        }
      }
      for (std::size_t k = 0; k < table_.stride(); k += kStep) {
        add_tile(table_.padded_row(begin) + k, table_.stride(), size, tile_.data(),
                 {&sums_[0][k], &sums_[1][k], &sums_[2][k], &sums_[3][k]});
      }
    }
    for (std::size_t r = 0; r < count; ++r) {
      visit(first + r, std::span<const double>(sums_[r]).first(table_.width()));
    }
  }

 private:
  const ClusterTable& table_;
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
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::exception_ptr failure;
  const auto work = [&] {
    try {
      Resampler resampler(table, weighting, options);
      for (std::size_t first; (first = next.fetch_add(kTogether)) < options.resamples;) {
        resampler.run(first, visit);
      }
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::current_exception();
    }
  };
  std::vector<std::thread> others;
  for (unsigned t = 1; t < options.threads; ++t) others.emplace_back(work);
  work();
  for (std::thread& other : others) other.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace vernier
