// What the emulated device must catch, and what it must let pass.
#include "tests/cuda_emulation/planted/planted.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/cuda_emulation/machine/failures.h"

namespace vernier::emulation {
namespace {

constexpr std::size_t kBytes = kPlantedThreads * sizeof(float);

class Planted : public testing::TestWithParam<Order> {
 protected:
  Planted() {
    set_order(GetParam());
    for (float** memory : {&from_, &to_}) {
      EXPECT_EQ(cudaMalloc(memory, kBytes), cudaSuccess);
      EXPECT_EQ(cudaMemsetAsync(*memory, 0, kBytes, nullptr), cudaSuccess);
    }
  }
  ~Planted() override {
    cudaFree(from_);
    cudaFree(to_);
    set_order(Order::kForwards);
  }

  /// The first thing that was found; empty: nothing was.
  template <typename... Wanted, typename... Given>
  std::string run(void (*kernel)(Wanted...), unsigned blocks, Given... given) {
    cudaLaunchConfig_t config{};
    config.gridDim = dim3(blocks);
    config.blockDim = dim3(kPlantedThreads);
    config.dynamicSmemBytes = kBytes;
    static_cast<void>(cudaLaunchKernelEx(&config, kernel, given...));
    const std::vector<std::string> found = Failures::take();
    return found.empty() ? "" : found[0];
  }

  static void expect(const std::string& found, const char* what) {
    EXPECT_NE(found.find(what), std::string::npos) << "found: " << found;
  }

  float *from_ = nullptr, *to_ = nullptr;
};

TEST_P(Planted, AMissingBarrierIsCaught) {
  EXPECT_EQ(run(turn_round, 1, from_, to_, true), "");
  expect(run(turn_round, 1, from_, to_, false), "shared memory");
  expect(run(turn_round, 1, from_, to_, false), "no barrier between");
}

TEST_P(Planted, AMissingBarrierOfAWarpIsCaught) {
  EXPECT_EQ(run(over_a_warp, 1, from_, to_, true), "");
  expect(run(over_a_warp, 1, from_, to_, false), "no barrier between");
}

TEST_P(Planted, ACopyInTheBackgroundMustBeWaitedFor) {
  EXPECT_EQ(run(copy_in_background, 1, from_, to_, true, true), "");
  expect(run(copy_in_background, 1, from_, to_, true, false), "no barrier between");
  // Not a race, by the barriers: but what was wanted is not there.
  EXPECT_EQ(run(copy_in_background, 1, from_, to_, false, true), "");
  std::vector<float> out(kPlantedThreads);
  cudaMemcpyAsync(out.data(), to_, kBytes, cudaMemcpyDeviceToHost, nullptr);
  EXPECT_TRUE(out[0] != out[0]) << "the copy arrived before it was waited for";
}

TEST_P(Planted, MemoryThatIsNotAllocatedIsCaught) {
  EXPECT_EQ(run(write_behind, 1, to_, 0U), "");
  expect(run(write_behind, 1, to_, 1U), "not allocated");
  EXPECT_EQ(run(write_shared_behind, 1, 0U), "");
  expect(run(write_shared_behind, 1, 1U), "of shared memory");
}

TEST_P(Planted, TheHostsMemoryIsCaught) {
  std::vector<float> host(kPlantedThreads);
  expect(run(write_behind, 1, host.data(), 0U), "host's memory");
}

TEST_P(Planted, BlocksThatWriteTheSamePlaceAreCaught) {
  EXPECT_EQ(run(all_write, 2, to_, true), "");
  expect(run(all_write, 2, to_, false), "device memory");
}

TEST_P(Planted, ABarrierThatSomeNeverReachIsCaught) {
  EXPECT_EQ(run(some_at_the_barrier, 2, true), "");
  expect(run(some_at_the_barrier, 1, false), "40 threads wait at a barrier of the block");
}

TEST_P(Planted, AShuffleWithoutAllItsLanesIsCaught) {
  EXPECT_EQ(run(half_a_warp_shuffles, 1, to_, true), "");
  expect(run(half_a_warp_shuffles, 1, to_, false), "__shfl_xor_sync");
}

TEST_P(Planted, LaunchesThatADeviceRefusesAreCaught) {
  cudaLaunchConfig_t config{};
  config.gridDim = dim3(1);
  config.blockDim = dim3(2048);
  EXPECT_NE(cudaLaunchKernelEx(&config, some_at_the_barrier, true), cudaSuccess);
  config.blockDim = dim3(32);
  config.dynamicSmemBytes = 100 * 1024;
  EXPECT_NE(cudaLaunchKernelEx(&config, some_at_the_barrier, true), cudaSuccess);
  EXPECT_EQ(cudaFuncSetAttribute(some_at_the_barrier, cudaFuncAttributeMaxDynamicSharedMemorySize,
                                 100 * 1024),
            cudaSuccess);
  EXPECT_EQ(cudaLaunchKernelEx(&config, some_at_the_barrier, true), cudaSuccess);
  cudaFuncSetAttribute(some_at_the_barrier, cudaFuncAttributeMaxDynamicSharedMemorySize, 48 * 1024);
  const std::vector<std::string> found = Failures::take();
  ASSERT_EQ(found.size(), 2U);
  expect(found[0], "2048 threads");
  expect(found[1], "49152 are allowed");
}

INSTANTIATE_TEST_SUITE_P(Orders, Planted,
                         testing::Values(Order::kForwards, Order::kBackwards, Order::kShuffled));

}  // namespace
}  // namespace vernier::emulation
