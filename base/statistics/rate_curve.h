// Shares of bad cases along a curve, with captions (or whatever cases come in) as clusters.
#pragma once

#include <cstdint>
#include <vector>

namespace vernier {

/// Of so many cases, so many are bad; captions are the clusters of the interval (95 %, normal
/// approximation of the ratio of sums).
struct RatePoint {
  double from = 0, to = 0;  ///< of what the curve is drawn over: [from, to), but for positions
  std::uint64_t cases = 0, bad = 0;
  double rate = 0, low = 0, high = 0;  ///< NaN without cases
};

/// Sums by point, and by caption what an interval of their ratio needs.
class RateCurve {
 public:
  explicit RateCurve(std::size_t points)
      : points_(points), cases_(points), bad_(points), sums_(points) {}

  RatePoint& point(std::size_t p) { return points_[p]; }
  void add(std::size_t p, bool bad) {
    ++cases_[p];
    bad_[p] += bad;
  }
  void end_caption();
  /// Points at the end that nothing fell into go.
  std::vector<RatePoint> finish();

 private:
  struct Sums {
    double xx = 0, xn = 0, nn = 0;
  };
  std::vector<RatePoint> points_;
  std::vector<std::uint64_t> cases_, bad_;
  std::vector<Sums> sums_;
};

/// The curve over the numbers of sentences: 1, 2, ...; the last point holds the rest.
class SentenceCurve : public RateCurve {
 public:
  static constexpr std::size_t kPoints = 10;
  SentenceCurve();
  /// `sentence` from 0.
  void add(std::size_t sentence, bool bad);
};

/// The curve over the places of words, in steps of 16; the last point holds the rest.
class TokenCurve : public RateCurve {
 public:
  static constexpr std::size_t kPoints = 16, kStep = 16;
  TokenCurve();
  /// `token` from 0.
  void add(std::size_t token, bool bad);
};

}  // namespace vernier
