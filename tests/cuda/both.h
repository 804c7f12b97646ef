// The same operation on the processor and on a device.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <deque>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "device_under_test.h"
#include "judges/engine/container/values/convert.h"
#include "judges/engine/cpu/cpu_backend.h"
#include "judges/engine/cuda/cuda_backend.h"

namespace vernier::engine {

/// Numbers of either backend, as many as the other's.
struct Pair {
  std::unique_ptr<Memory> of[2];
  std::size_t count = 0, width = 0;
  Rows rows(int side) const { return {of[side]->data(), count, width}; }
};

struct MatrixPair {
  Matrix of[2];
};

class OnBoth : public testing::Test {
 protected:
  void SetUp() override {
    if (!device_is_there()) GTEST_SKIP() << "no CUDA device";
    cuda_ = cuda::make_cuda_backend(0, true);
  }
  void TearDown() override {
    for (const std::string& text : found_by_device()) ADD_FAILURE() << text;
  }

  void use(std::unique_ptr<Backend> device) { cuda_ = std::move(device); }
  Backend& backend(int side) { return side == 0 ? *cpu_ : *cuda_; }

  /// Multiples of 1/16 from -2 to 2: exact in F16 and BF16, so that only sums are rounded.
  std::vector<float> numbers(std::size_t n) {
    std::vector<float> out(n);
    for (float& x : out) x = static_cast<float>(static_cast<int>(random_() % 65) - 32) / 16;
    return out;
  }

  Pair pair(std::size_t count, std::size_t width) {
    return pair_of(count, width, numbers(count * width));
  }
  Pair pair_of(std::size_t count, std::size_t width, const std::vector<float>& values) {
    Pair out;
    out.count = count;
    out.width = width;
    for (int side : {0, 1}) {
      out.of[side] = backend(side).allocate(count * width);
      backend(side).from_host(values, out.of[side]->data());
    }
    return out;
  }

  MatrixPair matrix(DType type, std::size_t rows, std::size_t columns) {
    std::vector<std::byte>& bytes = bytes_.emplace_back(rows * columns * size_of(type));
    from_float(numbers(rows * columns), type, bytes);
    MatrixPair out;
    const TensorView view{type, {rows, columns}, bytes};
    for (int side : {0, 1}) out.of[side] = backend(side).matrix(view, rows, columns);
    return out;
  }

  std::vector<float> host(const Pair& pair, int side) {
    std::vector<float> out(pair.count * pair.width);
    backend(side).to_host(pair.of[side]->data(), out);
    return out;
  }

  /// Largest difference, in parts of the processor's largest number.
  double difference(const Pair& pair) {
    const std::vector<float> a = host(pair, 0), b = host(pair, 1);
    double off = 0, largest = 1e-30;
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (!std::isfinite(b[i])) return INFINITY;
      off = std::max(off, static_cast<double>(std::abs(a[i] - b[i])));
      largest = std::max(largest, static_cast<double>(std::abs(a[i])));
    }
    return off / largest;
  }

 private:
  std::mt19937 random_{7};
  std::deque<std::vector<std::byte>> bytes_;
  std::unique_ptr<Backend> cpu_ = make_cpu_backend(1), cuda_;
};

}  // namespace vernier::engine
