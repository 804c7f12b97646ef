// A RemoteModel that asks a StubServer by libcurl.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/process/plugin.h"
#include "judges/chat/remote/http/open_client.h"
#include "judges/chat/remote/remote_model.h"
#include "tests/judges/chat/remote/chat_replies.h"

namespace vernier::tests {

/// Skipped where this build has no libcurl.
class RemoteTest : public testing::Test {
 protected:
  void SetUp() override {
    unsetenv("VERNIER_API_KEY");
    if (!std::filesystem::exists(plugin_path(chat::kHttpPlugin)))
      GTEST_SKIP() << "built without libcurl";
  }
  void TearDown() override { unsetenv("VERNIER_API_KEY"); }
};

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

inline chat::RemoteOptions quick_options(const std::string& url) {
  chat::RemoteOptions options;
  options.url = url;
  options.limit = std::chrono::milliseconds(3000);
  options.retry.first_delay = std::chrono::milliseconds(4);
  options.retry.longest_delay = std::chrono::milliseconds(16);
  return options;
}

/// Lists one model, "m", and answers the trial; what else is asked goes to `answer`.
inline StubServer::Answer lists_m(StubServer::Answer answer) {
  return [answer = std::move(answer)](const StubRequest& request) {
    if (request.path == kModelsPath) return reply(models({"m"}));
    if (request.path != kCompletionsPath) return error_reply(404, "no such page");
    if (contains(request.body, "Is snow white?")) {
      const bool logprobs = contains(request.body, "\"logprobs\"");
      Json json =
          completion("yes", logprobs ? Json::array({token({{"yes", -0.1}})}) : Json(nullptr));
      if (contains(request.body, "image_url")) json["usage"]["prompt_tokens"] = 70;
      return reply(json);
    }
    return answer(request);
  };
}

inline StubReply echo(const StubRequest& request) {
  return reply(completion("re: " + asked_text(request)));
}

inline std::vector<chat::ChatRequest> questions(std::size_t count) {
  std::vector<chat::ChatRequest> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back(question("q" + std::to_string(i)));
  return out;
}

/// What run() handed on; `error`: what it threw.
struct Heard {
  std::map<std::size_t, chat::ChatAnswer> answers;
  ExitCode code = ExitCode::kOk;
  std::string error;

  std::size_t count(chat::ChatFailure failure) const {
    std::size_t n = 0;
    for (const auto& [index, answer] : answers) n += answer.failure == failure ? 1 : 0;
    return n;
  }
};

inline Heard hear(chat::ChatModel& model, std::span<const chat::ChatRequest> requests) {
  Heard heard;
  try {
    model.run(requests, [&](std::size_t i, chat::ChatAnswer answer) {
      EXPECT_TRUE(heard.answers.emplace(i, std::move(answer)).second) << i << " came twice";
    });
  } catch (const Error& error) {
    heard.code = error.code();
    heard.error = error.what();
  }
  return heard;
}

/// How the constructor fails.
inline Heard refused(const chat::RemoteOptions& options) {
  Heard heard;
  try {
    const chat::RemoteModel model(options);
  } catch (const Error& error) {
    heard.code = error.code();
    heard.error = error.what();
  }
  return heard;
}

}  // namespace vernier::tests
