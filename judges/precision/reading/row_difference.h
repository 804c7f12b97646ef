// How two rows of logits for the same place differ.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace vernier::logits {

/// One token of a text, and what two models, A and B, expected in its place.
struct TokenDrift {
  std::uint32_t token = 0;
  double kl = 0;  ///< KL(A || B) of the distributions over all tokens, in nats; never negative
  double log_p_a = 0, log_p_b = 0;       ///< log-probabilities of the token
  double mean_delta = 0;                 ///< of |logit in B - logit in A| over all tokens, ...
  double max_delta = 0;                  ///< ... less their mean difference, which softmax ignores
  std::uint32_t best_a = 0, best_b = 0;  ///< likeliest tokens, the lowest of equally likely ones

  bool same_top() const { return best_a == best_b; }
};

/// Computes in double precision; keeps its memory between calls. Equal rows give exactly 0.
class RowDifference {
 public:
  /// Rows of one length, above the token.
  TokenDrift operator()(std::span<const float> a, std::span<const float> b, std::uint32_t token);

 private:
  std::vector<double> exp_a_, exp_b_;
};

}  // namespace vernier::logits
