// A model behind an OpenAI-compatible interface (/v1/chat/completions): vLLM, SGLang, TensorRT-LLM,
// NIM, llama-server.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "judges/chat/chat_model.h"
#include "judges/chat/remote/address/secret.h"
#include "judges/chat/remote/address/server_url.h"
#include "judges/chat/remote/exchange/retry.h"
#include "judges/chat/remote/http/http_client.h"
#include "judges/chat/remote/request/chat_body.h"

namespace vernier::chat {

struct RemoteOptions {
  std::string url;    ///< see parse_server_url()
  std::string model;  ///< empty: the only one that the server lists
  std::size_t in_flight = 8;
  std::chrono::milliseconds limit{120'000};  ///< for one request, each time it is sent
  /// For all run()s together, from the first one on; 0: none.
  std::chrono::milliseconds budget{0};
  RetryPolicy retry;

  /// Which share of the requests of all run()s so far may fail; one always may where this is not
  /// 0. Pictures that cannot be read do not count.
  double most_failures = 0.02;
  /// So many failures of the server without an answer in between end everything: it is down.
  std::size_t most_in_a_row = 20;

  unsigned top_logprobs = 20;  ///< 0: never ask for log-probabilities
  AnswerStart answer_start = AnswerStart::kInText;
  /// Send the key to other machines without encryption.
  bool allow_plain_key = false;
  /// Do not check that the server looks at pictures.
  bool trust_pictures = false;
};

/// The key comes from the environment variable VERNIER_API_KEY and goes nowhere but into the
/// requests' headers. Redirects are not followed. Proxies are those that the environment names
/// (libcurl's rules), none for this machine itself; SSL_CERT_FILE names certificates to trust.
class RemoteModel final : public ChatModel {
 public:
  /// Asks for the models, and once for a single token: so that a wrong URL, key or name is known
  /// before any work is done, and the signature says whether there are log-probabilities (a server
  /// that refuses `top_logprobs` of them is asked for 5, then for none).
  ///
  /// `http`: null for libcurl, a plugin. Throws Error(kUsage) for options that make no sense, a key
  /// that would go out unencrypted, a name that must be chosen; Error(kResource) for a server that
  /// does not answer or does not take the key, and where this build has no HTTP.
  explicit RemoteModel(RemoteOptions options, std::unique_ptr<HttpClient> http = nullptr);
  ~RemoteModel() override;

  /// "remote|model:NAME|url:http://host:8000/v1|logprobs:20|answer-start:in-text|temperature:0|
  /// seed:0|v:1". A server says neither which weights it has nor how it computes: the same
  /// signature is no promise of the same answers. Changes where a server takes log-probabilities
  /// back during a run.
  std::string signature() const override;
  bool scores_texts() const override { return false; }
  bool continues_answers() const override {
    return options_.answer_start == AnswerStart::kMessage && body_.top_logprobs > 0;
  }
  bool tells_all_choices() const override { return false; }

  /// Besides what the interface says, throws Error(kIncomplete) when too many requests failed or
  /// the time is used up, Error(kResource) when the server no longer takes key or name. Everything
  /// that was answered has been handed to `done` then; what was in flight is lost.
  ///
  /// The first picture is also sent with the constructor's question: servers of models without eyes
  /// were seen to drop pictures without a word. Where the prompt has as many tokens with it as
  /// without, Error(kResource) is thrown.
  void run(std::span<const ChatRequest> requests,
           const std::function<void(std::size_t, ChatAnswer)>& done) override;

 private:
  class Run;

  HttpRequest http_request(std::string url, std::string body) const;
  /// Its reply, after the tries that it takes. Throws where there is no server.
  HttpReply ask(HttpRequest request);
  void check_sight(std::span<const ChatRequest> requests);
  void find_model();
  void try_model();
  /// Makes do with fewer log-probabilities than `refused`, which were too many.
  void lower_logprobs(unsigned refused);

  RemoteOptions options_;
  Secret key_;
  ServerUrl url_;
  std::unique_ptr<HttpClient> http_;
  BodySettings body_;
  std::size_t trial_tokens_ = 0;  // of the trial's prompt; 0: not told
  bool sight_checked_ = false;

  // Over all runs.
  std::optional<std::chrono::steady_clock::time_point> deadline_;
  std::size_t given_ = 0, answered_ = 0, failed_ = 0, in_a_row_ = 0;
};

}  // namespace vernier::chat
