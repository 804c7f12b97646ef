// Where a model is run.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vernier::engine {

struct Device {
  enum class Kind : std::uint8_t { kCpu, kCuda };
  Kind kind = Kind::kCpu;
  int number = 0;  ///< which of several; cuda only
  /// A row's result depends on that row alone, to the bit, as it always does on a processor: not on
  /// how many rows are computed with it. On a device that costs speed.
  bool deterministic = false;

  /// "cpu", "cuda" or "cuda:1". Throws Error(kUsage) for anything else.
  static Device parse(std::string_view text);
  std::string text() const;
};

}  // namespace vernier::engine
