#include "runners/pipeline/ordered_pipeline.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>

namespace vernier {
namespace {

class OrderedPipeline : public testing::TestWithParam<unsigned> {};

TEST_P(OrderedPipeline, ConsumesInOrderWhateverTheWorkTakes) {
  int next = 0;
  std::vector<int> got;
  ordered_pipeline<int>(
      GetParam(), [&](int& item) { return (item = next++) < 500; },
      [](unsigned, int& item) {
        std::this_thread::sleep_for(std::chrono::microseconds(item * 7919 % 200));
        item *= 2;
      },
      [&](int& item) { got.push_back(item); });
  ASSERT_EQ(got.size(), 500u);
  for (int i = 0; i < 500; ++i) EXPECT_EQ(got[i], 2 * i);
}

TEST_P(OrderedPipeline, ReportsTheFirstFailureAndConsumesWhatCameBefore) {
  int next = 0, consumed = 0;
  try {
    ordered_pipeline<int>(
        GetParam(), [&](int& item) { return (item = next++) < 1000; },
        [](unsigned, int& item) {
          if (item == 40 || item == 43) throw std::runtime_error(std::to_string(item));
        },
        [&](int&) { ++consumed; });
    FAIL() << "no exception";
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "40");
  }
  EXPECT_EQ(consumed, 40);
}

TEST_P(OrderedPipeline, FailuresOfTheSerialStepsArrive) {
  int next = 0;
  EXPECT_THROW(ordered_pipeline<int>(
                   GetParam(),
                   [&](int& item) {
                     if (next == 10) throw std::runtime_error("produce");
                     item = next++;
                     return true;
                   },
                   [](unsigned, int&) {}, [](int&) {}),
               std::runtime_error);
  next = 0;
  EXPECT_THROW(
      ordered_pipeline<int>(
          GetParam(), [&](int& item) { return (item = next++) < 100; }, [](unsigned, int&) {},
          [](int& item) {
            if (item == 5) throw std::runtime_error("consume");
          }),
      std::runtime_error);
}

TEST_P(OrderedPipeline, HoldsOnlyAFewItemsAtOnce) {
  std::atomic<int> alive{0}, most{0};
  int next = 0;
  ordered_pipeline<int>(
      GetParam(),
      [&](int& item) {
        if (next == 2000) return false;
        item = next++;
        most = std::max(most.load(), ++alive);
        return true;
      },
      [](unsigned, int&) {}, [&](int&) { --alive; });
  EXPECT_LE(most, static_cast<int>(4 * GetParam() + GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Threads, OrderedPipeline, testing::Values(1u, 2u, 7u));

}  // namespace
}  // namespace vernier
