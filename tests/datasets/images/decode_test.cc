// Files to pixels: what Pillow gives, and what is refused.
#include "datasets/images/decode/decode.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/error.h"
#include "datasets/images/decode/orientation.h"
#include "tests/datasets/images/drawn.h"

namespace vernier::images {
namespace {

using test::hash_of;
using test::number;

std::string file_bytes(const std::string& name) { return test::golden_bytes("files/" + name); }

/// The message of a refusal; empty when the bytes are accepted.
std::string refusal(std::string_view bytes, const DecodeOptions& options = {}) {
  try {
    decode(bytes, "a.jpg", options);
    return "";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kBadInput) << error.what();
    const std::string message = error.what();
    EXPECT_TRUE(message.starts_with("a.jpg: ")) << message;
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
    return message;
  }
}

void refuses(std::string_view bytes, const std::string& message,
             const DecodeOptions& options = {}) {
  const std::string text = refusal(bytes, options);
  EXPECT_NE(text.find(message), std::string::npos) << text;
}

TEST(Decode, EqualsPillowBitForBit) {
  const auto rows = test::golden_table("decode.tsv");
  ASSERT_GE(rows.size(), 100u);
  for (const auto& row : rows) {
    SCOPED_TRACE(row[0]);
    const std::string bytes = file_bytes(row[0]);
    const Image image = decode(bytes, row[0]);
    EXPECT_EQ(image.size(), (Size{number(row[1]), number(row[2])}));
    EXPECT_EQ(hash_of(image.bytes()), test::hexadecimal(row[3]));
    const Image on_white = decode(bytes, row[0], {Alpha::kOnWhite});
    EXPECT_EQ(hash_of(on_white.bytes()), test::hexadecimal(row[4]));
    const Image upright = decode(bytes, row[0], {Alpha::kDrop, true});
    EXPECT_EQ(upright.size(), (Size{number(row[5]), number(row[6])}));
    EXPECT_EQ(hash_of(upright.bytes()), test::hexadecimal(row[7]));
  }
}

TEST(Decode, TruncatedFilesAreRefusedWherePillowRefusesThem) {
  for (const auto& row : test::golden_table("shortest.tsv")) {
    SCOPED_TRACE(row[0]);
    const std::string bytes = file_bytes(row[0]);
    const std::uint64_t whole = hash_of(decode(bytes, row[0]).bytes());
    const std::size_t shortest = number(row[1]);
    for (std::size_t length = 0; length < shortest; ++length) {
      EXPECT_NE(refusal(std::string_view(bytes).substr(0, length)), "") << length;
    }
    // Behind the last pixel Pillow misses nothing. Of JPEG that holds here too; the others are
    // refused up to their end.
    if (!row[0].ends_with(".jpg")) continue;
    for (std::size_t length = shortest; length < bytes.size(); ++length) {
      const Image image = decode(std::string_view(bytes).substr(0, length), row[0]);
      EXPECT_EQ(hash_of(image.bytes()), whole) << length;
    }
  }
}

/// `damage` of tests/oracles/images_decode.py.
std::string damaged(std::string bytes, std::uint32_t seed) {
  const std::size_t half = bytes.size() / 2;
  for (std::uint64_t i = 0; i < 9; i += 3) {
    const std::size_t at = test::noise(i, seed) << 8 | test::noise(i + 1, seed);
    bytes[half + at % (bytes.size() - half)] = static_cast<char>(test::noise(i + 2, seed));
  }
  return bytes;
}

TEST(Decode, DamagedJpegsAreWhatPillowMakesOfThem) {
  const auto rows = test::golden_table("damaged.tsv");
  ASSERT_GE(rows.size(), 100u);
  for (const auto& row : rows) {
    const std::string bytes = damaged(file_bytes(row[0]), number(row[1]));
    SCOPED_TRACE(row[0] + " " + row[1]);
    if (row[2] == "refused") {
      EXPECT_NE(refusal(bytes), "");
    } else {
      EXPECT_EQ(hash_of(decode(bytes, row[0]).bytes()), test::hexadecimal(row[2]));
    }
  }
}

TEST(Decode, WhatIsNoPictureIsNamed) {
  refuses("", "the file is empty");
  refuses("<!DOCTYPE html><html>404</html>", "found HTML: was an error page saved");
  refuses("\xEF\xBB\xBF\r\n <HTML>", "found HTML:");
  refuses("<?xml version='1.0'?><Error>", "found HTML or XML");
  refuses("<svg xmlns=''>", "found an SVG drawing: convert it");
  refuses("{\"error\": 404}", "found JSON");
  refuses(std::string_view("BM\x3A\0\0\0\0\0\0\0\x36\0", 12), "found a BMP picture: convert it");
  refuses(std::string_view("II*\0\x08\0\0\0", 8), "found a TIFF picture");
  refuses(std::string_view("\0\0\0\x20"
                           "ftypavif",
                           12),
          "found an AVIF picture");
  refuses(std::string_view("\0\0\0\x20"
                           "ftypheic",
                           12),
          "found a HEIC picture or a video");
  refuses(std::string_view("\0\0\x01\0\x03\0", 6), "found an ICO picture");
  refuses("%PDF-1.7", "found a PDF document");
  refuses("PK\x03\x04", "found a ZIP archive");
  refuses("\x01\x02plain", "it begins with '\\x01\\x02plain'");
  refuses("   ", "expected a JPEG, PNG, GIF or WebP picture");
  refuses("RIFF\x01\x02\x03\x04WAVEfmt ", "expected a JPEG");
}

std::string big_endian(std::uint32_t value) {
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xFF);
  return out;
}

