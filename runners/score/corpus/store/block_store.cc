#include "runners/score/corpus/store/block_store.h"

#include <zstd.h>

#include "base/error.h"

namespace vernier {

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
  const std::string bytes = block.encode();
  std::string packed(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t size =
      ZSTD_compress(packed.data(), packed.size(), bytes.data(), bytes.size(), 1);
  if (ZSTD_isError(size)) throw Error(ExitCode::kInternal, ZSTD_getErrorName(size));
  place.offset = file_.append(std::string_view(packed).substr(0, size));
  place.packed = size;
  place.unpacked = bytes.size();
}

std::shared_ptr<const SampleBlock> BlockStore::get(std::size_t i) const {
  const Place& place = places_[i];
  if (place.block) return place.block;
  std::string packed(place.packed, '\0'), bytes(place.unpacked, '\0');
  file_.read(place.offset, packed.data(), packed.size());
  const std::size_t size =
      ZSTD_decompress(bytes.data(), bytes.size(), packed.data(), packed.size());
  if (ZSTD_isError(size) || size != bytes.size()) {
    throw Error(ExitCode::kInternal, "a temporary block did not read back");
  }
  return std::make_shared<const SampleBlock>(SampleBlock::decode(bytes));
}

}  // namespace vernier
