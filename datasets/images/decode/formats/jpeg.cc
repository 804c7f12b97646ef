#include "datasets/images/decode/formats/jpeg.h"

#include <fmt/format.h>

// libjpeg's header needs these two before it.
#include <jerror.h>
#include <jpeglib.h>

#include <csetjmp>
#include <cstdio>

#include "datasets/images/decode/orientation.h"

namespace vernier::images {
namespace {

/// Files of a few kilobytes can hold thousands of scans, each of which walks over all pixels.
/// Honest progressive files hold about ten.
constexpr int kMostScans = 500;

/// What libjpeg works on. Its errors leave it by longjmp: between `completes` and libjpeg no frame
/// holds an object with a destructor.
struct JpegReader {
  explicit JpegReader(std::string_view bytes);
  ~JpegReader() { jpeg_destroy_decompress(&info); }
  JpegReader(const JpegReader&) = delete;
  JpegReader& operator=(const JpegReader&) = delete;

  jpeg_decompress_struct info{};
  jpeg_error_mgr errors{};
  jpeg_source_mgr source{};
  jpeg_progress_mgr progress{};
  std::jmp_buf jump{};
  char message[JMSG_LENGTH_MAX] = {};
  bool truncated = false;
  bool all_rows = false;
};

JpegReader& reader_of(void* client) { return *static_cast<JpegReader*>(client); }

[[noreturn]] void leave(j_common_ptr info) {
  JpegReader& reader = reader_of(info->client_data);
  info->err->format_message(info, reader.message);
  std::longjmp(reader.jump, 1);
}

/// Behind the last row Pillow does not miss the end marker.
boolean no_more_input(j_decompress_ptr info) {
  JpegReader& reader = reader_of(info->client_data);
  if (reader.all_rows) return FALSE;
  reader.truncated = true;
  std::longjmp(reader.jump, 1);
}

void skip(j_decompress_ptr info, long count) {
  if (count <= 0) return;
  jpeg_source_mgr& source = *info->src;
  const std::size_t skipped = std::min(static_cast<std::size_t>(count), source.bytes_in_buffer);
  source.next_input_byte += skipped;
  source.bytes_in_buffer -= skipped;
}

void watch_scans(j_common_ptr info) {
  JpegReader& reader = reader_of(info->client_data);
  if (reader.info.input_scan_number <= kMostScans) return;
  *fmt::format_to_n(reader.message, JMSG_LENGTH_MAX - 1, "more than {} scans", kMostScans).out = 0;
  std::longjmp(reader.jump, 1);
}

void nothing(j_decompress_ptr) {}
void say_nothing(j_common_ptr) {}

JpegReader::JpegReader(std::string_view bytes) {
  info.err = jpeg_std_error(&errors);
  errors.error_exit = leave;
  errors.output_message = say_nothing;
  info.client_data = this;
  source.next_input_byte = reinterpret_cast<const JOCTET*>(bytes.data());
  source.bytes_in_buffer = bytes.size();
  source.init_source = source.term_source = nothing;
  source.fill_input_buffer = no_more_input;
  source.skip_input_data = skip;
  source.resync_to_restart = jpeg_resync_to_restart;
  progress.progress_monitor = watch_scans;
}

template <class Step>
bool completes(JpegReader& reader, Step step) {
  if (setjmp(reader.jump) != 0) return false;
  step(reader.info);
  return true;
}

/// Components 1, 3 and 4 as Pillow has them.
J_COLOR_SPACE wanted_colours(int components) {
  return components == 1 ? JCS_GRAYSCALE : components == 3 ? JCS_RGB : JCS_CMYK;
}

void grey_to_rgb(const JSAMPLE* in, std::uint32_t width, std::uint8_t* out) {
  for (std::uint32_t x = 0; x < width; ++x, out += 3) out[0] = out[1] = out[2] = in[x];
}

/// Inks are stored as light: 255 is none.
void cmyk_to_rgb(const JSAMPLE* in, std::uint32_t width, std::uint8_t* out) {
  for (std::uint32_t x = 0; x < width; ++x, in += 4, out += 3) {
    const int light = in[3];
    for (int i = 0; i < 3; ++i) {
      // Ink times light over 255, rounded.
      const int product = (255 - in[i]) * light + 128;
      out[i] = static_cast<std::uint8_t>(light - (((product >> 8) + product) >> 8));
    }
  }
}

void read_rows(jpeg_decompress_struct& info, JSAMPLE* buffer, Image& image) {
  jpeg_start_decompress(&info);
  for (std::uint32_t y = 0; y < image.height(); ++y) {
    std::uint8_t* const out = image.row(y).data();
    JSAMPROW in = info.num_components == 3 ? out : buffer;
    jpeg_read_scanlines(&info, &in, 1);
    if (info.num_components == 1) grey_to_rgb(in, image.width(), out);
    if (info.num_components == 4) cmyk_to_rgb(in, image.width(), out);
  }
  reader_of(info.client_data).all_rows = true;
  jpeg_finish_decompress(&info);
}

unsigned orientation_of(const jpeg_decompress_struct& info) {
  for (auto* marker = info.marker_list; marker != nullptr; marker = marker->next) {
    const std::string_view data(reinterpret_cast<const char*>(marker->data), marker->data_length);
    if (data.starts_with("Exif")) return exif_orientation(data);
  }
  return 1;
}

[[noreturn]] void refuse_jpeg(const JpegReader& reader, const DecodeRequest& request) {
  if (reader.truncated) {
    refuse(request, "JPEG", "is truncated, its last rows are missing: copy it again");
  }
  refuse(request, "JPEG", fmt::format("cannot be decoded: {}", reader.message));
}

}  // namespace

DecodedPicture decode_jpeg(std::string_view bytes, const DecodeRequest& request) {
  JpegReader reader(bytes);
  const bool header = completes(reader, [&](jpeg_decompress_struct& info) {
    jpeg_create_decompress(&info);
    info.src = &reader.source;
    info.progress = &reader.progress;
    if (request.orientation) jpeg_save_markers(&info, JPEG_APP0 + 1, 0xFFFF);
    while (jpeg_read_header(&info, FALSE) == JPEG_HEADER_TABLES_ONLY) {
    }
  });
  if (!header) refuse_jpeg(reader, request);
  jpeg_decompress_struct& info = reader.info;
  check_size(request, {info.image_width, info.image_height});
  if (info.num_components != 1 && info.num_components != 3 && info.num_components != 4) {
    refuse(request, "JPEG",
           fmt::format("has {} colours a pixel, expected 1, 3 or 4", info.num_components));
  }
  info.out_color_space = wanted_colours(info.num_components);
  DecodedPicture picture{Image({info.image_width, info.image_height}), {}, orientation_of(info)};
  std::vector<JSAMPLE> buffer(std::size_t{4} * info.image_width);
  if (!completes(reader, [&](jpeg_decompress_struct& one) {
        read_rows(one, buffer.data(), picture.image);
      })) {
    refuse_jpeg(reader, request);
  }
  return picture;
}

}  // namespace vernier::images
