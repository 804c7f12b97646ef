#include "datasets/images/decode/formats/png/png.h"

#include <fmt/format.h>
#include <png.h>

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstring>

#include "datasets/images/decode/formats/png/png_rows.h"
#include "datasets/images/decode/orientation.h"

namespace vernier::images {
namespace {

/// What libpng works on. Its errors leave it by longjmp: between `completes` and libpng no frame
/// holds an object with a destructor.
struct PngReader {
  explicit PngReader(std::string_view content) : bytes(content) {}
  ~PngReader() { png_destroy_read_struct(&png, &info, nullptr); }
  PngReader(const PngReader&) = delete;
  PngReader& operator=(const PngReader&) = delete;

  png_structp png = nullptr;
  png_infop info = nullptr;
  std::string_view bytes;  // not read yet
  std::jmp_buf jump{};
  std::array<char, 128> message{};
  bool truncated = false;
};

[[noreturn]] void leave(png_structp png, png_const_charp message) {
  auto& reader = *static_cast<PngReader*>(png_get_error_ptr(png));
  const std::size_t length = std::min(std::strlen(message), reader.message.size() - 1);
  *std::copy_n(message, length, reader.message.begin()) = 0;
  std::longjmp(reader.jump, 1);
}

void say_nothing(png_structp, png_const_charp) {}

void read(png_structp png, png_bytep out, std::size_t count) {
  auto& reader = *static_cast<PngReader*>(png_get_io_ptr(png));
  if (reader.bytes.size() < count) {
    reader.truncated = true;
    std::longjmp(reader.jump, 1);
  }
  std::copy_n(reader.bytes.begin(), count, out);
  reader.bytes.remove_prefix(count);
}

template <class Step>
bool completes(PngReader& reader, Step step) {
  if (setjmp(reader.jump) != 0) return false;
  step();
  return true;
}

void open(PngReader& reader) {
  reader.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &reader, leave, say_nothing);
  reader.info = png_create_info_struct(reader.png);
  png_set_read_fn(reader.png, &reader, read);
  // Sizes are checked by `check_size`; texts and colour profiles, which may be bombs, are skipped.
  png_set_user_limits(reader.png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  png_set_keep_unknown_chunks(reader.png, PNG_HANDLE_CHUNK_NEVER, nullptr, -1);
  png_set_keep_unknown_chunks(reader.png, PNG_HANDLE_CHUNK_AS_DEFAULT,
                              reinterpret_cast<png_const_bytep>("eXIf"), 1);
  png_read_info(reader.png, reader.info);
}

/// One byte a sample, but two in 16-bit grey.
int set_layout(PngReader& reader) {
  const auto type = png_get_color_type(reader.png, reader.info);
  png_set_packing(reader.png);
  if (type != PNG_COLOR_TYPE_GRAY) png_set_strip_16(reader.png);
  const int passes = png_set_interlace_handling(reader.png);
  png_read_update_info(reader.png, reader.info);
  return passes;
}

PngLayout layout_of(const PngReader& reader) {
  PngLayout layout;
  layout.type = png_get_color_type(reader.png, reader.info);
  layout.bits = png_get_bit_depth(reader.png, reader.info);
  png_colorp colours = nullptr;
  int count = 0;
  if (png_get_PLTE(reader.png, reader.info, &colours, &count) != 0) {
    for (int i = 0; i < count; ++i) {
      layout.palette.push_back({colours[i].red, colours[i].green, colours[i].blue});
    }
  }
  png_bytep alphas = nullptr;
  png_color_16p colour = nullptr;
  if (png_get_tRNS(reader.png, reader.info, &alphas, &count, &colour) != 0) {
    layout.has_transparency = true;
    if (layout.type == PNG_COLOR_TYPE_PALETTE) {
      layout.palette_alpha.assign(alphas, alphas + count);
    } else {
      layout.transparent = {colour->gray, colour->red, colour->green, colour->blue};
    }
  }
  return layout;
}

/// Interlaced pictures must be held whole until the last pass.
void read_rows(PngReader& reader, int passes, std::uint8_t* buffer, const PngRows& rows,
               DecodedPicture& picture) {
  const std::size_t row_bytes = png_get_rowbytes(reader.png, reader.info);
  const std::uint32_t width = picture.image.width(), height = picture.image.height();
  for (int pass = 0; pass < passes; ++pass) {
    for (std::uint32_t y = 0; y < height; ++y) {
      std::uint8_t* const row = buffer + (passes == 1 ? 0 : y * row_bytes);
      png_read_row(reader.png, row, nullptr);
      if (pass + 1 < passes) continue;
      rows.convert({row, row_bytes}, picture.image.row(y).data(),
                   picture.alpha.empty() ? nullptr : picture.alpha.data() + std::size_t{y} * width);
    }
  }
}

/// EXIF data may stand behind the pixels; damage there is none of the picture.
unsigned orientation_of(PngReader& reader) {
  completes(reader, [&] { png_read_end(reader.png, reader.info); });
  png_bytep exif = nullptr;
  png_uint_32 size = 0;
  if (png_get_eXIf_1(reader.png, reader.info, &size, &exif) == 0) return 1;
  return exif_orientation({reinterpret_cast<const char*>(exif), size});
}

[[noreturn]] void refuse_png(const PngReader& reader, const DecodeRequest& request) {
  if (reader.truncated) {
    refuse(request, "PNG", "is truncated, its last bytes are missing: copy it again");
  }
  refuse(request, "PNG", fmt::format("cannot be decoded: {}", reader.message.data()));
}

}  // namespace

DecodedPicture decode_png(std::string_view bytes, const DecodeRequest& request) {
  PngReader reader(bytes);
  if (!completes(reader, [&] { open(reader); })) refuse_png(reader, request);
  const Size size{png_get_image_width(reader.png, reader.info),
                  png_get_image_height(reader.png, reader.info)};
  check_size(request, size);
  const PngRows rows(layout_of(reader));
  int passes = 0;
  if (!completes(reader, [&] { passes = set_layout(reader); })) refuse_png(reader, request);
  DecodedPicture picture{Image(size), {}, 1};
  if (request.alpha && rows.has_alpha()) picture.alpha.resize(size.pixels());
  std::vector<std::uint8_t> buffer(png_get_rowbytes(reader.png, reader.info) *
                                   (passes == 1 ? 1 : size.height));
  if (!completes(reader, [&] { read_rows(reader, passes, buffer.data(), rows, picture); })) {
    refuse_png(reader, request);
  }
  if (request.orientation) picture.orientation = orientation_of(reader);
  return picture;
}

}  // namespace vernier::images
