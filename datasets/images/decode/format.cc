#include "datasets/images/decode/format.h"

#include <algorithm>
#include <string>

namespace vernier::images {
namespace {

using namespace std::string_view_literals;

bool holds_at(std::string_view bytes, std::size_t at, std::string_view what) {
  return bytes.size() >= at && bytes.substr(at).starts_with(what);
}

/// The beginning of a text without white space in front, in small letters.
std::string first_letters(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  bytes.remove_prefix(std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size()));
  std::string text(bytes.substr(0, 16));
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

}  // namespace

Format format_of(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xD8\xFF")) return Format::kJpeg;
  if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return Format::kPng;
  if (bytes.starts_with("GIF87a") || bytes.starts_with("GIF89a")) return Format::kGif;
  if (bytes.starts_with("RIFF") && holds_at(bytes, 8, "WEBPVP8")) return Format::kWebp;
  return Format::kOther;
}

std::string_view kind_of_other(std::string_view bytes) {
  if (bytes.starts_with("II*\0"sv) || bytes.starts_with("MM\0*"sv)) return "a TIFF picture";
  if (holds_at(bytes, 4, "ftypavi")) return "an AVIF picture";
  if (holds_at(bytes, 4, "ftyp")) return "a HEIC picture or a video";
  if (bytes.starts_with("\xFF\x4F\xFF\x51") || holds_at(bytes, 4, "jP  ")) {
    return "a JPEG 2000 picture";
  }
  if (bytes.starts_with("\xFF\x0A") || holds_at(bytes, 4, "JXL ")) return "a JPEG XL picture";
  if (bytes.starts_with("BM") && holds_at(bytes, 6, "\0\0\0\0"sv)) return "a BMP picture";
  if (bytes.starts_with("\0\0\x01\0"sv)) return "an ICO picture";
  if (bytes.starts_with("%PDF")) return "a PDF document";
  if (bytes.starts_with("PK\x03\x04")) return "a ZIP archive";
  const std::string text = first_letters(bytes);
  if (text.starts_with("<!doctype html") || text.starts_with("<html")) return "HTML";
  if (text.starts_with("<svg")) return "an SVG drawing";
  if (text.starts_with("<")) return "HTML or XML";
  if (text.starts_with("{") || text.starts_with("[")) return "JSON";
  return "";
}

}  // namespace vernier::images
