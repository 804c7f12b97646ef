#include "judges/precision/reading/row_difference.h"

#include <algorithm>
#include <cmath>

namespace vernier::logits {
namespace {

struct Softmax {
  std::uint32_t best;
  double sum;      // of exp(logit - the largest), which `exp` holds
  double log_sum;  // of exp(logit)
};

Softmax softmax(std::span<const float> logits, std::vector<double>& exp) {
  const auto best = std::ranges::max_element(logits);
  Softmax out{static_cast<std::uint32_t>(best - logits.begin()), 0, 0};
  const double largest = *best;
  exp.resize(logits.size());
  for (std::size_t i = 0; i < logits.size(); ++i) {
    exp[i] = std::exp(logits[i] - largest);
    out.sum += exp[i];
  }
  out.log_sum = largest + std::log(out.sum);
  return out;
}

}  // namespace

TokenDrift RowDifference::operator()(std::span<const float> a, std::span<const float> b,
                                     std::uint32_t token) {
  const Softmax soft_a = softmax(a, exp_a_), soft_b = softmax(b, exp_b_);
  const double shift = soft_b.log_sum - soft_a.log_sum;
  const double share_a = 1 / soft_a.sum, share_b = 1 / soft_b.sum;
  double kl = 0, offset = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double delta = static_cast<double>(b[i]) - a[i];
    const double p_a = exp_a_[i] * share_a, p_b = exp_b_[i] * share_b;
    // p_b - p_a adds up to 0; with it no summand is negative, so none cancels another.
    kl += p_a * (shift - delta) + (p_b - p_a);
    offset += delta;
  }
  TokenDrift out;
  out.token = token;
  out.kl = std::max(kl, 0.0);
  out.log_p_a = a[token] - soft_a.log_sum;
  out.log_p_b = b[token] - soft_b.log_sum;
  out.best_a = soft_a.best;
  out.best_b = soft_b.best;
  offset /= static_cast<double>(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double distance = std::abs(static_cast<double>(b[i]) - a[i] - offset);
    out.mean_delta += distance;
    out.max_delta = std::max(out.max_delta, distance);
  }
  out.mean_delta /= static_cast<double>(a.size());
  return out;
}

}  // namespace vernier::logits
