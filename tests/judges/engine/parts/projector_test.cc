// Neighbouring features that become one, by hand.
#include "judges/engine/parts/projector.h"

#include <gtest/gtest.h>

#include <numeric>
#include <vector>

#include "judges/engine/cpu/cpu_backend.h"

namespace vernier::engine {
namespace {

/// Features of one number each, from `first` on.
std::vector<float> counted(std::size_t count, float first) {
  std::vector<float> out(count);
  std::iota(out.begin(), out.end(), first);
  return out;
}

std::vector<float> run(Projector& projector, std::vector<float> features, std::size_t width) {
  std::vector<float> out(projector.tokens(features.size()) * width);
  projector.run({features.data(), features.size(), 1}, {out.data(), out.size() / width, width});
  return out;
}

TEST(Projector, PadsToWholeCells) {
  const auto backend = make_cpu_backend(1);
  Projector by_two(*backend, 3, 2, {});
  EXPECT_EQ(by_two.tokens(18), 8U);
  EXPECT_EQ(run(by_two, counted(9, 1), 4), (std::vector<float>{1, 2, 4, 5, 3, 0, 6, 0,  //
                                                               7, 8, 0, 0, 9, 0, 0, 0}));
  Projector by_three(*backend, 2, 3, {});
  EXPECT_EQ(run(by_three, counted(4, 1), 9), (std::vector<float>{1, 2, 0, 3, 4, 0, 0, 0, 0}));
}

TEST(Projector, WhatIsMissingStaysZeroHoweverManyImagesComeInBetween) {
  const auto backend = make_cpu_backend(1);
  ProjectorStep norm;
  norm.kind = ProjectorStep::Kind::kLayerNorm;
  const std::vector<float> weight(4, 1), bias = {9, 9, 9, 9};
  norm.weight = {weight.data(), 4};
  norm.bias = {bias.data(), 4};
  Projector projector(*backend, 3, 2, {norm});
  const std::vector<float> one = run(projector, counted(9, 1), 4);
  for (const std::size_t images : {3U, 1U, 9U, 2U}) {
    std::vector<float> features;
    for (std::size_t i = 0; i < images; ++i) {
      const std::vector<float> more = counted(9, 1);
      features.insert(features.end(), more.begin(), more.end());
    }
    const std::vector<float> out = run(projector, features, 4);
    for (std::size_t i = 0; i < out.size(); ++i) EXPECT_EQ(out[i], one[i % one.size()]) << images;
  }
}

TEST(Projector, ImagesOfAnyLengthWithoutMerging) {
  const auto backend = make_cpu_backend(1);
  Projector projector(*backend, 3, 1, {});
  EXPECT_EQ(projector.tokens(10), 10U) << "with a class token";
  EXPECT_EQ(run(projector, counted(10, 0), 1), counted(10, 0));
}

}  // namespace
}  // namespace vernier::engine
