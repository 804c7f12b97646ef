// HTTP as the remote backend needs it: many requests in flight, seen from one thread. The real one
// is a plugin (plugin.h); tests bring their own.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vernier::chat {

/// A longer answer than this is not read to its end.
constexpr std::size_t kMostReplyBytes = std::size_t{16} << 20;

struct HttpRequest {
  std::string url;      ///< http:// or https://
  std::string body;     ///< JSON for a POST; empty: a GET
  std::string bearer;   ///< sent as "Authorization: Bearer ..."; empty: no such line
  bool direct = false;  ///< past the proxies that the environment names: for this machine itself
  std::chrono::milliseconds limit{120'000};  ///< from the connection to the last byte
};

/// Why no whole answer arrived.
enum class HttpTrouble : std::uint8_t {
  kNone,
  kUnreachable,  ///< no such host, or nobody listens there
  kUntrusted,    ///< the server's certificate, or no common kind of encryption
  kTimeout,
  kTooLong,  ///< more than kMostReplyBytes, after decompression
  kBroken,   ///< cut off, not HTTP, not the compression that it says
};

struct HttpReply {
  std::size_t tag = 0;  ///< of the request
  HttpTrouble trouble = HttpTrouble::kNone;
  std::string error;  ///< in words, where there was trouble
  int status = 0;     ///< 200, 404, ...; meaningful without trouble only
  std::string body;
  std::string redirect;  ///< where a 3xx points to; redirects are not followed
  std::optional<std::chrono::seconds> retry_after;
};

/// Neither throws nor calls back. A request is sent once: trying again is the caller's.
class HttpClient {
 public:
  virtual ~HttpClient() = default;

  /// Begins a request; `tag` comes back with its reply.
  virtual void start(std::size_t tag, HttpRequest request) = 0;
  /// Moves all requests on until a reply is there, at most so long. Waits the whole time where
  /// nothing is in flight. Returns what has arrived, in order of arrival.
  virtual std::vector<HttpReply> wait(std::chrono::milliseconds most) = 0;
  /// Ends everything in flight, without replies.
  virtual void drop_all() = 0;
};

}  // namespace vernier::chat
