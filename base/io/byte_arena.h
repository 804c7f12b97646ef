// Memory for the bytes of many short strings that live and die together.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace vernier {

/// Copies stay where they are until clear(), which keeps the memory for the next round.
class ByteArena {
 public:
  std::string_view copy(std::string_view bytes) {
    if (bytes.empty()) return {};
    char* place = allocate(bytes.size());
    std::memcpy(place, bytes.data(), bytes.size());
    return {place, bytes.size()};
  }

  void clear() { chunk_ = used_ = 0; }

 private:
  struct Chunk {
    std::unique_ptr<char[]> bytes;
    std::size_t size;
  };

  char* allocate(std::size_t n) {
    while (chunk_ < chunks_.size() && chunks_[chunk_].size - used_ < n) {
      ++chunk_;
      used_ = 0;
    }
    if (chunk_ == chunks_.size()) {
      const std::size_t size = std::max<std::size_t>(n, 64 << 10);
      chunks_.push_back({std::make_unique_for_overwrite<char[]>(size), size});
    }
    char* place = chunks_[chunk_].bytes.get() + used_;
    used_ += n;
    return place;
  }

  std::vector<Chunk> chunks_;
  std::size_t chunk_ = 0, used_ = 0;  // the chunk being filled, and how far
};

}  // namespace vernier
