// Two models side by side: what each expects at every place of the same texts.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "judges/chat/local/local_model.h"
#include "judges/precision/reading/row_difference.h"

namespace vernier::logits {

struct DriftOptions {
  /// Requests that A reads before B reads them. The results are the same bits for any number.
  std::size_t portion = 32;
  /// Memory for A's logits. Where the texts of a portion need more, it is made smaller, and one
  /// long text is read several times.
  std::size_t row_bytes = std::size_t{256} << 20;
};

/// A request whose answer both models were made to give.
struct RequestDrift {
  std::string error;               ///< one line, where there is nothing to compare; else empty
  std::vector<TokenDrift> tokens;  ///< of the answer; the last one ends it
};

/// Called with a request's number and what came of it, in the order of the requests. May throw.
using DriftDone = std::function<void(std::size_t, RequestDrift)>;

/// Requests have `forced` (Error kInternal). Throws Error(kIncomplete) for models that are not
/// comparable (comparable.h). Requests that one of them cannot read, or cuts into other tokens than
/// the other, get an error.
void logit_drift(chat::LocalModel& a, chat::LocalModel& b,
                 std::span<const chat::ChatRequest> requests, const DriftOptions& options,
                 const DriftDone& done);

}  // namespace vernier::logits
