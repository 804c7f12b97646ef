// Any bytes as a plain, gzip or zstd file: bytes or one Error(kBadInput), and the same bytes
// whatever the size of the reads.
#include <optional>
#include <string>

#include "base/error.h"
#include "base/io/byte_source.h"
#include "tests/fuzz/memory_file.h"

namespace {

std::optional<std::string> read(const std::string& path, std::size_t step) {
  vernier::ExpansionLimits limits;
  limits.max_bytes = 1 << 20;
  std::string all, piece(step, '\0');
  try {
    const auto source = vernier::ByteSource::open(path, limits);
    while (const std::size_t n = source->read(piece.data(), step)) all.append(piece, 0, n);
  } catch (const vernier::Error& error) {
    if (error.code() != vernier::ExitCode::kBadInput) std::abort();
    return std::nullopt;
  }
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const vernier::fuzz::MemoryFile file(vernier::fuzz::as_text(data + 1, size - 1));
  if (read(file.path(), 1 << 16) != read(file.path(), data[0] + std::size_t{1})) std::abort();
  return 0;
}
