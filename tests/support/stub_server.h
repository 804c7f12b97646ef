// An HTTP server on a loopback port of this process that answers as a test says.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace vernier::tests {

struct StubRequest {
  std::string method, path, body;
  std::map<std::string, std::string> headers;  ///< by names in lower case
  std::string head;                            ///< request line and headers as they came
};

struct StubReply {
  int status = 200;
  std::string body;
  std::vector<std::string> headers;  ///< "Name: value"
  std::chrono::milliseconds delay{0};
  std::string raw;  ///< where not empty: exactly these bytes, then the connection is closed
};

class StubServer {
 public:
  using Answer = std::function<StubReply(const StubRequest&)>;

  /// `answer` is never called twice at a time.
  explicit StubServer(Answer answer) : answer_(std::move(answer)) {
    socket_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* any = reinterpret_cast<sockaddr*>(&address);
    if (socket_ < 0 || bind(socket_, any, size) != 0 || listen(socket_, 256) != 0 ||
        getsockname(socket_, any, &size) != 0) {
      throw std::runtime_error("no loopback port");
    }
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this] { accept_all(); });
  }
  ~StubServer() { stop(); }
  StubServer(const StubServer&) = delete;
  StubServer& operator=(const StubServer&) = delete;

  int port() const { return port_; }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  /// Most requests that waited for an answer at a time.
  std::size_t most_at_a_time() const {
    const std::lock_guard lock(mutex_);
    return most_;
  }
  std::vector<StubRequest> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }
  std::size_t count(const std::string& path) const {
    const std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(std::ranges::count(requests_, path, &StubRequest::path));
  }

  /// Closes all connections; new ones are refused.
  void stop() {
    {
      const std::lock_guard lock(mutex_);
      if (stopped_) return;
      stopped_ = true;
      shutdown(socket_, SHUT_RDWR);
      for (const int connection : open_) shutdown(connection, SHUT_RDWR);
    }
    wake_.notify_all();
    acceptor_.join();
    for (std::thread& thread : threads_) thread.join();
    close(socket_);
  }

 private:
  void accept_all() {
    for (;;) {
      const int connection = accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
      const std::lock_guard lock(mutex_);
      if (stopped_ || connection < 0) {
        if (connection >= 0) close(connection);
        return;
      }
      open_.push_back(connection);
      threads_.emplace_back([this, connection] { serve(connection); });
    }
  }

  void serve(int connection) {
    std::string bytes;
    StubRequest request;
    while (read_request(connection, bytes, request) && answer(connection, request)) {
    }
    const std::lock_guard lock(mutex_);
    std::erase(open_, connection);
    close(connection);
  }

  bool answer(int connection, const StubRequest& request) {
    StubReply reply;
    {
      std::unique_lock lock(mutex_);
      requests_.push_back(request);
      most_ = std::max(most_, ++waiting_);
      reply = answer_(request);
      wake_.wait_for(lock, reply.delay, [&] { return stopped_; });
      --waiting_;
      if (stopped_) return false;
    }
    if (!reply.raw.empty()) {
      send_all(connection, reply.raw);
      return false;
    }
    std::string head = "HTTP/1.1 " + std::to_string(reply.status) + " Status\r\n";
    for (const std::string& line : reply.headers) head += line + "\r\n";
    head += "Content-Length: " + std::to_string(reply.body.size()) + "\r\n\r\n";
    return send_all(connection, head + reply.body);
  }

  static bool send_all(int connection, const std::string& bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
      const ssize_t n = send(connection, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
      if (n <= 0) return false;
      at += static_cast<std::size_t>(n);
    }
    return true;
  }

  /// `bytes`: what was read beyond the last request.
  static bool read_request(int connection, std::string& bytes, StubRequest& request) {
    const auto more = [&] {
      char buffer[1 << 14];
      const ssize_t n = recv(connection, buffer, sizeof buffer, 0);
      if (n > 0) bytes.append(buffer, static_cast<std::size_t>(n));
      return n > 0;
    };
    std::size_t end = 0;
    while ((end = bytes.find("\r\n\r\n")) == std::string::npos) {
      if (!more()) return false;
    }
    request = {};
    request.head = bytes.substr(0, end + 2);
    bytes.erase(0, end + 4);
    read_head(request);
    const auto length = request.headers.find("content-length");
    const std::size_t size = length == request.headers.end() ? 0 : std::stoul(length->second);
    while (bytes.size() < size) {
      if (!more()) return false;
    }
    request.body = bytes.substr(0, size);
    bytes.erase(0, size);
    return true;
  }

  static void read_head(StubRequest& request) {
    std::size_t begin = 0;
    for (std::size_t line_end; (line_end = request.head.find("\r\n", begin)) != std::string::npos;
         begin = line_end + 2) {
      const std::string line = request.head.substr(begin, line_end - begin);
      if (begin == 0) {
        const std::size_t first = line.find(' '), second = line.rfind(' ');
        request.method = line.substr(0, first);
        request.path = line.substr(first + 1, second - first - 1);
        continue;
      }
      const std::size_t colon = line.find(':');
      std::string name = line.substr(0, colon);
      std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
      request.headers[name] = line.substr(std::min(colon + 2, line.size()));
    }
  }

  Answer answer_;
  int socket_ = -1, port_ = 0;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  bool stopped_ = false;
  std::vector<int> open_;
  std::vector<StubRequest> requests_;
  std::size_t waiting_ = 0, most_ = 0;
  std::vector<std::thread> threads_;
  std::thread acceptor_;
};

}  // namespace vernier::tests
