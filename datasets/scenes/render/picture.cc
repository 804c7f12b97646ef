#include "datasets/scenes/render/picture.h"

#include <algorithm>
#include <cmath>

#include "datasets/scenes/render/lettering.h"
#include "datasets/scenes/render/outline.h"

namespace vernier::scenes {
namespace {

constexpr unsigned kSamples = 3;  // each way

void paint_background(const Background& background, Picture& picture) {
  const unsigned side = picture.side;
  for (unsigned row = 0; row < side; ++row) {
    for (unsigned column = 0; column < side; ++column) {
      const unsigned at = background.sideways ? column : row;
      const unsigned last = std::max(side - 1, 1u);
      // Rounded to the nearest level.
      const unsigned grey =
          (background.from * (last - at) * 2 + background.to * at * 2 + last) / (2 * last);
      std::fill_n(&picture.pixels[(std::size_t{row} * side + column) * 3], 3,
                  static_cast<std::uint8_t>(grey));
    }
  }
}

/// What an object's samples add up to, pixel by pixel of one row.
class RowPainter {
 public:
  explicit RowPainter(unsigned side) : sums_(side) {}

  void add(std::size_t sample, Rgb paint) {
    Sum& sum = sums_[sample / kSamples];
    sum.r += paint.r;
    sum.g += paint.g;
    sum.b += paint.b;
    ++sum.count;
  }

  /// Mixes columns [from, to) into the picture and forgets them.
  void finish(unsigned row, std::size_t from, std::size_t to, std::uint8_t object,
              Picture& picture) {
    constexpr unsigned kAll = kSamples * kSamples;
    for (std::size_t column = from; column < to; ++column) {
      Sum& sum = sums_[column];
      if (sum.count == 0) continue;
      const std::size_t pixel = std::size_t{row} * picture.side + column;
      std::uint8_t* const rgb = &picture.pixels[pixel * 3];
      const unsigned rest = kAll - sum.count;
      rgb[0] = static_cast<std::uint8_t>((sum.r + rgb[0] * rest + kAll / 2) / kAll);
      rgb[1] = static_cast<std::uint8_t>((sum.g + rgb[1] * rest + kAll / 2) / kAll);
      rgb[2] = static_cast<std::uint8_t>((sum.b + rgb[2] * rest + kAll / 2) / kAll);
      if (sum.count * 2 > kAll) picture.instances[pixel] = object;
      sum = {};
    }
  }

 private:
  struct Sum {
    unsigned r = 0, g = 0, b = 0, count = 0;
  };
  std::vector<Sum> sums_;
};

class ObjectPainter {
 public:
  ObjectPainter(const DrawnObject& object, std::uint8_t number, Picture& picture)
      : object_(object), number_(number), picture_(picture), row_(picture.side) {}

  void paint() {
    const Box box = object_.box();
    const double side = picture_.side;
    const auto pixel = [&](double at) {
      return static_cast<unsigned>(std::clamp(at * side, 0.0, side));
    };
    const unsigned top = pixel(box.top), bottom = std::min(pixel(box.bottom) + 1, picture_.side);
    const unsigned left = pixel(box.left), right = std::min(pixel(box.right) + 1, picture_.side);
    for (unsigned row = top; row < bottom; ++row) {
      for (unsigned sample = 0; sample < kSamples; ++sample) {
        const double y = (place(row * kSamples + sample) - object_.y) / object_.radius;
        if (object_.is_sign()) {
          paint_sign_row(y, left, right);
        } else {
          paint_shape_row(y);
        }
      }
      row_.finish(row, left, right, number_, picture_);
    }
  }

 private:
  /// The middle of a sample, as a share of the side.
  double place(std::size_t sample) const {
    return (static_cast<double>(sample) + 0.5) / (kSamples * picture_.side);
  }
  /// The first sample at or behind a place.
  std::size_t first_sample(double at) const {
    const double samples = kSamples * static_cast<double>(picture_.side);
    return static_cast<std::size_t>(std::clamp(std::ceil(at * samples - 0.5), 0.0, samples));
  }

  void paint_shape_row(double y) {
    const bool second = object_.pattern == Pattern::kStriped && second_stripe(y);
    const Rgb paint = second ? object_.second : object_.main;
    const Crossings row = outline_row(object_.shape, y);
    for (std::size_t i = 0; i + 1 < row.count; i += 2) {
      const std::size_t end = first_sample(object_.x + row.at[i + 1] * object_.radius);
      for (std::size_t sample = first_sample(object_.x + row.at[i] * object_.radius); sample < end;
           ++sample) {
        row_.add(sample, paint);
      }
    }
  }

  void paint_sign_row(double y, unsigned left, unsigned right) {
    for (std::size_t sample = left * kSamples; sample < right * kSamples; ++sample) {
      const double x = (place(sample) - object_.x) / object_.radius;
      switch (sign_ink(object_.text, x, y)) {
        case Ink::kNone:
          break;
        case Ink::kBoard:
          row_.add(sample, object_.main);
          break;
        case Ink::kLetter:
          row_.add(sample, object_.second);
          break;
      }
    }
  }

  const DrawnObject& object_;
  const std::uint8_t number_;
  Picture& picture_;
  RowPainter row_;
};

}  // namespace

Picture render(const DrawnScene& scene, unsigned side) {
  Picture picture;
  picture.side = side;
  picture.pixels.resize(std::size_t{side} * side * 3);
  picture.instances.resize(std::size_t{side} * side);
  paint_background(scene.background, picture);
  for (std::size_t i = 0; i < scene.objects.size(); ++i) {
    ObjectPainter(scene.objects[i], static_cast<std::uint8_t>(i + 1), picture).paint();
  }
  return picture;
}

}  // namespace vernier::scenes
