#include "judges/engine/parts/kept_looks.h"

#include <gtest/gtest.h>

#include <vector>

#include "judges/engine/cpu/cpu_backend.h"

namespace vernier::engine {
namespace {

TEST(KeptLooks, KeepWhatThereIsRoomFor) {
  const auto backend = make_cpu_backend(1);
  KeptLooks looks(10 * sizeof(float));
  std::vector<float> one = {1, 2, 3, 4, 5, 6}, two = {7, 8, 9, 10, 11, 12},
                     three = {13, 14, 15, 16};
  std::vector<float> out(6);
  const Rows rows{out.data(), 3, 2};
  EXPECT_FALSE(looks.find(1, rows, *backend));
  looks.keep(1, {one.data(), 3, 2}, *backend);
  looks.keep(2, {two.data(), 3, 2}, *backend);  // no room
  looks.keep(3, {three.data(), 2, 2}, *backend);
  looks.keep(1, {two.data(), 3, 2}, *backend);  // is there already
  EXPECT_TRUE(looks.find(1, rows, *backend));
  EXPECT_EQ(out, one);
  EXPECT_FALSE(looks.find(2, rows, *backend));
  EXPECT_TRUE(looks.find(3, {out.data(), 2, 2}, *backend));
  EXPECT_EQ(out, (std::vector<float>{13, 14, 15, 16, 5, 6}));
}

}  // namespace
}  // namespace vernier::engine
