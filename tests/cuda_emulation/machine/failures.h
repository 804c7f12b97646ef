// What kernels did that a device does not forgive: tests demand that nothing is here.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace vernier::emulation {

class Failures {
 public:
  static void add(std::string text) {
    ++count();
    if (texts().size() < kKept) texts().push_back(std::move(text));
  }
  /// The first of them, and none are left.
  static std::vector<std::string> take() {
    count() = 0;
    return std::exchange(texts(), {});
  }
  static std::size_t& count() {
    static std::size_t count = 0;
    return count;
  }

 private:
  static constexpr std::size_t kKept = 20;
  static std::vector<std::string>& texts() {
    static std::vector<std::string> texts;
    return texts;
  }
};

}  // namespace vernier::emulation
