// A signal stays caught: a program of its own.
#include <gtest/gtest.h>
#include <pthread.h>

#include <csignal>
#include <thread>

#include "base/io/interrupt.h"
#include "tests/judges/chat/remote/remote_fixture.h"

namespace vernier::chat {
namespace {

using namespace vernier::tests;

using RemoteInterrupt = RemoteTest;

TEST_F(RemoteInterrupt, EndsWaitingForAServer) {
  StubServer server(lists_m([](const StubRequest& request) {
    StubReply answer = echo(request);
    if (asked_text(request) != "q0") answer.delay = std::chrono::seconds(30);
    return answer;
  }));
  RemoteOptions options = quick_options(server.url());
  options.limit = std::chrono::seconds(60);
  RemoteModel model(options);
  catch_interrupts();
  std::chrono::steady_clock::time_point sent;
  const pthread_t here = pthread_self();
  std::thread sender([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    sent = std::chrono::steady_clock::now();
    pthread_kill(here, SIGINT);
  });
  const Heard heard = hear(model, questions(10));
  const auto end = std::chrono::steady_clock::now();
  sender.join();
  EXPECT_EQ(heard.code, ExitCode::kInterrupted);
  EXPECT_EQ(heard.answers.size(), 1U);
  EXPECT_LT(end - sent, std::chrono::seconds(5));
}

}  // namespace
}  // namespace vernier::chat
