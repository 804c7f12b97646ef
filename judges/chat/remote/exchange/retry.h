// When a request is sent again, and how long later.
#pragma once

#include <chrono>
#include <cstddef>

#include "judges/chat/remote/http/http_client.h"

namespace vernier::chat {

struct RetryPolicy {
  /// How often a request is sent at most, the first time included.
  unsigned tries = 5;
  /// After the first failure a request waits between half of this time and the whole; after each
  /// further one twice as long,
  std::chrono::milliseconds first_delay{500};
  /// but no longer than this; longer where the server asks for it (Retry-After),
  std::chrono::milliseconds longest_delay{30'000};
  /// up to this: a server that asks for more is taken to have failed.
  std::chrono::seconds longest_retry_after{300};
};

/// Whether the same request may fare better later: timeouts, connections that break or are not
/// there, 408, 409, 425, 429 and 5xx.
bool may_pass(const HttpReply& reply);

/// How long request `index` waits after its `failures`th failure (from 1). The same request waits
/// equally long in every run; different ones spread, so that they do not come back all at once.
std::chrono::milliseconds back_off(const RetryPolicy& policy, std::size_t index, unsigned failures);

}  // namespace vernier::chat
