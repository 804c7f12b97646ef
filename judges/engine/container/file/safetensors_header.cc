#include "judges/engine/container/file/safetensors_header.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>
#include <string_view>

#include "base/error.h"
#include "base/printable.h"
#include "judges/engine/container/file/json_text.h"

namespace vernier::engine {
namespace {

using Entry = SafetensorsHeader::Entry;

constexpr std::string_view kMetadata = "__metadata__";

std::string_view as_text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

[[noreturn]] void fail(const std::string& file, const std::string& what) {
  throw Error(ExitCode::kResource,
              fmt::format("{}: {}; download or write the file again", file, what));
}

[[noreturn]] void fail(const std::string& file, std::string_view tensor, const std::string& what) {
  fail(file, fmt::format("tensor {} {}", printable(tensor), what));
}

/// Bytes of the header's text.
std::uint64_t header_bytes(std::span<const std::byte> bytes, const std::string& file) {
  if (bytes.size() < 8) {
    fail(file, fmt::format("has {} bytes, expected a safetensors file (8 and more)", bytes.size()));
  }
  if (as_text(bytes).starts_with("version https://git-lfs")) {
    throw Error(
        ExitCode::kResource,
        fmt::format("{}: is a Git LFS pointer, not the file itself; run: git lfs pull", file));
  }
  std::uint64_t size = 0;
  std::memcpy(&size, bytes.data(), sizeof size);
  if (size > kMaxHeaderBytes || size > bytes.size() - 8) {
    fail(file, fmt::format("says that its header has {} bytes, expected at most {}", size,
                           std::min<std::uint64_t>(kMaxHeaderBytes, bytes.size() - 8)));
  }
  return size;
}

std::uint64_t number(json::Cursor& cursor) {
  const json::Cursor before = cursor;
  const std::string_view text = cursor.value();
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    before.fail("a whole number below 2^64");
  }
  return value;
}

/// A tensor as the header describes it.
struct Description {
  std::optional<std::string> dtype;
  std::optional<Shape> shape;
  std::optional<std::vector<std::uint64_t>> offsets;
};

std::vector<std::uint64_t> numbers(json::Cursor& cursor, std::size_t most) {
  std::vector<std::uint64_t> values;
  for_each_element(cursor, [&] {
    if (values.size() == most) cursor.fail(fmt::format("at most {} numbers", most).c_str());
    values.push_back(number(cursor));
  });
  return values;
}

Description read_description(json::Cursor& cursor) {
  Description out;
  for_each_member(cursor, [&](const std::string& key) {
    if ((key == "dtype" && out.dtype) || (key == "shape" && out.shape) ||
        (key == "data_offsets" && out.offsets)) {
      cursor.fail(fmt::format("\"{}\" once", key).c_str());
    }
    if (key == "dtype") {
      out.dtype = string_value(cursor);
    } else if (key == "shape") {
      out.shape = numbers(cursor, kMaxDimensions);
    } else if (key == "data_offsets") {
      out.offsets = numbers(cursor, 2);
    } else {
      cursor.value();  // as the format's library
    }
  });
  return out;
}

/// Nothing where it does not fit into 64 bits.
std::optional<std::uint64_t> stored_bytes(const Shape& shape, DType dtype) {
  std::uint64_t bytes = size_of(dtype);
  for (const std::uint64_t extent : shape) {
    if (__builtin_mul_overflow(bytes, extent, &bytes)) return std::nullopt;
  }
  return bytes;
}

Entry checked(std::string name, Description what, std::span<const std::byte> data,
              const std::string& file) {
  if (!what.dtype || !what.shape || !what.offsets || what.offsets->size() != 2) {
    fail(file, name, "lacks one of dtype, shape and data_offsets [begin, end]");
  }
  const auto dtype = dtype_named(*what.dtype);
  if (!dtype) {
    fail(file, name,
         fmt::format("has dtype {}, expected one of {}", printable(*what.dtype, 20),
                     all_dtype_names()));
  }
  const auto bytes = stored_bytes(*what.shape, *dtype);
  if (!bytes) {
    fail(file, name,
         fmt::format("has shape {}, whose size does not fit into 64 bits", text_of(*what.shape)));
  }
  const std::uint64_t begin = what.offsets->front(), end = what.offsets->back();
  if (begin > end || end > data.size()) {
    fail(file, name,
         fmt::format("lies at bytes {} to {}, but the file has {} bytes of data", begin, end,
                     data.size()));
  }
  if (end - begin != *bytes) {
    fail(file, name,
         fmt::format("has {} bytes of data, expected {} for {} {}", end - begin, *bytes,
                     name_of(*dtype), text_of(*what.shape)));
  }
  return {std::move(name), {*dtype, std::move(*what.shape), data.subspan(begin, end - begin)}};
}

/// Tensors cover the data without gap and overlap.
void check_cover(std::vector<Entry>& entries, std::span<const std::byte> data,
                 const std::string& file) {
  std::ranges::sort(entries, [](const Entry& a, const Entry& b) {
    const auto &x = a.tensor.bytes, &y = b.tensor.bytes;
    return x.data() != y.data() ? x.data() < y.data() : x.size() < y.size();
  });
  std::uint64_t covered = 0;
  for (const Entry& entry : entries) {
    const auto begin = static_cast<std::uint64_t>(entry.tensor.bytes.data() - data.data());
    if (begin != covered) {
      fail(file, entry.name,
           fmt::format("begins at byte {} of the data, {} byte {}, where the one before it ends",
                       begin, begin < covered ? "overlapping" : "leaving a gap after", covered));
    }
    covered += entry.tensor.bytes.size();
  }
  if (covered != data.size()) {
    fail(file,
         fmt::format("holds {} bytes of data that belong to no tensor", data.size() - covered));
  }
}

void check_unique(std::vector<Entry>& entries, const std::string& file) {
  std::ranges::sort(entries, {}, &Entry::name);
  const auto twice = std::ranges::adjacent_find(entries, {}, &Entry::name);
  if (twice != entries.end()) fail(file, twice->name, "stands twice in the header");
}

void read_metadata(json::Cursor& cursor, SafetensorsHeader& header) {
  for_each_member(cursor, [&](std::string key) {
    header.metadata.emplace_back(std::move(key), string_value(cursor));
  });
  std::ranges::sort(header.metadata);
}

SafetensorsHeader read_header(std::string_view text, std::span<const std::byte> data,
                              const std::string& file) {
  SafetensorsHeader header;
  json::Cursor cursor(text);
  if (!text.starts_with('{')) cursor.fail("'{' at the header's first byte");
  bool has_metadata = false;
  for_each_member(cursor, [&](std::string name) {
    if (name == kMetadata) {
      if (has_metadata) cursor.fail("\"__metadata__\" once");
      has_metadata = true;
      read_metadata(cursor, header);
      return;
    }
    header.entries.push_back(checked(std::move(name), read_description(cursor), data, file));
  });
  if (cursor.peek() != '\0' || !cursor.at_end()) cursor.fail("spaces behind the header's '}'");
  return header;
}

}  // namespace

SafetensorsHeader parse_safetensors(std::span<const std::byte> bytes, const std::string& file) {
  const std::uint64_t size = header_bytes(bytes, file);
  const auto data = bytes.subspan(8 + size);
  SafetensorsHeader header;
  try {
    header = read_header(as_text(bytes.subspan(8, size)), data, file);
  } catch (const json::Fault& fault) {
    fail(file, fmt::format("header, byte {}: {}", 8 + fault.offset, fault.message));
  }
  check_cover(header.entries, data, file);
  check_unique(header.entries, file);
  return header;
}

}  // namespace vernier::engine
