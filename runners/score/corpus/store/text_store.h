// Texts that only the run file needs: in memory while they are few, in a temporary file beyond
// that.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/io/temporary_file.h"

namespace vernier {

/// Texts by block, as they arrive: text n of block b.
class TextStore {
 public:
  /// Blocks beyond `memory_budget` bytes in all go to the temporary file.
  explicit TextStore(std::size_t memory_budget) : budget_(memory_budget) {}

  /// Texts of one block on its way here.
  struct Block {
    std::string bytes;
    std::vector<std::uint32_t> ends;
    void add(std::string_view text) {
      bytes.append(text);
      ends.push_back(static_cast<std::uint32_t>(bytes.size()));
    }
  };
  /// Serial. Throws Error(kOutput) when the temporary file cannot be written.
  void append(Block block);

  /// Any thread. A text that lies in the file is read into `buffer`.
  std::string_view get(std::size_t block, std::size_t n, std::string& buffer) const;

 private:
  struct Place {
    std::string bytes;  // empty: in the file
    std::uint64_t offset = 0;
    std::vector<std::uint32_t> ends;
  };
  std::size_t budget_, used_ = 0;
  TemporaryFile file_;
  std::vector<Place> places_;
};

}  // namespace vernier
