#include "base/statistics/rate_curve.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vernier {

void RateCurve::end_caption() {
  for (std::size_t p = 0; p < points_.size(); ++p) {
    if (cases_[p] == 0) continue;
    const double n = static_cast<double>(cases_[p]), x = static_cast<double>(bad_[p]);
    points_[p].cases += cases_[p];
    points_[p].bad += bad_[p];
    sums_[p].xx += x * x;
    sums_[p].xn += x * n;
    sums_[p].nn += n * n;
    cases_[p] = bad_[p] = 0;
  }
}

std::vector<RatePoint> RateCurve::finish() {
  for (std::size_t b = 0; b < points_.size(); ++b) {
    RatePoint& p = points_[b];
    if (p.cases == 0) {
      p.rate = p.low = p.high = std::numeric_limits<double>::quiet_NaN();
      continue;
    }
    const double n = static_cast<double>(p.cases);
    p.rate = static_cast<double>(p.bad) / n;
    // sum over captions of (x - rate n)^2
    const double square = sums_[b].xx - 2 * p.rate * sums_[b].xn + p.rate * p.rate * sums_[b].nn;
    const double margin = 1.959964 * std::sqrt(std::max(0.0, square)) / n;
    p.low = std::max(0.0, p.rate - margin);
    p.high = std::min(1.0, p.rate + margin);
  }
  while (!points_.empty() && points_.back().cases == 0) points_.pop_back();
  return std::move(points_);
}

SentenceCurve::SentenceCurve() : RateCurve(kPoints) {
  for (std::size_t p = 0; p < kPoints; ++p)
    point(p).from = point(p).to = static_cast<double>(p + 1);
}

void SentenceCurve::add(std::size_t sentence, bool bad) {
  RateCurve::add(std::min(sentence, kPoints - 1), bad);
}

TokenCurve::TokenCurve() : RateCurve(kPoints) {
  for (std::size_t p = 0; p < kPoints; ++p) {
    point(p).from = static_cast<double>(p * kStep + 1);
    point(p).to = static_cast<double>((p + 1) * kStep);
  }
}

void TokenCurve::add(std::size_t token, bool bad) {
  RateCurve::add(std::min(token / kStep, kPoints - 1), bad);
}

}  // namespace vernier
