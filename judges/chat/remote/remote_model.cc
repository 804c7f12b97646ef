#include "judges/chat/remote/remote_model.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/printable.h"
#include "judges/chat/remote/exchange/exchange.h"
#include "judges/chat/remote/http/open_client.h"
#include "judges/chat/remote/reply/completion.h"
#include "judges/chat/remote/reply/meaning.h"

namespace vernier::chat {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kMostInFlight = 1024;
constexpr std::size_t kMostNamed = 20;

void check(const RemoteOptions& options) {
  const auto refuse = [](const std::string& what) { throw Error(ExitCode::kUsage, what); };
  if (options.in_flight == 0 || options.in_flight > kMostInFlight) {
    refuse(
        fmt::format("{} requests at a time: expected 1 to {}", options.in_flight, kMostInFlight));
  }
  if (options.limit <= milliseconds(0)) refuse("the time for a request must be above 0");
  if (options.budget < milliseconds(0)) refuse("the time for all requests must not be below 0");
  if (options.retry.tries == 0) refuse("a request must be tried once at least");
  if (!(options.most_failures >= 0 && options.most_failures <= 1)) {
    refuse("the share of requests that may fail lies between 0 and 1");
  }
}

/// A field of a signature, whose fields '|' parts.
std::string field(std::string_view text) {
  std::string out = printable(text, 1000);
  for (std::size_t at = out.find('|'); at != std::string::npos; at = out.find('|', at)) {
    out.replace(at, 1, "%7C");
  }
  return out;
}

ChatRequest trial() {
  ChatRequest request;
  request.messages = {{engine::ChatRole::kUser, {{false, "Is snow white? Answer yes or no."}}}};
  request.most_new = 1;
  return request;
}

/// One request that is sent until it has a reply that will not change.
class Single final : public ExchangeTasks {
 public:
  /// `first`: the very first call. Where nobody listens then, the address is wrong, or the server
  /// is to be started.
  Single(HttpRequest request, bool first) : request_(std::move(request)), first_(first) {}

  std::optional<HttpRequest> request(std::size_t) override { return request_; }
  Next reply(std::size_t, const HttpReply& reply, bool) override {
    result = reply;
    const bool passes = meaning_of(reply) == ReplyMeaning::kPasses &&
                        !(first_ && reply.trouble == HttpTrouble::kUnreachable);
    return passes ? Next::kLater : Next::kDone;
  }

  HttpReply result;

 private:
  HttpRequest request_;
  bool first_;
};

}  // namespace

RemoteModel::RemoteModel(RemoteOptions options, std::unique_ptr<HttpClient> http)
    : options_(std::move(options)),
      key_(Secret::of_environment()),
      url_(parse_server_url(options_.url, key_.reveal())),
      http_(std::move(http)) {
  check(options_);
  if (!key_.empty() && !url_.secure && !url_.loopback && !options_.allow_plain_key) {
    throw Error(ExitCode::kUsage,
                fmt::format("{}: VERNIER_API_KEY would be sent unencrypted to another machine; use "
                            "https, unset the key, or allow it explicitly",
                            url_.origin));
  }
  if (http_ == nullptr) http_ = open_http_client();
  body_ = {options_.model, options_.answer_start, options_.top_logprobs};
  find_model();
  try_model();
}

RemoteModel::~RemoteModel() = default;

HttpRequest RemoteModel::http_request(std::string url, std::string body) const {
  return {std::move(url), std::move(body), key_.reveal(), url_.loopback, options_.limit};
}

HttpReply RemoteModel::ask(HttpRequest request) {
  const std::string url = request.url;
  Single single(std::move(request), true);
  Exchange(*http_, single, options_.retry, 1).run(1);
  const HttpReply& reply = single.result;
  if (reply.trouble == HttpTrouble::kUnreachable) {
    throw Error(ExitCode::kResource, fmt::format("{}: {}; is the server running, and is this its "
                                                 "address?",
                                                 url, describe(reply, key_)));
  }
  return single.result;
}