TEST(Decode, BombsAreRefusedOnTheirHeaders) {
  std::string png = file_bytes("type2-8.png");
  png.replace(16, 8, big_endian(65535) + big_endian(65535));
  png.replace(29, 4, big_endian(0x39674E07u));  // zlib's crc32 of the new header
  const std::string limit = "65535 x 65535 pixels are more than the limit of 100000000 pixels";
  refuses(png, limit);

  std::string jpeg = file_bytes("444.jpg");
  jpeg.replace(jpeg.find("\xFF\xC0") + 5, 4, "\xFF\xDC\xFF\xDC");
  refuses(jpeg,
          "65500 x 65500 pixels are more than the limit of 100000000 pixels: make it smaller");

  std::string gif = file_bytes("plain.gif");
  gif.replace(6, 4, "\xFF\xFF\xFF\xFF");
  refuses(gif, limit);

  std::string webp = file_bytes("animated.webp");
  ASSERT_EQ(webp.substr(12, 4), "VP8X");
  webp.replace(24, 6, "\xFE\xFF\x00\xFE\xFF\x00", 6);
  refuses(webp, limit);
}

TEST(Decode, TheLimitCountsPixels) {
  const std::string bytes = file_bytes("420.jpg");  // 37 x 29
  EXPECT_EQ(refusal(bytes, {Alpha::kDrop, false, 37 * 29}), "");
  refuses(bytes, "37 x 29 pixels are more than the limit of 1072",
          {Alpha::kDrop, false, 37 * 29 - 1});
}

TEST(Decode, DamagedContainersAreRefused) {
  for (const char* name : {"type2-8.png", "type3-8-interlaced.png"}) {
    std::string bytes = file_bytes(name);
    const std::size_t data = bytes.find("IDAT") + 8;
    bytes[data] = static_cast<char>(bytes[data] ^ 0x55);
    refuses(bytes, "the PNG cannot be decoded: ");
  }
  std::string gif = file_bytes("plain.gif");
  gif.replace(gif.size() - 200, 100, 100, '\x7F');
  EXPECT_NE(refusal(gif), "");
  refuses(std::string("GIF89a\x01\0\x01\0\0\0\0;", 14), "the GIF holds no frame");
  std::string webp = file_bytes("lossy.webp");
  webp.resize(webp.size() - 2);
  refuses(webp, "the WebP is truncated or damaged: copy it again");
  refuses(file_bytes("420.jpg").substr(0, 700), "the JPEG is truncated, its last rows are missing");
  refuses(file_bytes("type2-8.png").substr(0, 90), "the PNG is truncated");
  refuses(file_bytes("plain.gif").substr(0, 900), "the GIF is truncated");
}

TEST(Decode, AJpegOfThousandsOfScansIsRefused) {
  std::string bytes = file_bytes("progressive.jpg");
  const std::size_t last = bytes.rfind("\xFF\xDA");
  const std::string scan = bytes.substr(last, bytes.size() - 2 - last);
  for (int i = 0; i < 600; ++i) bytes.insert(last, scan);
  refuses(bytes, "the JPEG cannot be decoded: more than 500 scans");
}

TEST(Decode, ExifIsReadWithCare) {
  const auto tag = [](const char* type_count_value) {
    return std::string("II*\0\x08\0\0\0\x01\0\x12\x01", 12) + std::string(type_count_value, 8) +
           std::string(4, '\0');
  };
  EXPECT_EQ(exif_orientation(tag("\x03\0\x01\0\0\0\x06\0")), 6u);
  EXPECT_EQ(exif_orientation(std::string("Exif\0\0", 6) + tag("\x03\0\x01\0\0\0\x08\0")), 8u);
  EXPECT_EQ(exif_orientation(tag("\x03\0\x01\0\0\0\x09\0")), 1u);
  EXPECT_EQ(exif_orientation(tag("\x03\0\x01\0\0\0\0\0")), 1u);
  EXPECT_EQ(exif_orientation(tag("\x02\0\x01\0\0\0\x06\0")), 1u);
  EXPECT_EQ(exif_orientation(tag("\x03\0\x02\0\0\0\x06\0")), 1u);
  EXPECT_EQ(exif_orientation(""), 1u);
  EXPECT_EQ(exif_orientation("II"), 1u);
  const std::string whole = tag("\x03\0\x01\0\0\0\x06\0");
  for (std::size_t length = 0; length < 20; ++length) {
    EXPECT_LE(exif_orientation(std::string_view(whole).substr(0, length)), 6u);
  }
  // A directory beyond the end, and one of 65535 entries.
  EXPECT_EQ(exif_orientation(std::string("II*\0\xFF\xFF\xFF\xFF", 8)), 1u);
  EXPECT_EQ(exif_orientation(std::string("MM\0*\0\0\0\x08\xFF\xFF", 10)), 1u);
}

TEST(Decode, FilesThatCannotBeReadAreRefused) {
  try {
    read_image("no such picture.png");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kBadInput);
    EXPECT_NE(std::string(error.what()).find("no such picture.png"), std::string::npos);
  }
  EXPECT_EQ(read_image(test::golden_path("files/420.jpg")).size(), (Size{37, 29}));
}

}  // namespace
}  // namespace vernier::images
