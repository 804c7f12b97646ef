#include "datasets/images/decode/formats/png/png_rows.h"

#include <png.h>

namespace vernier::images {
namespace {

constexpr Rgb grey(std::uint8_t value) { return {value, value, value}; }

constexpr std::uint8_t low_byte(std::uint16_t value) { return static_cast<std::uint8_t>(value); }

std::size_t bytes_a_pixel(const PngLayout& layout) {
  switch (layout.type) {
    case PNG_COLOR_TYPE_GRAY:
      return layout.bits == 16 ? 2 : 1;
    case PNG_COLOR_TYPE_GRAY_ALPHA:
      return 2;
    case PNG_COLOR_TYPE_RGB:
      return 3;
    case PNG_COLOR_TYPE_RGB_ALPHA:
      return 4;
    default:
      return 1;
  }
}

/// Pillow looks for the stored number among samples that it has brought to 8 bits: in 2- and 4-bit
/// grey and in 16-bit pictures it finds others than were meant.
Rgb transparent_colour(const PngLayout& layout) {
  const auto& stored = layout.transparent;
  if (layout.type == PNG_COLOR_TYPE_RGB) {
    return {low_byte(stored.red), low_byte(stored.green), low_byte(stored.blue)};
  }
  if (layout.bits == 1) return grey(stored.grey != 0 ? 255 : 0);
  return grey(low_byte(stored.grey));
}

}  // namespace

PngRows::PngRows(const PngLayout& layout)
    : type_(layout.type),
      wide_grey_(layout.type == PNG_COLOR_TYPE_GRAY && layout.bits == 16),
      samples_(bytes_a_pixel(layout)),
      has_alpha_(layout.has_transparency || (layout.type & PNG_COLOR_MASK_ALPHA) != 0),
      has_transparent_(layout.has_transparency && layout.type != PNG_COLOR_TYPE_PALETTE),
      transparent_(transparent_colour(layout)) {
  if (type_ == PNG_COLOR_TYPE_PALETTE) {
    // Colours that the palette lacks are black.
    for (std::size_t i = 0; i < layout.palette.size() && i < table_.size(); ++i) {
      table_[i].colour = layout.palette[i];
    }
    for (std::size_t i = 0; i < layout.palette_alpha.size() && i < table_.size(); ++i) {
      table_[i].alpha = layout.palette_alpha[i];
    }
  } else if (type_ == PNG_COLOR_TYPE_GRAY && !wide_grey_) {
    const unsigned brightest = (1u << layout.bits) - 1;
    for (unsigned i = 0; i <= brightest; ++i) {
      const Rgb colour = grey(static_cast<std::uint8_t>(i * 255 / brightest));
      table_[i] = {colour, alpha_of(colour)};
    }
  }
}

PngRows::Pixel PngRows::pixel(const std::uint8_t* samples) const {
  switch (type_) {
    case PNG_COLOR_TYPE_RGB: {
      const Rgb colour{samples[0], samples[1], samples[2]};
      return {colour, alpha_of(colour)};
    }
    case PNG_COLOR_TYPE_RGB_ALPHA:
      return {{samples[0], samples[1], samples[2]}, samples[3]};
    case PNG_COLOR_TYPE_GRAY_ALPHA:
      return {grey(samples[0]), samples[1]};
    default:
      break;
  }
  if (!wide_grey_) return table_[samples[0]];
  // Clipped, not scaled: 256, ..., 65535 are white.
  const Rgb colour = grey(samples[0] != 0 ? 255 : samples[1]);
  return {colour, alpha_of(colour)};
}

void PngRows::convert(std::span<const std::uint8_t> row, std::uint8_t* rgb,
                      std::uint8_t* alpha) const {
  for (std::size_t at = 0; at + samples_ <= row.size(); at += samples_, rgb += 3) {
    const Pixel one = pixel(row.data() + at);
    rgb[0] = one.colour.red;
    rgb[1] = one.colour.green;
    rgb[2] = one.colour.blue;
    if (alpha != nullptr) *alpha++ = one.alpha;
  }
}

}  // namespace vernier::images