void RemoteModel::find_model() {
  const std::string url = url_.models();
  const HttpReply reply = ask(http_request(url, ""));
  const bool locked = reply.status == 401 || reply.status == 403;
  if (reply.trouble == HttpTrouble::kUntrusted || locked) {
    throw Error(ExitCode::kResource, fmt::format("{}: {}", url, why_unusable(reply, key_)));
  }
  // Whether the name is one of those is the server's to say: some take names that they do not list.
  if (!body_.model.empty()) return;
  ModelList list;
  if (meaning_of(reply) == ReplyMeaning::kAnswer) {
    list = parse_model_list(reply.body);
  } else {
    list.error = describe(reply, key_);
  }
  if (!list.error.empty()) {
    throw Error(ExitCode::kResource,
                fmt::format("{}: the server lists no models ({}): check the URL, or name the model",
                            url, list.error));
  }
  if (list.names.size() != 1) {
    std::vector<std::string> names;
    for (const std::string& name : list.names) {
      if (names.size() < kMostNamed) names.push_back(key_.message(name));
    }
    const std::size_t more = list.names.size() - names.size();
    throw Error(
        ExitCode::kUsage,
        fmt::format("{}: the server has {} models, name one of them: {}{}", url, list.names.size(),
                    fmt::join(names, ", "), more > 0 ? fmt::format(" and {} more", more) : ""));
  }
  body_.model = list.names[0];
}

void RemoteModel::try_model() {
  ChatRequest request = trial();
  request.choices = {"yes"};
  const std::string url = url_.completions();
  for (;;) {
    const HttpReply reply = ask(http_request(url, chat_body(request, body_)));
    const ReplyMeaning meaning = meaning_of(reply);
    const auto fail = [&](const std::string& why) {
      throw Error(ExitCode::kResource, fmt::format("{}: {}", url, why));
    };
    if (meaning == ReplyMeaning::kNoLogprobs && body_.top_logprobs > 0) {
      lower_logprobs(body_.top_logprobs);
      continue;
    }
    if (meaning == ReplyMeaning::kUnusable) fail(why_unusable(reply, key_));
    if (meaning == ReplyMeaning::kPasses || meaning == ReplyMeaning::kFailed) {
      fail(
          fmt::format("no answer after {} tries: {}", options_.retry.tries, describe(reply, key_)));
    }
    // What is refused here may be words without a picture: nothing is known about other requests.
    if (meaning != ReplyMeaning::kAnswer) return;
    const Completion completion = parse_chat_completion(reply.body, request, key_);
    if (completion.answer.failure != ChatFailure::kNone) fail(completion.answer.error);
    if (!completion.tells_chances) body_.top_logprobs = 0;
    trial_tokens_ = completion.answer.tokens_in;
    return;
  }
}

void RemoteModel::check_sight(std::span<const ChatRequest> requests) {
  if (sight_checked_ || options_.trust_pictures || trial_tokens_ == 0) return;
  const auto seen = std::ranges::find_if(requests, [](const ChatRequest& request) {
    return !request.pictures.empty() && check_request(request).failure == ChatFailure::kNone;
  });
  if (seen == requests.end()) return;
  ChatRequest request = trial();
  request.pictures = {seen->pictures[0]};
  request.messages[0].content.insert(request.messages[0].content.begin(), {true, ""});
  const std::string url = url_.completions();
  Single single(http_request(url, chat_body(request, body_)), false);
  Exchange(*http_, single, options_.retry, 1).run(1);
  // Whatever else is wrong, the requests themselves will meet it.
  if (meaning_of(single.result) != ReplyMeaning::kAnswer) return;
  const ChatAnswer answer = parse_chat_completion(single.result.body, request, key_).answer;
  if (answer.failure != ChatFailure::kNone || answer.tokens_in == 0) return;
  if (answer.tokens_in <= trial_tokens_) {
    throw Error(
        ExitCode::kResource,
        fmt::format("{}: the server does not look at pictures: a prompt of {} tokens has {} "
                    "with one; start it with the model's vision part",
                    url, trial_tokens_, answer.tokens_in));
  }
  sight_checked_ = true;
}

void RemoteModel::lower_logprobs(unsigned refused) {
  constexpr unsigned kOften = 5;  // what servers allow that do not allow 20
  body_.top_logprobs = std::min(body_.top_logprobs, refused > kOften ? kOften : 0);
}

std::string RemoteModel::signature() const {
  return fmt::format(
      "remote|model:{}|url:{}{}|logprobs:{}|answer-start:{}|temperature:0|seed:0|v:1",
      field(key_.answer(body_.model)), url_.origin, field(url_.base),
      body_.top_logprobs > 0 ? fmt::format("{}", body_.top_logprobs) : "none",
      body_.answer_start == AnswerStart::kInText ? "in-text" : "message");
}

}  // namespace vernier::chat
