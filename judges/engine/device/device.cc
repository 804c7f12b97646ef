#include "judges/engine/device/device.h"

#include <fmt/format.h>

#include <charconv>

#include "base/error.h"
#include "base/printable.h"

namespace vernier::engine {

Device Device::parse(std::string_view text) {
  constexpr std::string_view kCuda = "cuda";
  if (text == "cpu") return {};
  if (text == kCuda) return {Kind::kCuda, 0, false};
  if (text.starts_with(kCuda) && text.size() > kCuda.size() && text[kCuda.size()] == ':') {
    const std::string_view digits = text.substr(kCuda.size() + 1);
    int number = -1;
    const auto [end, error] = std::from_chars(digits.begin(), digits.end(), number);
    if (error == std::errc() && end == digits.end() && number >= 0) {
      return {Kind::kCuda, number, false};
    }
  }
  throw Error(ExitCode::kUsage,
              fmt::format("{}: not a device; cpu, cuda or cuda:NUMBER", printable(text)));
}

std::string Device::text() const {
  if (kind == Kind::kCpu) return "cpu";
  return number == 0 ? "cuda" : fmt::format("cuda:{}", number);
}

}  // namespace vernier::engine
