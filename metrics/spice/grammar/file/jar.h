// One file out of a zip archive (a jar is one), by seeking: archives of models have hundreds of
// megabytes.
//
// Follows PKWARE's APPNOTE 6.3: end record with comment, zip64, entries that are stored or
// deflated. Encrypted entries and archives of several parts are refused.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vernier::spice {

/// Whether the file begins like a zip archive. A path that cannot be opened does not.
bool is_zip(const std::string& path);

/// The content of the entry `name`, checked against its CRC. Throws Error(kResource) where there is
/// none, it has more than `most` bytes, or the archive is damaged.
std::string read_zip_entry(const std::string& path, std::string_view name, std::uint64_t most);

/// What one gzip member expands to; `path` is for messages. Throws Error(kResource) where it is
/// damaged or has more than `most` bytes.
std::string expand_gzip(std::string_view bytes, std::uint64_t most, const std::string& path);

}  // namespace vernier::spice
