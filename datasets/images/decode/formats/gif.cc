#include "datasets/images/decode/formats/gif.h"

#include <fmt/format.h>
#include <gif_lib.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <optional>

namespace vernier::images {
namespace {

int read(GifFileType* gif, GifByteType* out, int count) {
  auto& bytes = *static_cast<std::string_view*>(gif->UserData);
  const std::size_t n = std::min(bytes.size(), static_cast<std::size_t>(std::max(count, 0)));
  std::copy_n(bytes.begin(), n, out);
  bytes.remove_prefix(n);
  return static_cast<int>(n);
}

class GifReader {
 public:
  GifReader(std::string_view bytes, const DecodeRequest& request)
      : bytes_(bytes), request_(request), gif_(DGifOpen(&bytes_, read, &opening_error_)) {
    if (!gif_) fail(opening_error_);
  }

  /// Up to the first frame's pixels; the transparent colour, where one is named.
  std::optional<int> find_frame() {
    std::optional<int> transparent;
    for (;;) {
      GifRecordType record = UNDEFINED_RECORD_TYPE;
      check(DGifGetRecordType(gif_.get(), &record));
      if (record == TERMINATE_RECORD_TYPE) refuse(request_, "GIF", "holds no frame");
      if (record == IMAGE_DESC_RECORD_TYPE) break;
      if (record == EXTENSION_RECORD_TYPE) read_extension(transparent);
    }
    check(DGifGetImageDesc(gif_.get()));
    return transparent;
  }

  /// The screen, grown to hold the frame.
  Size canvas() const {
    const auto grown = [](GifWord screen, GifWord begin, GifWord length) {
      return static_cast<std::uint32_t>(std::max(screen, begin + length));
    };
    const GifImageDesc& frame = gif_->Image;
    return {grown(gif_->SWidth, frame.Left, frame.Width),
            grown(gif_->SHeight, frame.Top, frame.Height)};
  }

  /// A frame without pixels is refused; the numbers of others are 16-bit ones.
  Box frame() const {
    const GifImageDesc& one = gif_->Image;
    if (one.Left < 0 || one.Top < 0 || one.Width <= 0 || one.Height <= 0) {
      refuse(request_, "GIF", "has a first frame without pixels");
    }
    const auto number = [](GifWord value) { return static_cast<std::uint32_t>(value); };
    return {number(one.Left), number(one.Top), {number(one.Width), number(one.Height)}};
  }

  /// Colours that a palette lacks are black; without a palette numbers are grey values, and with
  /// one that says the same.
  std::array<Rgb, 256> colours() const {
    std::array<Rgb, 256> greys{}, listed{};
    for (std::size_t i = 0; i < greys.size(); ++i) {
      const auto value = static_cast<std::uint8_t>(i);
      greys[i] = {value, value, value};
    }
    const ColorMapObject* map =
        gif_->Image.ColorMap != nullptr ? gif_->Image.ColorMap : gif_->SColorMap;
    if (map == nullptr) return greys;
    const auto count = static_cast<std::size_t>(std::clamp(map->ColorCount, 0, 256));
    for (std::size_t i = 0; i < count; ++i) {
      listed[i] = {map->Colors[i].Red, map->Colors[i].Green, map->Colors[i].Blue};
    }
    return std::equal(listed.begin(), listed.begin() + static_cast<std::ptrdiff_t>(count),
                      greys.begin())
               ? greys
               : listed;
  }

  /// Calls `use` with the number of each row of the frame and its pixels, in the file's order.
  template <class Use>
  void read_rows(Use use) {
    const Size size = frame().size;
    std::vector<GifPixelType> pixels(size.width);
    const auto read_from = [&](std::uint32_t first, std::uint32_t step) {
      for (std::uint32_t y = first; y < size.height; y += step) {
        check(DGifGetLine(gif_.get(), pixels.data(), static_cast<int>(size.width)));
        use(y, pixels);
      }
    };
    if (!gif_->Image.Interlace) return read_from(0, 1);
    read_from(0, 8);
    read_from(4, 8);
    read_from(2, 4);
    read_from(1, 2);
  }

 private:
  struct Close {
    void operator()(GifFileType* gif) const { DGifCloseFile(gif, nullptr); }
  };

  void read_extension(std::optional<int>& transparent) {
    int code = 0;
    GifByteType* block = nullptr;  // its length, then its bytes
    check(DGifGetExtension(gif_.get(), &code, &block));
    constexpr int kHasTransparent = 1;
    if (code == GRAPHICS_EXT_FUNC_CODE && block != nullptr && block[0] >= 4 &&
        (block[1] & kHasTransparent) != 0) {
      transparent = block[4];
    }
    while (block != nullptr) check(DGifGetExtensionNext(gif_.get(), &block));
  }

  void check(int status) const {
    if (status != GIF_OK) fail(gif_->Error);
  }

  [[noreturn]] void fail(int error) const {
    if (bytes_.empty()) {
      refuse(request_, "GIF", "is truncated, its last bytes are missing: copy it again");
    }
    const char* const text = GifErrorString(error);
    refuse(request_, "GIF",
           fmt::format("cannot be decoded: {}", text == nullptr ? "damaged" : text));
  }

  std::string_view bytes_;  // not read yet
  const DecodeRequest& request_;
  int opening_error_ = 0;
  std::unique_ptr<GifFileType, Close> gif_;
};

}  // namespace

DecodedPicture decode_gif(std::string_view bytes, const DecodeRequest& request) {
  GifReader reader(bytes, request);
  const std::optional<int> transparent = reader.find_frame();
  const Box frame = reader.frame();
  const Size size = reader.canvas();
  check_size(request, size);
  const auto colours = reader.colours();
  DecodedPicture picture{
      Image(size, colours[static_cast<std::size_t>(transparent.value_or(0))]), {}, 1};
  const bool with_alpha = request.alpha && transparent.has_value();
  if (with_alpha) picture.alpha.assign(size.pixels(), 0);
  reader.read_rows([&](std::uint32_t y, const std::vector<GifPixelType>& pixels) {
    std::uint8_t* out = picture.image.row(frame.top + y).data() + std::size_t{3} * frame.left;
    for (const GifPixelType pixel : pixels) {
      const Rgb colour = colours[pixel];
      *out++ = colour.red;
      *out++ = colour.green;
      *out++ = colour.blue;
    }
    if (!with_alpha) return;
    const std::size_t begin = std::size_t{frame.top + y} * size.width + frame.left;
    for (std::size_t x = 0; x < pixels.size(); ++x) {
      picture.alpha[begin + x] = pixels[x] == *transparent ? 0 : 255;
    }
  });
  return picture;
}

}  // namespace vernier::images
