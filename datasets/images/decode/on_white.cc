#include "datasets/images/decode/on_white.h"

#include <algorithm>

namespace vernier::images {
namespace {

/// Over an opaque ground: a weighted sum with 7 fractional bits, then n / 255 as n * 257 / 65536
/// with the half added first.
std::uint8_t over_white(std::uint32_t colour, std::uint32_t alpha) {
  const std::uint32_t sum = ((colour * alpha + 255 * (255 - alpha)) << 7) + (0x80 << 7);
  return static_cast<std::uint8_t>((((sum >> 8) + sum) >> 8) >> 7);
}

}  // namespace

void lay_on_white(Image& image, std::span<const std::uint8_t> alpha) {
  if (alpha.empty()) return;
  auto opacity = alpha.begin();
  for (std::uint32_t y = 0; y < image.height(); ++y) {
    const auto row = image.row(y);
    for (auto pixel = row.begin(); pixel != row.end(); pixel += 3, ++opacity) {
      std::transform(pixel, pixel + 3, pixel,
                     [&](std::uint8_t colour) { return over_white(colour, *opacity); });
    }
  }
}

}  // namespace vernier::images
