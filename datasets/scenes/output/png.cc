#include "datasets/scenes/output/png.h"

#include <png.h>

#include "base/error.h"

namespace vernier::scenes {

std::string encode_png(std::span<const std::uint8_t> pixels, unsigned side) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = image.height = side;
  image.format = pixels.size() == std::size_t{side} * side ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
  // Plain areas compress well without filters and with little effort; the usual effort takes four
  // times as long and saves a tenth of the bytes.
  image.flags = PNG_IMAGE_FLAG_FAST;
  std::string out(PNG_IMAGE_PNG_SIZE_MAX(image), '\0');
  png_alloc_size_t size = out.size();
  if (png_image_write_to_memory(&image, out.data(), &size, 0, pixels.data(), 0, nullptr) == 0) {
    throw Error(ExitCode::kInternal, std::string("libpng: ") + image.message);
  }
  out.resize(size);
  return out;
}

}  // namespace vernier::scenes
