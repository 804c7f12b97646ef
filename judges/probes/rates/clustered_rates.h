// Shares by bin, with intervals that know that the cases of one caption hang together.
#pragma once

#include <cstdint>
#include <vector>

namespace vernier::probes {

/// Of so many cases, so many are bad; captions are the clusters of the interval (95 %, normal
/// approximation of the ratio of sums).
struct RatePoint {
  double from = 0, to = 0;  ///< of what the curve is drawn over: [from, to), but for positions
  std::uint64_t cases = 0, bad = 0;
  double rate = 0, low = 0, high = 0;  ///< NaN without cases
};

class ClusteredRates {
 public:
  explicit ClusteredRates(std::size_t bins)
      : points_(bins), cases_(bins), bad_(bins), sums_(bins) {}

  /// For its from and to.
  RatePoint& point(std::size_t bin) { return points_[bin]; }
  void add(std::size_t bin, bool bad) {
    ++cases_[bin];
    bad_[bin] += bad;
  }
  void end_cluster();
  /// Bins at the end that nothing fell into go.
  std::vector<RatePoint> finish();

 private:
  struct Sums {
    double xx = 0, xn = 0, nn = 0;  // over clusters: of bad x and cases n
  };
  std::vector<RatePoint> points_;
  std::vector<std::uint64_t> cases_, bad_;  // of the cluster at hand
  std::vector<Sums> sums_;
};

}  // namespace vernier::probes
