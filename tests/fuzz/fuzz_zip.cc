// Any bytes as a zip archive: an entry is read or the archive refused with Error(kResource).
#include "base/error.h"
#include "metrics/spice/grammar/file/jar.h"
#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace vernier;
  const fuzz::MemoryFile file(fuzz::as_text(data, size));
  constexpr std::uint64_t kMost = 1 << 20;
  spice::is_zip(file.path());
  for (const char* name : {"a", "dir/b.txt"}) {
    try {
      fuzz::require(spice::read_zip_entry(file.path(), name, kMost).size() <= kMost);
    } catch (const Error& error) {
      fuzz::require(error.code() == ExitCode::kResource);
    }
  }
  return 0;
}
