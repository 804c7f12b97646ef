// The only file that includes curl.h; a shared object of its own. Everything happens on the
// caller's thread, in curl's "multi" interface.
#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "judges/chat/remote/http/plugin.h"

namespace vernier::chat {
namespace {

using std::chrono::milliseconds;

// A server that does not answer the call at all is found out sooner than one that thinks long.
constexpr milliseconds kMostConnecting{20'000};

struct CloseEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct CloseMulti {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
struct FreeHeaders {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

struct Transfer {
  HttpRequest request;  // curl reads the body from here
  HttpReply reply;
  std::unique_ptr<curl_slist, FreeHeaders> headers;
  std::array<char, CURL_ERROR_SIZE> error{};
  std::unique_ptr<CURL, CloseEasy> easy;
};

extern "C" std::size_t vernier_http_receive(char* bytes, std::size_t size, std::size_t count,
                                            void* transfer) {
  std::string& body = static_cast<Transfer*>(transfer)->reply.body;
  const std::size_t n = size * count;
  if (n > kMostReplyBytes - body.size()) {
    static_cast<Transfer*>(transfer)->reply.trouble = HttpTrouble::kTooLong;
    return 0;  // ends the transfer
  }
  body.append(bytes, n);
  return n;
}

HttpTrouble trouble_of(CURLcode code) {
  switch (code) {
    case CURLE_OK:
      return HttpTrouble::kNone;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
      return HttpTrouble::kUnreachable;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_CIPHER:
      return HttpTrouble::kUntrusted;
    case CURLE_OPERATION_TIMEDOUT:
      return HttpTrouble::kTimeout;
    default:
      return HttpTrouble::kBroken;
  }
}

bool add_header(Transfer& transfer, const std::string& line) {
  curl_slist* longer = curl_slist_append(transfer.headers.get(), line.c_str());
  if (longer == nullptr) return false;
  static_cast<void>(transfer.headers.release());  // its first node stays the same
  transfer.headers.reset(longer);
  return true;
}

/// False where there is no memory.
bool prepare(Transfer& transfer) {
  transfer.easy.reset(curl_easy_init());
  CURL* easy = transfer.easy.get();
  if (easy == nullptr) return false;
  const HttpRequest& request = transfer.request;
  bool fine = true;
  const auto set = [&](CURLoption option, auto value) {
    fine = fine && curl_easy_setopt(easy, option, value) == CURLE_OK;
  };
  set(CURLOPT_URL, request.url.c_str());
  set(CURLOPT_PRIVATE, &transfer);
  set(CURLOPT_WRITEFUNCTION, &vernier_http_receive);
  set(CURLOPT_WRITEDATA, &transfer);
  set(CURLOPT_ERRORBUFFER, transfer.error.data());
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(request.limit.count()));
  set(CURLOPT_CONNECTTIMEOUT_MS,
      static_cast<long>(std::min(request.limit, kMostConnecting).count()));
  set(CURLOPT_ACCEPT_ENCODING, "gzip");
  if (request.direct) set(CURLOPT_NOPROXY, "*");
  // As other programs have it: certificates that a company signs itself.
  if (const char* trusted = std::getenv("SSL_CERT_FILE")) set(CURLOPT_CAINFO, trusted);
  fine = fine && add_header(transfer, "Accept: application/json") &&
         add_header(transfer, "User-Agent: vernier");
  if (!request.body.empty()) {
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    set(CURLOPT_POSTFIELDS, request.body.c_str());
    // Without "Expect:" curl waits a second for servers to allow a large body.
    fine = fine && add_header(transfer, "Content-Type: application/json") &&
           add_header(transfer, "Expect:");
  }
  if (!request.bearer.empty()) {
    fine = fine && add_header(transfer, "Authorization: Bearer " + request.bearer);
  }
  set(CURLOPT_HTTPHEADER, transfer.headers.get());
  return fine;
}

class CurlClient final : public HttpClient {
 public:
  ~CurlClient() override { CurlClient::drop_all(); }

  bool open() {
    multi_.reset(curl_multi_init());
    return multi_ != nullptr;
  }

  void start(std::size_t tag, HttpRequest request) override {
    auto transfer = std::make_unique<Transfer>();
    transfer->request = std::move(request);
    transfer->reply.tag = tag;
    if (!prepare(*transfer) ||
        curl_multi_add_handle(multi_.get(), transfer->easy.get()) != CURLM_OK) {
      transfer->reply.trouble = HttpTrouble::kBroken;
      transfer->reply.error = "libcurl does not take the request";
      arrived_.push_back(std::move(transfer->reply));
      return;
    }
    transfers_.push_back(std::move(transfer));
  }

  std::vector<HttpReply> wait(milliseconds most) override {
    move_on();
    if (arrived_.empty() && most.count() > 0) {
      curl_multi_poll(multi_.get(), nullptr, 0, static_cast<int>(most.count()), nullptr);
      move_on();
    }
    return std::exchange(arrived_, {});
  }

  void drop_all() override {
    for (const auto& transfer : transfers_) {
      curl_multi_remove_handle(multi_.get(), transfer->easy.get());
    }
    transfers_.clear();
    arrived_.clear();
  }

 private:
  void move_on() {
    int running = 0, left = 0;
    curl_multi_perform(multi_.get(), &running);
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
      if (message->msg == CURLMSG_DONE) finish(message->easy_handle, message->data.result);
    }
  }

  void finish(CURL* easy, CURLcode code) {
    char* owner = nullptr;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &owner);
    auto* transfer = reinterpret_cast<Transfer*>(owner);
    HttpReply& reply = transfer->reply;
    if (reply.trouble == HttpTrouble::kTooLong) {
      reply.error = "the answer has more than 16 MiB";
    } else if (code != CURLE_OK) {
      reply.trouble = trouble_of(code);
      reply.error = transfer->error[0] != '\0' ? transfer->error.data() : curl_easy_strerror(code);
    }
    if (reply.trouble != HttpTrouble::kNone) {
      reply.body.clear();
    } else {
      long status = 0;
      curl_off_t after = 0;
      const char* redirect = nullptr;
      curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
      curl_easy_getinfo(easy, CURLINFO_RETRY_AFTER, &after);
      curl_easy_getinfo(easy, CURLINFO_REDIRECT_URL, &redirect);
      reply.status = static_cast<int>(status);
      if (after > 0) reply.retry_after = std::chrono::seconds(after);
      if (redirect != nullptr) reply.redirect = redirect;
    }
    curl_multi_remove_handle(multi_.get(), easy);
    arrived_.push_back(std::move(reply));
    std::erase_if(transfers_, [&](const auto& one) { return one.get() == transfer; });
  }

  std::unique_ptr<CURLM, CloseMulti> multi_;
  std::vector<std::unique_ptr<Transfer>> transfers_;  // in flight
  std::vector<HttpReply> arrived_;
};

}  // namespace
}  // namespace vernier::chat

int vernier_http_interface() { return vernier::chat::kHttpInterface; }

vernier::chat::HttpClient* vernier_http_open() {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  auto client = std::make_unique<vernier::chat::CurlClient>();
  return started == CURLE_OK && client->open() ? client.release() : nullptr;
}
