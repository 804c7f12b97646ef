#include "runners/score/corpus/block_store.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <zstd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "base/error.h"

namespace vernier {
namespace {

[[noreturn]] void fail(const char* what) {
  throw Error(ExitCode::kOutput,
              fmt::format("cannot {} a temporary file: {} (set TMPDIR to a folder with room)", what,
                          std::strerror(errno)));
}

int open_temporary() {
  const char* folder = std::getenv("TMPDIR");
  std::string path =
      std::string(folder != nullptr && *folder != '\0' ? folder : "/tmp") + "/vernier-XXXXXX";
  const int file = mkostemp(path.data(), O_CLOEXEC);
  if (file < 0) fail("create");
  unlink(path.c_str());  // gone with the process, however it ends
  return file;
}

}  // namespace

BlockStore::~BlockStore() {
  if (file_ >= 0) close(file_);
}

void BlockStore::append(SampleBlock block) {
  Place place;
  const std::size_t bytes = block.bytes();
  if (used_ + bytes <= budget_) {
    used_ += bytes;
    place.block = std::make_shared<const SampleBlock>(std::move(block));
  } else {
    spill(block, place);
  }
  places_.push_back(std::move(place));
}

void BlockStore::spill(const SampleBlock& block, Place& place) {
  if (file_ < 0) file_ = open_temporary();
  const std::string bytes = block.encode();
  std::string packed(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t size =
      ZSTD_compress(packed.data(), packed.size(), bytes.data(), bytes.size(), 1);
  if (ZSTD_isError(size)) throw Error(ExitCode::kInternal, ZSTD_getErrorName(size));
  place.offset = file_size_;
  place.packed = size;
  place.unpacked = bytes.size();
  for (std::size_t done = 0; done < size;) {
    const ssize_t n =
        pwrite(file_, packed.data() + done, size - done, static_cast<off_t>(place.offset + done));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) fail("write");
    done += static_cast<std::size_t>(n);
  }
  file_size_ += size;
}

std::shared_ptr<const SampleBlock> BlockStore::get(std::size_t i) const {
  const Place& place = places_[i];
  if (place.block) return place.block;
  std::string packed(place.packed, '\0'), bytes(place.unpacked, '\0');
  for (std::size_t done = 0; done < packed.size();) {
    const ssize_t n = pread(file_, packed.data() + done, packed.size() - done,
                            static_cast<off_t>(place.offset + done));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) fail("read");
    done += static_cast<std::size_t>(n);
  }
  const std::size_t size =
      ZSTD_decompress(bytes.data(), bytes.size(), packed.data(), packed.size());
  if (ZSTD_isError(size) || size != bytes.size()) {
    throw Error(ExitCode::kInternal, "a temporary block did not read back");
  }
  return std::make_shared<const SampleBlock>(SampleBlock::decode(bytes));
}

}  // namespace vernier
