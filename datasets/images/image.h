// A picture in memory: RGB, 8 bits a channel.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace vernier::images {

struct Size {
  std::uint32_t width = 0, height = 0;

  bool operator==(const Size&) const = default;
  std::uint64_t pixels() const { return std::uint64_t{width} * height; }
};

struct Rgb {
  std::uint8_t red = 0, green = 0, blue = 0;

  bool operator==(const Rgb&) const = default;
};

/// A rectangle of pixels, `left` and `top` counted from 0.
struct Box {
  std::uint32_t left = 0, top = 0;
  Size size;
};

/// Rows from the top down, pixels from the left, three bytes a pixel: red, green, blue; no gaps
/// between rows. Movable; copies copy the pixels.
class Image {
 public:
  Image() = default;
  /// All pixels of one colour. Whoever takes the size from a file checks it first
  /// (decode/decode.h). Throws Error(kInternal) when a side is 0.
  explicit Image(Size size, Rgb colour = {});

  Size size() const { return size_; }
  std::uint32_t width() const { return size_.width; }
  std::uint32_t height() const { return size_.height; }
  std::size_t row_bytes() const { return std::size_t{3} * size_.width; }
  bool empty() const { return bytes_.empty(); }

  /// Of all rows: 3 * width * height.
  std::span<const std::uint8_t> bytes() const { return bytes_; }

  /// 3 * width bytes. Throws Error(kInternal) below the last row.
  std::span<const std::uint8_t> row(std::uint32_t y) const;
  std::span<std::uint8_t> row(std::uint32_t y);

  /// Throws Error(kInternal) outside of the picture.
  Rgb at(std::uint32_t x, std::uint32_t y) const;

 private:
  std::size_t row_begin(std::uint32_t y) const;

  Size size_;
  std::vector<std::uint8_t> bytes_;
};

/// A part of a picture. Throws Error(kInternal) where the box is empty or leaves the picture.
Image crop(const Image& image, const Box& box);

/// A picture of size `canvas` in one colour with `image` on it, its corner at (left, top). Throws
/// Error(kInternal) where the picture leaves the canvas.
Image place(const Image& image, Size canvas, std::uint32_t left, std::uint32_t top, Rgb colour);

}  // namespace vernier::images
