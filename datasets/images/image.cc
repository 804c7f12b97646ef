#include "datasets/images/image.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"

namespace vernier::images {
namespace {

bool holds(Size outer, std::uint64_t left, std::uint64_t top, Size inner) {
  return left + inner.width <= outer.width && top + inner.height <= outer.height;
}

}  // namespace

Image::Image(Size size, Rgb colour) : size_(size) {
  if (size.pixels() == 0) {
    throw Error(ExitCode::kInternal,
                fmt::format("a picture of {} x {} pixels", size.width, size.height));
  }
  bytes_.resize(3 * static_cast<std::size_t>(size.pixels()), colour.red);
  if (colour.green == colour.red && colour.blue == colour.red) return;
  for (std::size_t i = 0; i < bytes_.size(); i += 3) {
    bytes_[i + 1] = colour.green;
    bytes_[i + 2] = colour.blue;
  }
}

std::size_t Image::row_begin(std::uint32_t y) const {
  if (y >= size_.height) {
    throw Error(ExitCode::kInternal, fmt::format("row {} of a picture of {} rows", y, height()));
  }
  return y * row_bytes();
}

std::span<const std::uint8_t> Image::row(std::uint32_t y) const {
  return std::span(bytes_).subspan(row_begin(y), row_bytes());
}

std::span<std::uint8_t> Image::row(std::uint32_t y) {
  return std::span(bytes_).subspan(row_begin(y), row_bytes());
}

Rgb Image::at(std::uint32_t x, std::uint32_t y) const {
  if (x >= size_.width) {
    throw Error(ExitCode::kInternal,
                fmt::format("column {} of a picture of {} columns", x, width()));
  }
  const auto pixel = row(y).subspan(std::size_t{3} * x, 3);
  return {pixel[0], pixel[1], pixel[2]};
}

Image crop(const Image& image, const Box& box) {
  if (!holds(image.size(), box.left, box.top, box.size)) {
    throw Error(ExitCode::kInternal, "a crop leaves its picture");
  }
  Image out(box.size);
  for (std::uint32_t y = 0; y < out.height(); ++y) {
    const auto row = image.row(box.top + y).subspan(std::size_t{3} * box.left, out.row_bytes());
    std::ranges::copy(row, out.row(y).begin());
  }
  return out;
}

Image place(const Image& image, Size canvas, std::uint32_t left, std::uint32_t top, Rgb colour) {
  if (!holds(canvas, left, top, image.size())) {
    throw Error(ExitCode::kInternal, "a picture leaves its canvas");
  }
  Image out(canvas, colour);
  for (std::uint32_t y = 0; y < image.height(); ++y) {
    const auto row = out.row(top + y).subspan(std::size_t{3} * left, image.row_bytes());
    std::ranges::copy(image.row(y), row.begin());
  }
  return out;
}

}  // namespace vernier::images
