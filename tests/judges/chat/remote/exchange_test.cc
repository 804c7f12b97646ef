#include "judges/chat/remote/exchange/exchange.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>
#include <stdexcept>
#include <thread>

namespace vernier::chat {
namespace {

using std::chrono::milliseconds;

/// Answers in the opposite order, when it is waited for.
class FakeClient final : public HttpClient {
 public:
  void start(std::size_t tag, HttpRequest request) override {
    flying.push_back(tag);
    most = std::max(most, flying.size());
    sent.push_back(request.url);
  }
  std::vector<HttpReply> wait(milliseconds limit) override {
    ++waits;
    if (flying.empty()) {
      std::this_thread::sleep_for(limit);
      return {};
    }
    HttpReply reply = answer(flying.back());
    reply.tag = flying.back();
    flying.pop_back();
    return {reply};
  }
  void drop_all() override {
    ++drops;
    flying.clear();
  }

  std::function<HttpReply(std::size_t)> answer = [](std::size_t) { return with_status(200); };
  std::vector<std::size_t> flying;
  std::vector<std::string> sent;
  std::size_t most = 0;
  int drops = 0, waits = 0;

  static HttpReply with_status(int status) {
    HttpReply reply;
    reply.status = status;
    return reply;
  }
};

class Tasks : public ExchangeTasks {
 public:
  std::optional<HttpRequest> request(std::size_t index) override {
    if (without_server.contains(index)) return std::nullopt;
    HttpRequest out;
    out.url = std::to_string(index);
    return out;
  }
  Next reply(std::size_t index, const HttpReply& reply, bool last) override {
    heard.push_back({index, last});
    return next(index, reply, last);
  }
  void look_around() override {
    if (throw_now) throw std::runtime_error("enough");
  }

  std::function<Next(std::size_t, const HttpReply&, bool)> next = [](std::size_t,
                                                                     const HttpReply& reply, bool) {
    return may_pass(reply) ? Next::kLater : Next::kDone;
  };
  std::set<std::size_t> without_server;
  std::vector<std::pair<std::size_t, bool>> heard;
  bool throw_now = false;
};

RetryPolicy quick() {
  RetryPolicy policy;
  policy.first_delay = milliseconds(2);
  policy.longest_delay = milliseconds(4);
  return policy;
}

TEST(Exchange, AsksEverythingSoManyAtATime) {
  FakeClient client;
  Tasks tasks;
  tasks.without_server = {0, 17};
  Exchange(client, tasks, quick(), 7).run(100);
  EXPECT_EQ(client.most, 7U);
  EXPECT_EQ(client.sent.size(), 98U);
  EXPECT_EQ(client.drops, 1);
  std::set<std::size_t> all;
  for (const auto& [index, last] : tasks.heard) all.insert(index);
  EXPECT_EQ(all.size(), 98U);
  Exchange(client, tasks, quick(), 7).run(0);
}

TEST(Exchange, TriesSoOftenAndSaysWhichIsTheLast) {
  FakeClient client;
  client.answer = [](std::size_t) { return FakeClient::with_status(500); };
  Tasks tasks;
  Exchange(client, tasks, quick(), 2).run(1);
  ASSERT_EQ(tasks.heard.size(), 5U);
  for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(tasks.heard[i].second, i == 4);
}

TEST(Exchange, AtOnceUsesNoTryUp) {
  FakeClient client;
  Tasks tasks;
  int rounds = 0;
  tasks.next = [&](std::size_t, const HttpReply&, bool last) {
    EXPECT_FALSE(last);
    return ++rounds < 20 ? Next::kAtOnce : Next::kDone;
  };
  Exchange(client, tasks, quick(), 1).run(1);
  EXPECT_EQ(rounds, 20);
}

TEST(Exchange, WaitsAsTheServerAsks) {
  using Clock = std::chrono::steady_clock;
  FakeClient client;
  bool refused = false;
  client.answer = [&](std::size_t) {
    HttpReply reply = FakeClient::with_status(refused ? 200 : 429);
    if (!refused) reply.retry_after = std::chrono::seconds(1);
    refused = true;
    return reply;
  };
  Tasks tasks;
  const Clock::time_point begin = Clock::now();
  Exchange(client, tasks, quick(), 1).run(3);
  EXPECT_GE(Clock::now() - begin, milliseconds(990));
  // The others waited, too.
  EXPECT_EQ(client.sent, (std::vector<std::string>{"0", "0", "1", "2"}));
  EXPECT_LT(client.waits, 60);
}

TEST(Exchange, AServerThatAsksForTooMuchHasFailed) {
  FakeClient client;
  client.answer = [&](std::size_t) {
    HttpReply reply = FakeClient::with_status(503);
    reply.retry_after = std::chrono::hours(2);
    return reply;
  };
  Tasks tasks;
  Exchange(client, tasks, quick(), 1).run(1);
  ASSERT_EQ(tasks.heard.size(), 1U);
  EXPECT_TRUE(tasks.heard[0].second);
}

TEST(Exchange, NothingIsInFlightAfterAnError) {
  FakeClient client;
  Tasks tasks;
  tasks.next = [](std::size_t, const HttpReply&, bool) -> Next { throw std::logic_error("done"); };
  EXPECT_THROW(Exchange(client, tasks, quick(), 4).run(9), std::logic_error);
  EXPECT_TRUE(client.flying.empty());
  EXPECT_EQ(tasks.heard.size(), 1U);
  tasks.throw_now = true;
  EXPECT_THROW(Exchange(client, tasks, quick(), 4).run(9), std::runtime_error);
  EXPECT_EQ(client.drops, 2);
}

TEST(Retry, WhatMayPass) {
  for (const int status : {408, 409, 425, 429, 500, 502, 503, 504, 529}) {
    EXPECT_TRUE(may_pass(FakeClient::with_status(status))) << status;
  }
  for (const int status : {200, 301, 400, 401, 403, 404, 413, 422}) {
    EXPECT_FALSE(may_pass(FakeClient::with_status(status))) << status;
  }
  HttpReply reply;
  for (const auto& [trouble, passes] : {std::pair{HttpTrouble::kUnreachable, true},
                                        {HttpTrouble::kTimeout, true},
                                        {HttpTrouble::kBroken, true},
                                        {HttpTrouble::kUntrusted, false},
                                        {HttpTrouble::kTooLong, false}}) {
    reply.trouble = trouble;
    EXPECT_EQ(may_pass(reply), passes);
  }
}

TEST(Retry, BackOffDoublesWithinBoundsAndSpreads) {
  const RetryPolicy policy;  // 500 ms ... 30 s
  std::set<milliseconds::rep> seen;
  for (std::size_t index = 0; index < 50; ++index) {
    for (unsigned failures = 1; failures <= 100; ++failures) {
      const double whole = std::min(500.0 * std::pow(2.0, failures - 1), 30'000.0);
      const auto delay = back_off(policy, index, failures);
      EXPECT_EQ(delay, back_off(policy, index, failures));
      EXPECT_GE(static_cast<double>(delay.count()), whole / 2 - 1);
      EXPECT_LE(static_cast<double>(delay.count()), whole);
      if (failures == 1) seen.insert(delay.count());
    }
  }
  EXPECT_GT(seen.size(), 30U);
}

}  // namespace
}  // namespace vernier::chat
