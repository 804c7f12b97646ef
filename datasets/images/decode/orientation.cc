#include "datasets/images/decode/orientation.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace vernier::images {
namespace {

constexpr std::string_view kExifName("Exif\0\0", 6);

/// Numbers of a TIFF header; 0 behind its end.
class TiffNumbers {
 public:
  explicit TiffNumbers(std::string_view bytes) : bytes_(bytes), little_(bytes.starts_with("II")) {}

  std::uint32_t u16(std::size_t at) const { return number(at, 2); }
  std::uint32_t u32(std::size_t at) const { return number(at, 4); }

 private:
  std::uint32_t number(std::size_t at, std::size_t size) const {
    if (bytes_.size() < size || at > bytes_.size() - size) return 0;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const std::size_t place = little_ ? size - 1 - i : i;
      value = value << 8 | static_cast<std::uint8_t>(bytes_[at + place]);
    }
    return value;
  }

  std::string_view bytes_;
  bool little_;
};

}  // namespace

unsigned exif_orientation(std::string_view exif) {
  if (exif.starts_with(kExifName)) exif.remove_prefix(kExifName.size());
  const TiffNumbers numbers(exif);
  if ((!exif.starts_with("II") && !exif.starts_with("MM")) || numbers.u16(2) != 42) return 1;
  const std::size_t directory = numbers.u32(4);
  const std::uint32_t entries = numbers.u16(directory);
  for (std::uint32_t i = 0; i < entries; ++i) {
    const std::size_t entry = directory + 2 + std::size_t{12} * i;
    if (numbers.u16(entry) != 0x0112) continue;
    constexpr std::uint32_t kShort = 3;
    const std::uint32_t value = numbers.u16(entry + 8);
    const bool valid =
        numbers.u16(entry + 2) == kShort && numbers.u32(entry + 4) == 1 && value >= 1 && value <= 8;
    return valid ? value : 1;
  }
  return 1;
}

Image turned_upright(Image image, unsigned orientation) {
  if (orientation <= 1 || orientation > 8) return image;
  const bool swaps = orientation >= 5;
  const bool from_right =
      orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  const bool from_below =
      orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  const std::uint32_t width = image.width(), height = image.height();
  Image out(swaps ? Size{height, width} : Size{width, height});
  for (std::uint32_t y = 0; y < out.height(); ++y) {
    std::uint8_t* to = out.row(y).data();
    for (std::uint32_t x = 0; x < out.width(); ++x) {
      const std::uint32_t column = swaps ? y : x, line = swaps ? x : y;
      const auto row = std::as_const(image).row(from_below ? height - 1 - line : line);
      to = std::copy_n(row.begin() + std::ptrdiff_t{3} * (from_right ? width - 1 - column : column),
                       3, to);
    }
  }
  return out;
}

}  // namespace vernier::images
