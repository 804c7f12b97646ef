// RemoteModel with servers that fail in every way that was thought of.
#include <gtest/gtest.h>

#include <map>

#include "tests/judges/chat/remote/remote_fixture.h"

namespace vernier::chat {
namespace {

using namespace vernier::tests;
using std::chrono::milliseconds;

using RemoteFailures = RemoteTest;

/// The answers to one request's tries, in order; then good ones.
class Script {
 public:
  explicit Script(std::vector<StubReply> replies) : replies_(std::move(replies)) {}
  StubReply operator()(const StubRequest& request) {
    return tries < replies_.size() ? replies_[tries++] : (++tries, echo(request));
  }
  std::size_t tries = 0;

 private:
  std::vector<StubReply> replies_;
};

struct Outcome {
  ChatAnswer answer;
  std::size_t tries = 0;
};

Outcome one_answer(std::vector<StubReply> replies, milliseconds limit = milliseconds(3000)) {
  Script script(std::move(replies));
  StubServer server(lists_m(std::ref(script)));
  RemoteOptions options = quick_options(server.url());
  options.limit = limit;
  RemoteModel model(options);
  Heard heard = hear(model, questions(1));
  EXPECT_EQ(heard.error, "");
  EXPECT_EQ(heard.answers.size(), 1U);
  server.stop();
  return {heard.answers[0], script.tries};
}

StubReply plain(int status, const std::string& body, std::vector<std::string> headers = {}) {
  StubReply out;
  out.status = status;
  out.body = body;
  out.headers = std::move(headers);
  return out;
}

StubReply raw(const std::string& bytes) {
  StubReply out;
  out.raw = bytes;
  return out;
}

TEST_F(RemoteFailures, WhatPassesIsTriedAgain) {
  const std::string ok = "HTTP/1.1 200 OK\r\n";
  const std::vector<std::vector<StubReply>> cases = {
      {error_reply(429, "slow down")},
      {plain(429, "", {"Retry-After: 0"})},
      {error_reply(500, "a"), error_reply(502, "b")},
      {error_reply(503, "a"), error_reply(504, "b"), error_reply(408, "c"), error_reply(409, "d")},
      {raw(ok + "Content-Length: 500\r\n\r\n{\"choices\":")},
      {raw(ok + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"cho\r\n")},
      {raw(ok + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n")},
      {raw(ok + "Content-Encoding: gzip\r\nContent-Length: 9\r\n\r\nnot gzip!")},
      {raw(ok + "\r\n{\"choices\":[")},
      {raw("SSH-2.0-OpenSSH_9.2\r\n")},
      {raw("H")},
      {plain(200, "")},
      {plain(200, "<html>starting</html>")},
      {plain(200, "{\"choices\":[]}")},
  };
  for (const std::vector<StubReply>& replies : cases) {
    const Outcome outcome = one_answer(replies);
    EXPECT_EQ(outcome.answer.failure, ChatFailure::kNone) << outcome.answer.error;
    EXPECT_EQ(outcome.answer.text, "re: q0");
    EXPECT_EQ(outcome.tries, replies.size() + 1) << replies[0].body << replies[0].raw;
  }
}

TEST_F(RemoteFailures, UntilTheTriesAreUsedUp) {
  const std::vector<std::pair<StubReply, std::string>> cases = {
      {error_reply(500, "out of\nmemory"), "the server did not answer: HTTP 500: out of\\nmemory"},
      {plain(503, ""), "the server did not answer: HTTP 503"},
      {plain(502, "<html>" + std::string(5000, 'x')), "HTTP 502: <html>xxx"},
      {raw("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"), "the server did not answer: "},
      {plain(200, "<html>hi"), "HTML or XML instead of JSON"},
  };
  for (const auto& [reply, words] : cases) {
    const Outcome outcome = one_answer(std::vector<StubReply>(9, reply));
    EXPECT_EQ(outcome.answer.failure, ChatFailure::kService);
    EXPECT_TRUE(contains(outcome.answer.error, words)) << outcome.answer.error;
    EXPECT_LE(outcome.answer.error.size(), 200U);
    EXPECT_EQ(outcome.tries, 5U);
  }
}

TEST_F(RemoteFailures, SlowAnswersAreTimeouts) {
  StubReply slow = reply(completion("too late"));
  slow.delay = milliseconds(900);
  const Outcome outcome = one_answer({slow, slow}, milliseconds(200));
  EXPECT_EQ(outcome.answer.text, "re: q0");
  EXPECT_EQ(outcome.tries, 3U);
}

TEST_F(RemoteFailures, WhatTheRequestIsToBlameForIsNotTriedAgain) {
  for (const int status : {400, 413, 422}) {
    const Outcome outcome = one_answer({error_reply(status, "maximum context length is 2048")});
    EXPECT_EQ(outcome.answer.failure, ChatFailure::kRequest);
    EXPECT_EQ(outcome.answer.error, "the server refuses the request: HTTP " +
                                        std::to_string(status) +
                                        ": maximum context length is 2048");
    EXPECT_EQ(outcome.tries, 1U);
  }
  Json filtered = completion("");
  filtered["choices"][0]["finish_reason"] = "content_filter";
  const Outcome outcome = one_answer({reply(filtered)});
  EXPECT_EQ(outcome.answer.failure, ChatFailure::kService);
  EXPECT_EQ(outcome.tries, 1U);
}

TEST_F(RemoteFailures, HugeAnswersAreNotReadToTheirEnd) {
  const Outcome outcome = one_answer({plain(200, std::string(kMostReplyBytes + 1, ' '))});
  EXPECT_EQ(outcome.answer.failure, ChatFailure::kService);
  EXPECT_TRUE(contains(outcome.answer.error, "more than 16 MiB")) << outcome.answer.error;
  EXPECT_EQ(outcome.tries, 1U);
}

TEST_F(RemoteFailures, ForcedAnswersNeedAnotherModel) {
  StubServer server(lists_m(echo));
  RemoteModel model(quick_options(server.url()));
  std::vector<ChatRequest> requests = questions(2);
  requests[1].forced = "yes";
  const Heard heard = hear(model, requests);
  EXPECT_EQ(heard.answers.at(0).failure, ChatFailure::kNone);
  EXPECT_EQ(heard.answers.at(1).failure, ChatFailure::kRequest);
  EXPECT_EQ(server.count(kCompletionsPath), 2U) << "the trial and one request";
}

TEST_F(RemoteFailures, TooManyEndTheRun) {
  // Every fifth fails: the budget of 2 in 100 is used up with the third failure.
  StubServer server(lists_m([](const StubRequest& request) {
    return asked_text(request).ends_with("5") ? error_reply(400, "no") : echo(request);
  }));
  RemoteOptions options = quick_options(server.url());
  options.in_flight = 1;
  RemoteModel model(options);
  const Heard heard = hear(model, questions(100));
  EXPECT_EQ(heard.code, ExitCode::kIncomplete);
  EXPECT_TRUE(contains(heard.error,
                       "more than 2 failed; of 100 requests 23 are answered, 3 failed, "
                       "the last one: the server refuses the request: HTTP 400: no"))
      << heard.error;
  EXPECT_EQ(heard.count(ChatFailure::kNone), 23U);
  EXPECT_EQ(heard.count(ChatFailure::kRequest), 3U);
}

TEST_F(RemoteFailures, OneMayFailUnlessNoneMay) {
  StubServer server(lists_m([](const StubRequest&) { return error_reply(400, "no"); }));
  RemoteOptions options = quick_options(server.url());
  RemoteModel forgiving(options);
  EXPECT_EQ(hear(forgiving, questions(1)).code, ExitCode::kOk);
  EXPECT_EQ(hear(forgiving, questions(1)).code, ExitCode::kIncomplete);
  options.most_failures = 0;
  RemoteModel strict(options);
  const Heard heard = hear(strict, questions(1));
  EXPECT_EQ(heard.code, ExitCode::kIncomplete);
  EXPECT_EQ(heard.answers.size(), 1U) << "it was handed on all the same";
  options.most_failures = 1;
  RemoteModel patient(options);
  EXPECT_EQ(hear(patient, questions(100)).count(ChatFailure::kRequest), 100U);
}

TEST_F(RemoteFailures, AServerThatIsDownIsNotAskedForEverything) {
  StubServer server(lists_m([](const StubRequest&) { return error_reply(500, "dead"); }));
  RemoteOptions options = quick_options(server.url());
  options.most_failures = 1;
  options.retry.tries = 2;
  RemoteModel model(options);
  const Heard heard = hear(model, questions(1000));
  EXPECT_EQ(heard.code, ExitCode::kIncomplete);
  EXPECT_TRUE(contains(heard.error, "failed in a row")) << heard.error;
  EXPECT_GE(heard.answers.size(), 20U);
  EXPECT_LT(heard.answers.size(), 40U);
}

TEST_F(RemoteFailures, AnAnswerInBetweenShowsThatItIsUp) {
  StubServer server(lists_m([](const StubRequest& request) {
    return asked_text(request).ends_with("0") ? echo(request) : error_reply(500, "flaky");
  }));
  RemoteOptions options = quick_options(server.url());
  options.in_flight = 1;
  options.most_failures = 1;
  options.retry.tries = 1;
  RemoteModel model(options);
  const Heard heard = hear(model, questions(60));
  EXPECT_EQ(heard.error, "");
  EXPECT_EQ(heard.count(ChatFailure::kService), 54U);
}

TEST_F(RemoteFailures, AServerThatGoesAway) {
  std::unique_ptr<StubServer> server;
  server = std::make_unique<StubServer>(lists_m(echo));
  RemoteOptions options = quick_options(server->url());
  options.retry.tries = 2;
  options.most_in_a_row = 5;
  RemoteModel model(options);
  server->stop();
  const Heard heard = hear(model, questions(50));
  EXPECT_EQ(heard.code, ExitCode::kIncomplete);
  EXPECT_TRUE(contains(heard.error, "the last one: the server did not answer: ")) << heard.error;
}

TEST_F(RemoteFailures, TheTimeForAllIsKept) {
  StubServer server(lists_m([](const StubRequest& request) {
    StubReply answer = echo(request);
    answer.delay = milliseconds(asked_text(request) == "q0" ? 0 : 2000);
    return answer;
  }));
  RemoteOptions options = quick_options(server.url());
  options.budget = milliseconds(300);
  RemoteModel model(options);
  const auto begin = std::chrono::steady_clock::now();
  const Heard heard = hear(model, questions(10));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, milliseconds(1500));
  EXPECT_EQ(heard.code, ExitCode::kIncomplete);
  EXPECT_TRUE(contains(heard.error,
                       "the 0.3 s for all requests are used up; of 10 requests 1 are "
                       "answered, 0 failed"))
      << heard.error;
  EXPECT_EQ(heard.answers.at(0).text, "re: q0");
  EXPECT_EQ(hear(model, questions(1)).code, ExitCode::kIncomplete) << "it is for all runs together";
}

TEST_F(RemoteFailures, NothingListensThere) {
  StubServer server(echo);
  const std::string url = server.url();
  server.stop();
  Heard heard = refused(quick_options(url));
  EXPECT_EQ(heard.code, ExitCode::kResource);
  EXPECT_TRUE(contains(heard.error, url + "/v1/models: ")) << heard.error;
  EXPECT_TRUE(contains(heard.error, "is the server running")) << heard.error;
  heard = refused(quick_options("http://no-such-host.invalid"));
  EXPECT_EQ(heard.code, ExitCode::kResource);
}

TEST_F(RemoteFailures, WrongPathsAndNames) {
  StubServer server(lists_m(
      [](const StubRequest&) { return error_reply(404, "The model `n` does not exist."); }));
  // No such page at all.
  RemoteOptions options = quick_options(server.url() + "/other/v1");
  options.model = "m";
  EXPECT_EQ(refused(options).code, ExitCode::kResource);
  EXPECT_TRUE(contains(refused(options).error,
                       "HTTP 404: no such page; check the URL and the "
                       "model's name"))
      << refused(options).error;
  // In the middle of a run: what was answered before stays.
  RemoteModel model(quick_options(server.url()));
  const Heard heard = hear(model, questions(20));
  EXPECT_EQ(heard.code, ExitCode::kResource);
  EXPECT_TRUE(contains(heard.error, "The model `n` does not exist.")) << heard.error;
}

TEST_F(RemoteFailures, RedirectsAreNotFollowed) {
  StubServer other(echo);
  StubServer server([&](const StubRequest& request) {
    if (request.path == kModelsPath) return reply(models({"m"}));
    return plain(308, "", {"Location: " + other.url() + "/v1/chat/completions?key=hidden"});
  });
  const Heard heard = refused(quick_options(server.url()));
  EXPECT_EQ(heard.code, ExitCode::kResource);
  EXPECT_TRUE(contains(heard.error, "(HTTP 308, to " + other.url() + "/v1/chat/completions): give"))
      << heard.error;
  EXPECT_FALSE(contains(heard.error, "hidden"));
  EXPECT_TRUE(other.requests().empty());
}

TEST_F(RemoteFailures, ATrialThatFails) {
  const std::vector<std::pair<StubReply, std::string>> cases = {
      {error_reply(500, "dead"), "no answer after 5 tries: HTTP 500: dead"},
      {plain(200, "{}"), "no \"choices\""},
      {plain(405, ""), "HTTP 405"}};
  for (const auto& [answer, words] : cases) {
    StubServer server([&answer = answer](const StubRequest& request) {
      return request.path == kModelsPath ? reply(models({"m"})) : answer;
    });
    const Heard heard = refused(quick_options(server.url()));
    EXPECT_EQ(heard.code, ExitCode::kResource);
    EXPECT_TRUE(contains(heard.error, words)) << heard.error;
  }
  // Models that want a picture with every question refuse it; nothing is known then.
  StubServer server([&](const StubRequest& request) {
    return request.path == kModelsPath ? reply(models({"m"})) : error_reply(400, "no image");
  });
  EXPECT_EQ(refused(quick_options(server.url())).error, "");
}

TEST_F(RemoteFailures, AServerThatIsStillLoadingIsWaitedFor) {
  int asked = 0;
  StubServer server([&](const StubRequest& request) {
    if (++asked < 4) return error_reply(503, "Loading model");
    return request.path == kModelsPath ? reply(models({"m"})) : reply(completion("yes"));
  });
  EXPECT_EQ(refused(quick_options(server.url())).error, "");
}

}  // namespace
}  // namespace vernier::chat
