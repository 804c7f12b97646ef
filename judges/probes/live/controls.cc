#include "judges/probes/live/controls.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>

#include "base/error.h"
#include "base/hash.h"
#include "datasets/images/decode/decode.h"

namespace vernier::probes {
namespace {

void append_number(std::string& out, std::uint32_t number) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    out.push_back(static_cast<char>(number >> shift & 0xFF));
  }
}

void append_chunk(std::string& out, std::string_view type, std::string_view data) {
  append_number(out, static_cast<std::uint32_t>(data.size()));
  std::string covered(type);  // what the check sum is of
  covered += data;
  out += covered;
  append_number(out,
                static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(covered.data()),
                                                 static_cast<uInt>(covered.size()))));
}

}  // namespace

images::Size picture_size(const chat::Picture& picture) {
  return images::decode(picture.bytes, picture.name).size();
}

std::shared_ptr<const chat::Picture> grey_picture(images::Size size) {
  if (size.width == 0 || size.height == 0) {
    throw Error(ExitCode::kInternal, "a grey picture of no size");
  }
  // Each row: the number of its filter (none), then red, green and blue of its pixels.
  std::string row(std::size_t{3} * size.width + 1, '\x80');
  row[0] = '\0';
  std::string pixels;
  pixels.reserve(row.size() * size.height);
  for (std::uint32_t y = 0; y < size.height; ++y) pixels += row;
  uLongf length = compressBound(static_cast<uLong>(pixels.size()));
  std::string packed(length, '\0');
  if (compress2(reinterpret_cast<Bytef*>(packed.data()), &length,
                reinterpret_cast<const Bytef*>(pixels.data()), static_cast<uLong>(pixels.size()),
                6) != Z_OK) {
    throw Error(ExitCode::kInternal, "zlib cannot compress a grey picture");
  }
  packed.resize(length);
  std::string header;
  append_number(header, size.width);
  append_number(header, size.height);
  header += std::string("\x08\x02\x00\x00\x00", 5);  // 8 bits, red green blue, the only methods
  auto picture = std::make_shared<chat::Picture>();
  picture->name = fmt::format("grey picture of {} x {}", size.width, size.height);
  picture->bytes = "\x89PNG\r\n\x1A\n";
  append_chunk(picture->bytes, "IHDR", header);
  append_chunk(picture->bytes, "IDAT", packed);
  append_chunk(picture->bytes, "IEND", "");
  return picture;
}

OtherImages::OtherImages(std::span<const LiveQuestion> questions, std::uint64_t seed) {
  for (const LiveQuestion& question : questions) {
    if (places_.try_emplace(question.image_id, images_.size()).second) {
      images_.push_back(question.image_id);
    }
  }
  if (images_.size() > 1) step_ = 1 + hash_more(seed, images_.size()) % (images_.size() - 1);
}

std::string OtherImages::of(const LiveQuestion& question) const {
  const auto found = places_.find(question.image_id);
  if (step_ == 0 || found == places_.end()) return {};
  for (std::size_t k = 0; k < images_.size(); ++k) {
    const std::string& other = images_[(found->second + step_ + k) % images_.size()];
    if (other != question.image_id &&
        std::ranges::find(question.images, other) == question.images.end()) {
      return other;
    }
  }
  return {};
}

}  // namespace vernier::probes
