// Idefics3's and SmolVLM's splitting: large pictures in square tiles, then the whole as one.
#pragma once

#include <cstdint>
#include <vector>

#include "datasets/images/image.h"
#include "datasets/images/resample/filter.h"

namespace vernier::images {

struct SplittingOptions {
  std::uint32_t longest_edge = 2048;  ///< "size"; 1536 for SmolVLM-2.2B
  std::uint32_t tile = 512;           ///< "max_image_size"; 384
  bool split = true;                  ///< "do_image_splitting"
  Filter filter = Filter::kLanczos;
};

struct SplittingPlan {
  Size first;   ///< the long side made `longest_edge`, smaller pictures too
  Size second;  ///< both sides made multiples of the tile, the shape changed a little for that
  std::uint32_t rows = 0, columns = 0;  ///< tiles; 0 and 0 for a picture that is one tile

  std::uint32_t frames() const { return rows * columns + 1; }
};

/// Throws Error(kResource) when a side is 0 or beyond 4096, the processors' own limit.
SplittingPlan plan_splitting(Size size, const SplittingOptions& options);

/// The tiles row by row, then the whole picture squashed to a tile; that alone without splitting.
std::vector<Image> split(const Image& image, const SplittingPlan& plan,
                         const SplittingOptions& options);

}  // namespace vernier::images
