// Pictures made larger and smaller, equal to Pillow bit for bit.
#pragma once

#include "datasets/images/image.h"
#include "datasets/images/resample/filter.h"

namespace vernier::images {

/// What `Image.resize((width, height), filter)` of Pillow 13 gives for RGB: one axis after the
/// other, with 8 bits between them. Before version 13 the rows never went first (`rows_first` in
/// the source); where they do, older ones differ by a level here and there. A filter's support
/// grows with the factor when a picture gets smaller. A resize to the same size is a copy. Throws
/// Error(kInternal) when a side is 0.
Image resize(const Image& image, Size size, Filter filter);

/// A part of what `resize` gives, computed alone: a narrow picture whose short side grows to the
/// size of a tile would have a very long side. Throws Error(kInternal) where `part` is empty or
/// leaves the resized picture.
Image resize_part(const Image& image, Size size, Filter filter, const Box& part);

}  // namespace vernier::images
