#include "datasets/images/decode/formats/webp.h"

#include <webp/decode.h>
#include <webp/demux.h>

#include <algorithm>
#include <memory>

#include "datasets/images/decode/orientation.h"

namespace vernier::images {
namespace {

constexpr const char* kDamaged = "is truncated or damaged: copy it again";

struct Delete {
  void operator()(WebPAnimDecoder* decoder) const { WebPAnimDecoderDelete(decoder); }
};

unsigned orientation_of(const WebPDemuxer* demuxer) {
  WebPChunkIterator chunk{};
  if (WebPDemuxGetChunk(demuxer, "EXIF", 1, &chunk) == 0) return 1;
  const unsigned orientation =
      exif_orientation({reinterpret_cast<const char*>(chunk.chunk.bytes), chunk.chunk.size});
  WebPDemuxReleaseChunkIterator(&chunk);
  return orientation;
}

}  // namespace

// Pillow decodes still pictures with libwebp's decoder of animations, too.
DecodedPicture decode_webp(std::string_view bytes, const DecodeRequest& request) {
  const WebPData data{reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()};
  WebPBitstreamFeatures features{};
  if (WebPGetFeatures(data.bytes, data.size, &features) != VP8_STATUS_OK) {
    refuse(request, "WebP", kDamaged);
  }
  // Before the decoder takes memory for its canvas.
  check_size(request, {static_cast<std::uint32_t>(features.width),
                       static_cast<std::uint32_t>(features.height)});
  WebPAnimDecoderOptions options{};
  WebPAnimDecoderOptionsInit(&options);
  options.color_mode = MODE_RGBA;
  const std::unique_ptr<WebPAnimDecoder, Delete> decoder(WebPAnimDecoderNew(&data, &options));
  WebPAnimInfo info{};
  std::uint8_t* pixels = nullptr;
  int timestamp = 0;
  if (!decoder || WebPAnimDecoderGetInfo(decoder.get(), &info) == 0 ||
      WebPAnimDecoderGetNext(decoder.get(), &pixels, &timestamp) == 0) {
    refuse(request, "WebP", kDamaged);
  }
  const WebPDemuxer* demuxer = WebPAnimDecoderGetDemuxer(decoder.get());
  const Size size{info.canvas_width, info.canvas_height};
  DecodedPicture picture{Image(size), {}, 1};
  const bool with_alpha =
      request.alpha && (WebPDemuxGetI(demuxer, WEBP_FF_FORMAT_FLAGS) & ALPHA_FLAG) != 0;
  if (with_alpha) picture.alpha.reserve(size.pixels());
  for (std::uint32_t y = 0; y < size.height; ++y) {
    std::uint8_t* out = picture.image.row(y).data();
    for (std::uint32_t x = 0; x < size.width; ++x, pixels += 4) {
      out = std::copy_n(pixels, 3, out);
      if (with_alpha) picture.alpha.push_back(pixels[3]);
    }
  }
  if (request.orientation) picture.orientation = orientation_of(demuxer);
  return picture;
}

}  // namespace vernier::images
