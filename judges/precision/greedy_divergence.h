// How long two models say the same when each goes its own way.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <string>

#include "judges/chat/local/local_model.h"

namespace vernier::logits {

/// Greedy answers of two models, A and B, to one request, token by token.
struct GreedyPair {
  std::string error;  ///< one line, where one of them gave no answer; else empty
  std::string text_a, text_b;
  std::size_t tokens_a = 0, tokens_b = 0;
  bool equal = false;
  /// Where they do not: how many tokens they begin with alike, ...
  std::size_t common = 0;
  /// ... and by how much of a logit (nats) the token that A chose next was likelier to it than its
  /// second likeliest. A small gap is a near-tie, which any rounding can turn. The same in B.
  double gap_a = std::numeric_limits<double>::quiet_NaN();
  double gap_b = std::numeric_limits<double>::quiet_NaN();
  bool second = false;  ///< B's token is A's second likeliest
};

using GreedyDone = std::function<void(std::size_t, GreedyPair)>;

/// Calls done(i, pair) in the order of the requests, which have no `forced` (Error kInternal);
/// `portion` of them are answered by A before B does. Throws Error(kIncomplete) for models that are
/// not comparable (comparable.h).
void greedy_divergence(chat::LocalModel& a, chat::LocalModel& b,
                       std::span<const chat::ChatRequest> requests, std::size_t portion,
                       const GreedyDone& done);

}  // namespace vernier::logits
