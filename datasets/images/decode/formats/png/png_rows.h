// Rows of a PNG as colours and transparency, the way Pillow reads them.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "datasets/images/image.h"

namespace vernier::images {

/// What the header and the chunks PLTE and tRNS say.
struct PngLayout {
  int type = 0;  ///< libpng's PNG_COLOR_TYPE_...
  int bits = 8;  ///< a sample, in the file
  std::vector<Rgb> palette;
  bool has_transparency = false;            ///< there is a tRNS
  std::vector<std::uint8_t> palette_alpha;  ///< of the first colours of the palette
  struct {
    std::uint16_t grey = 0, red = 0, green = 0, blue = 0;
  } transparent;  ///< the one transparent colour of other types, as stored
};

class PngRows {
 public:
  explicit PngRows(const PngLayout& layout);

  bool has_alpha() const { return has_alpha_; }

  /// `row`: a byte a sample, two in 16-bit grey. `rgb` gets three bytes a pixel, `alpha` one,
  /// unless it is null.
  void convert(std::span<const std::uint8_t> row, std::uint8_t* rgb, std::uint8_t* alpha) const;

 private:
  struct Pixel {
    Rgb colour;
    std::uint8_t alpha = 255;
  };

  Pixel pixel(const std::uint8_t* samples) const;
  std::uint8_t alpha_of(Rgb colour) const {
    return has_transparent_ && colour == transparent_ ? 0 : 255;
  }

  int type_;
  bool wide_grey_;
  std::size_t samples_;  // bytes a pixel
  bool has_alpha_;
  bool has_transparent_;
  Rgb transparent_;
  std::array<Pixel, 256> table_{};  // of grey values and of the palette
};

}  // namespace vernier::images
