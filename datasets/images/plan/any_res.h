// LLaVA-NeXT's AnyRes: a picture seen whole and in square tiles (LlavaNextImageProcessor).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "datasets/images/image.h"
#include "datasets/images/resample/filter.h"

namespace vernier::images {

struct AnyResOptions {
  std::vector<Size> canvases;  ///< "image_grid_pinpoints" (height first there): multiples of tile
  std::uint32_t tile = 336;    ///< the vision tower's side, "size" and "crop_size"
  std::uint32_t patch = 14;    ///< the vision tower's, divides tile
  Filter filter = Filter::kBicubic;
};

struct AnyResPlan {
  Size canvas;   ///< the chosen one
  Size resized;  ///< the picture on it
  std::uint32_t left = 0, top = 0;
  std::uint32_t rows = 0, columns = 0;  ///< tiles
  /// Rows and columns of patches that show the picture and not its margins. A packer cuts the grid
  /// of rows * tile / patch by columns * tile / patch to its middle and ends each row with a
  /// newline.
  std::uint32_t kept_rows = 0, kept_columns = 0;
  std::uint32_t base_tokens = 0;  ///< of the picture as a whole

  std::uint32_t tokens() const { return base_tokens + kept_rows * (kept_columns + 1); }
};

/// Throws Error(kResource) when there are no canvases, they are no multiples of the tile or beyond
/// 64 million pixels. Of a picture of which no patch shows more than half kept_rows or kept_columns
/// is 0.
AnyResPlan plan_any_res(Size size, const AnyResOptions& options);

/// The whole picture squashed to a tile, then the tiles of the canvas row by row; margins are
/// black.
std::vector<Image> any_res_tiles(const Image& image, const AnyResPlan& plan,
                                 const AnyResOptions& options);

}  // namespace vernier::images
