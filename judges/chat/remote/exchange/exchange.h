// Keeps a server busy with many requests: so many in flight, failed ones again later.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <vector>

#include "judges/chat/remote/exchange/retry.h"
#include "judges/chat/remote/http/http_client.h"

namespace vernier::chat {

/// What becomes of a request after a reply.
enum class Next : std::uint8_t {
  kDone,
  kLater,   ///< again, after a while; a try is used up
  kAtOnce,  ///< again, changed; no try is used up
};

/// What is asked and who hears the answers. All calls come from the thread that calls run(), and
/// may throw; nothing more is sent then.
class ExchangeTasks {
 public:
  virtual ~ExchangeTasks() = default;
  /// The request in its present form; nothing where it needs no server.
  virtual std::optional<HttpRequest> request(std::size_t index) = 0;
  /// `last`: it will not be sent again; kLater counts as kDone.
  virtual Next reply(std::size_t index, const HttpReply& reply, bool last) = 0;
  /// Between replies, every few hundredths of a second, and at the end: the place to throw from
  /// when everything is to end.
  virtual void look_around() {}
};

class Exchange {
 public:
  /// `client` and `tasks` must outlive it. `in_flight` > 0.
  Exchange(HttpClient& client, ExchangeTasks& tasks, const RetryPolicy& policy,
           std::size_t in_flight);

  /// Sends requests 0 ... count - 1, in this order but for those that are sent again, and returns
  /// when all are done. A server that says 429 or 503 with Retry-After gets nothing new until
  /// then. Throws what tasks throw; Error(kInterrupted), Error(kTerminated) within a tenth of a
  /// second of a signal. Nothing is in flight afterwards, whatever happened.
  void run(std::size_t count);

 private:
  using Clock = std::chrono::steady_clock;

  void send_what_is_due(std::size_t count);
  void send(std::size_t index);
  void take(const HttpReply& reply);
  std::chrono::milliseconds until_next(std::size_t count) const;

  HttpClient& client_;
  ExchangeTasks& tasks_;
  RetryPolicy policy_;
  std::size_t in_flight_;

  std::size_t next_ = 0;                                   // first request never sent
  std::size_t flying_ = 0;                                 // requests in flight
  std::multimap<Clock::time_point, std::size_t> waiting_;  // to be sent again
  std::map<std::size_t, unsigned> failures_;               // of requests not done
  Clock::time_point quiet_until_{};
};

}  // namespace vernier::chat
