#include "judges/chat/remote/exchange/retry.h"

#include <algorithm>
#include <cmath>

#include "base/hash.h"

namespace vernier::chat {

bool may_pass(const HttpReply& reply) {
  switch (reply.trouble) {
    case HttpTrouble::kUnreachable:
    case HttpTrouble::kTimeout:
    case HttpTrouble::kBroken:
      return true;
    case HttpTrouble::kUntrusted:
    case HttpTrouble::kTooLong:
      return false;
    case HttpTrouble::kNone:
      break;
  }
  const int status = reply.status;
  return status == 408 || status == 409 || status == 425 || status == 429 || status >= 500;
}

std::chrono::milliseconds back_off(const RetryPolicy& policy, std::size_t index,
                                   unsigned failures) {
  const double doubled = std::ldexp(static_cast<double>(policy.first_delay.count()),
                                    static_cast<int>(std::min(failures, 64U)) - 1);
  const double whole = std::min(doubled, static_cast<double>(policy.longest_delay.count()));
  const std::uint64_t random = mix(index + 0x9E3779B97F4A7C15U, failures * 0xD6E8FEB86659FD93U);
  const double share = static_cast<double>(random >> 11) * 0x1p-53;  // [0, 1)
  return std::chrono::milliseconds(std::llround(whole * (0.5 + 0.5 * share)));
}

}  // namespace vernier::chat
