#include "judges/chat/remote/exchange/exchange.h"

#include <algorithm>

#include "base/io/interrupt.h"

namespace vernier::chat {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kStep{50};  // between looks at interruptions

struct DropAll {
  HttpClient& client;
  ~DropAll() { client.drop_all(); }
};

}  // namespace

Exchange::Exchange(HttpClient& client, ExchangeTasks& tasks, const RetryPolicy& policy,
                   std::size_t in_flight)
    : client_(client), tasks_(tasks), policy_(policy), in_flight_(in_flight) {}

void Exchange::run(std::size_t count) {
  const DropAll at_the_end{client_};
  next_ = flying_ = 0;
  waiting_.clear();
  failures_.clear();
  for (;;) {
    check_interrupt();
    tasks_.look_around();
    send_what_is_due(count);
    if (flying_ == 0 && waiting_.empty() && next_ == count) break;
    for (const HttpReply& reply : client_.wait(until_next(count))) take(reply);
  }
  tasks_.look_around();
}

void Exchange::send_what_is_due(std::size_t count) {
  const Clock::time_point now = Clock::now();
  if (now < quiet_until_) return;
  while (flying_ < in_flight_) {
    if (!waiting_.empty() && waiting_.begin()->first <= now) {
      const std::size_t index = waiting_.begin()->second;
      waiting_.erase(waiting_.begin());
      send(index);
    } else if (next_ < count) {
      send(next_++);
    } else {
      return;
    }
  }
}

void Exchange::send(std::size_t index) {
  std::optional<HttpRequest> request = tasks_.request(index);
  if (!request) return;
  client_.start(index, std::move(*request));
  ++flying_;
}

void Exchange::take(const HttpReply& reply) {
  --flying_;
  const unsigned failures = failures_[reply.tag] + 1;
  const auto asked = reply.retry_after.value_or(std::chrono::seconds(0));
  const bool last = failures >= policy_.tries || asked > policy_.longest_retry_after;
  const Next next = tasks_.reply(reply.tag, reply, last);
  const Clock::time_point now = Clock::now();
  if (next == Next::kAtOnce) {
    waiting_.emplace(now, reply.tag);
  } else if (next == Next::kLater && !last) {
    failures_[reply.tag] = failures;
    const auto delay = std::max<milliseconds>(back_off(policy_, reply.tag, failures), asked);
    waiting_.emplace(now + delay, reply.tag);
    const bool busy = reply.status == 429 || reply.status == 503;
    if (busy) quiet_until_ = std::max(quiet_until_, now + asked);
  } else {
    failures_.erase(reply.tag);
  }
}

milliseconds Exchange::until_next(std::size_t count) const {
  const Clock::time_point now = Clock::now();
  if (flying_ >= in_flight_) return kStep;  // only a reply makes room
  Clock::time_point then = now + kStep;
  if (next_ < count) then = std::min(then, quiet_until_);
  if (!waiting_.empty()) then = std::min(then, std::max(waiting_.begin()->first, quiet_until_));
  // Rounded up: a little early is a turn for nothing.
  return std::max(std::chrono::ceil<milliseconds>(then - now), milliseconds(0));
}

}  // namespace vernier::chat
