#include "datasets/images/decode/decode.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/io/byte_source.h"
#include "base/printable.h"
#include "datasets/images/decode/format.h"
#include "datasets/images/decode/formats/gif.h"
#include "datasets/images/decode/formats/jpeg.h"
#include "datasets/images/decode/formats/png/png.h"
#include "datasets/images/decode/formats/webp.h"
#include "datasets/images/decode/on_white.h"
#include "datasets/images/decode/orientation.h"

namespace vernier::images {
namespace {

/// More than any picture of 100 million pixels takes: 16 bits of four channels, not compressed.
constexpr std::size_t kMostBytes = std::size_t{1} << 30;

std::string read_bytes(const std::string& path) {
  std::string bytes;
  try {
    bytes = ByteSource::open(path)->read_rest(kMostBytes);
  } catch (const Error& error) {
    throw Error(ExitCode::kBadInput, error.what());
  }
  if (bytes.size() > kMostBytes) {
    throw Error(ExitCode::kBadInput,
                fmt::format("{}: more than {} bytes, not a picture", printable(path), kMostBytes));
  }
  return bytes;
}

[[noreturn]] void refuse_other(std::string_view bytes, const std::string& name) {
  constexpr std::string_view kExpected = "expected a JPEG, PNG, GIF or WebP picture";
  if (bytes.empty()) {
    throw Error(ExitCode::kBadInput,
                fmt::format("{}: the file is empty, {}: copy it again", name, kExpected));
  }
  const std::string_view kind = kind_of_other(bytes);
  if (kind.empty()) {
    throw Error(ExitCode::kBadInput, fmt::format("{}: {}, but it begins with '{}'", name, kExpected,
                                                 printable(bytes.substr(0, 8))));
  }
  const bool picture = kind.ends_with("picture") || kind.ends_with("drawing");
  throw Error(ExitCode::kBadInput,
              fmt::format("{}: {}, found {}: {}", name, kExpected, kind,
                          picture ? "convert it" : "was an error page saved in its place?"));
}

DecodedPicture decode_format(std::string_view bytes, const std::string& name,
                             const DecodeOptions& options) {
  const DecodeRequest request{name, options.most_pixels, options.alpha == Alpha::kOnWhite,
                              options.turn_upright};
  switch (format_of(bytes)) {
    case Format::kJpeg:
      return decode_jpeg(bytes, request);
    case Format::kPng:
      return decode_png(bytes, request);
    case Format::kGif:
      return decode_gif(bytes, request);
    case Format::kWebp:
      return decode_webp(bytes, request);
    case Format::kOther:
      break;
  }
  refuse_other(bytes, name);
}

}  // namespace

Image decode(std::string_view bytes, const std::string& name, const DecodeOptions& options) {
  DecodedPicture picture = decode_format(bytes, printable(name), options);
  lay_on_white(picture.image, picture.alpha);
  return turned_upright(std::move(picture.image), picture.orientation);
}

Image read_image(const std::string& path, const DecodeOptions& options) {
  return decode(read_bytes(path), path, options);
}

}  // namespace vernier::images
