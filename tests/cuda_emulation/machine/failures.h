// What kernels did that a device does not forgive: tests demand that nothing is here.
#pragma once

#include <cstddef>
#include <cstdio>
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
    std::vector<std::string> out;
    texts().swap(out);
    return out;
  }
  static std::size_t& count() {
    static std::size_t count = 0;
    return count;
  }

 private:
  static constexpr std::size_t kKept = 20;
  /// What nobody has asked for when the program ends is said.
  struct Texts : std::vector<std::string> {
    ~Texts() {
      for (const std::string& text : *this)
        std::fprintf(stderr, "emulated device: %s\n", text.c_str());
    }
  };
  static Texts& texts() {
    static Texts texts;
    return texts;
  }
};

}  // namespace vernier::emulation
