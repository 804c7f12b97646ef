#include "runners/score/corpus/store/text_store.h"

namespace vernier {

void TextStore::append(Block block) {
  Place place;
  place.ends = std::move(block.ends);
  place.ends.shrink_to_fit();
  if (used_ + block.bytes.size() <= budget_) {
    used_ += block.bytes.size();
    place.bytes = std::move(block.bytes);
  } else {
    place.offset = file_.append(block.bytes);
  }
  places_.push_back(std::move(place));
}

std::string_view TextStore::get(std::size_t block, std::size_t n, std::string& buffer) const {
  const Place& place = places_[block];
  const std::uint32_t begin = n == 0 ? 0 : place.ends[n - 1], size = place.ends[n] - begin;
  if (!place.bytes.empty()) return std::string_view(place.bytes).substr(begin, size);
  buffer.resize(size);
  file_.read(place.offset + begin, buffer.data(), size);
  return buffer;
}

}  // namespace vernier
