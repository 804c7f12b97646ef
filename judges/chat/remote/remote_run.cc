// The requests of one RemoteModel::run().
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <utility>

#include "base/error.h"
#include "judges/chat/remote/exchange/exchange.h"
#include "judges/chat/remote/remote_model.h"
#include "judges/chat/remote/reply/completion.h"
#include "judges/chat/remote/reply/meaning.h"

namespace vernier::chat {

class RemoteModel::Run final : public ExchangeTasks {
 public:
  Run(RemoteModel& model, std::span<const ChatRequest> requests,
      const std::function<void(std::size_t, ChatAnswer)>& done)
      : model_(model), requests_(requests), done_(done), url_(model.url_.completions()) {}

  std::optional<HttpRequest> request(std::size_t index) override {
    const ChatRequest& request = requests_[index];
    ChatAnswer problem = check_request(request);
    if (problem.failure != ChatFailure::kNone) {
      deliver(index, std::move(problem));
      return std::nullopt;
    }
    asked_with_[index] = request.choices.empty() ? 0 : model_.body_.top_logprobs;
    return model_.http_request(url_, chat_body(request, model_.body_));
  }

  Next reply(std::size_t index, const HttpReply& reply, bool last) override {
    switch (meaning_of(reply)) {
      case ReplyMeaning::kAnswer:
        return take(index, reply, last);
      case ReplyMeaning::kNoLogprobs:
        if (const unsigned asked = asked_with_[index]; asked > 0) {
          model_.lower_logprobs(asked);
          return Next::kAtOnce;
        }
        return fail(index, ChatFailure::kRequest, refusal(reply));
      case ReplyMeaning::kPasses:
        if (!last) return Next::kLater;
        [[fallthrough]];
      case ReplyMeaning::kFailed:
        return fail(index, ChatFailure::kService,
                    fmt::format("the server did not answer: {}", describe(reply, model_.key_)));
      case ReplyMeaning::kRefused:
        return fail(index, ChatFailure::kRequest, refusal(reply));
      case ReplyMeaning::kUnusable:
        break;
    }
    // Other answers that arrived together with this one are handed on first.
    unusable_ = why_unusable(reply, model_.key_);
    return Next::kDone;
  }

  void look_around() override {
    if (!unusable_.empty()) {
      throw Error(ExitCode::kResource, fmt::format("{}: {}", url_, unusable_));
    }
    const auto stop = [&](const std::string& why) {
      throw Error(ExitCode::kIncomplete,
                  fmt::format("{}: {}; of {} requests {} are answered, {} failed{}{}", url_, why,
                              model_.given_, model_.answered_, model_.failed_,
                              last_error_.empty() ? "" : ", the last one: ", last_error_));
    };
    if (model_.failed_ > most_failures()) stop(fmt::format("more than {} failed", most_failures()));
    if (model_.in_a_row_ >= model_.options_.most_in_a_row) {
      stop(fmt::format("{} failed in a row", model_.in_a_row_));
    }
    if (model_.deadline_ && std::chrono::steady_clock::now() >= *model_.deadline_) {
      stop(fmt::format("the {:g} s for all requests are used up",
                       std::chrono::duration<double>(model_.options_.budget).count()));
    }
  }

 private:
  std::string refusal(const HttpReply& reply) const {
    return fmt::format("the server refuses the request: {}", describe(reply, model_.key_));
  }

  std::size_t most_failures() const {
    const double share = model_.options_.most_failures;
    if (share == 0) return 0;
    const double most = std::floor(share * static_cast<double>(model_.given_));
    return std::max(static_cast<std::size_t>(most), std::size_t{1});
  }

  Next take(std::size_t index, const HttpReply& reply, bool last) {
    Completion completion = parse_chat_completion(reply.body, requests_[index], model_.key_);
    if (completion.again && !last) return Next::kLater;
    deliver(index, std::move(completion.answer));
    return Next::kDone;
  }

  Next fail(std::size_t index, ChatFailure failure, std::string error) {
    ChatAnswer answer;
    answer.failure = failure;
    answer.error = std::move(error);
    deliver(index, std::move(answer));
    return Next::kDone;
  }

  void deliver(std::size_t index, ChatAnswer answer) {
    asked_with_.erase(index);
    switch (answer.failure) {
      case ChatFailure::kNone:
        ++model_.answered_;
        model_.in_a_row_ = 0;
        break;
      case ChatFailure::kPicture:
        break;
      case ChatFailure::kService:
        ++model_.in_a_row_;
        [[fallthrough]];
      case ChatFailure::kRequest:
        ++model_.failed_;
        last_error_ = answer.error;
        break;
    }
    done_(index, std::move(answer));
  }

  RemoteModel& model_;
  std::span<const ChatRequest> requests_;
  const std::function<void(std::size_t, ChatAnswer)>& done_;
  const std::string url_;
  std::unordered_map<std::size_t, unsigned> asked_with_;  // log-probabilities, of those in flight
  std::string unusable_, last_error_;
};

void RemoteModel::run(std::span<const ChatRequest> requests,
                      const std::function<void(std::size_t, ChatAnswer)>& done) {
  if (!deadline_ && options_.budget > std::chrono::milliseconds(0)) {
    deadline_ = std::chrono::steady_clock::now() + options_.budget;
  }
  check_sight(requests);
  given_ += requests.size();
  Run run(*this, requests, done);
  Exchange(*http_, run, options_.retry, options_.in_flight).run(requests.size());
}

}  // namespace vernier::chat
