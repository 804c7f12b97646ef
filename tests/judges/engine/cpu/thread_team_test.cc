#include "base/threads/thread_team.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

namespace vernier {
namespace {

TEST(ThreadTeam, EveryThreadWorksOnceAPiece) {
  for (const unsigned threads : {1U, 2U, 5U}) {
    ThreadTeam team(threads);
    EXPECT_EQ(team.size(), threads);
    std::vector<std::atomic<int>> calls(threads);
    for (int piece = 1; piece <= 500; ++piece) {
      team.run([&](unsigned t) { ++calls[t]; });
      for (const std::atomic<int>& c : calls) ASSERT_EQ(c, piece);
    }
  }
}

TEST(ThreadTeam, WakesThreadsThatFellAsleep) {
  ThreadTeam team(3);
  std::atomic<int> calls = 0;
  for (int piece = 0; piece < 5; ++piece) {
    // Far longer than threads look for work.
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    team.run([&](unsigned) { ++calls; });
  }
  EXPECT_EQ(calls, 15);
}

TEST(ThreadTeam, GoesAwayWithoutWork) {
  for (int i = 0; i < 50; ++i) const ThreadTeam team(4);
}

TEST(ThreadTeam, WhatThreadsWroteIsSeenAfterwards) {
  ThreadTeam team(4);
  std::vector<int> numbers(4);
  for (int piece = 1; piece <= 2000; ++piece) {
    team.run([&](unsigned t) { numbers[t] += piece; });
    for (const int n : numbers) ASSERT_EQ(n, piece * (piece + 1) / 2);
  }
}

}  // namespace
}  // namespace vernier
