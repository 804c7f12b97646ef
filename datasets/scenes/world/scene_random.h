// The source of chance for drawn scenes: equal on every machine, one stream a scene.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

namespace vernier::scenes {

/// SplitMix64 (Steele, Lea and Flood 2014). Streams of different keys are independent for all
/// practical purposes, so that scene 7 is the same whether or not scene 6 was drawn.
class SceneRandom {
 public:
  SceneRandom(std::uint64_t seed, std::uint64_t key) : state_(scramble(seed) ^ scramble(~key)) {}

  std::uint64_t next() { return scramble(state_ += 0x9E3779B97F4A7C15u); }

  /// A whole number in [0, n), n > 0; uneven by less than n / 2^32.
  std::size_t below(std::size_t n) {
    return static_cast<std::size_t>(((next() >> 32) * static_cast<std::uint64_t>(n)) >> 32);
  }
  std::size_t between(std::size_t low, std::size_t high) { return low + below(high - low + 1); }
  /// [0, 1)
  double unit() { return static_cast<double>(next() >> 11) * 0x1p-53; }
  double between(double low, double high) { return low + (high - low) * unit(); }
  bool chance(double p) { return unit() < p; }

  template <class Items>
  const auto& of(const Items& items) {
    return items[below(items.size())];
  }
  template <class Items>
  void shuffle(Items& items) {
    for (std::size_t n = items.size(); n > 1; --n) std::swap(items[n - 1], items[below(n)]);
  }

 private:
  static std::uint64_t scramble(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
  }
  std::uint64_t state_;
};

}  // namespace vernier::scenes
