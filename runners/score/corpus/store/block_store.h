// Keeps the sample blocks between the two passes: in memory while they are small, in an unlinked
// temporary file beyond that, so that a corpus of any size needs memory for statistics only.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/io/temporary_file.h"
#include "runners/score/corpus/store/sample_block.h"

namespace vernier {

class BlockStore {
 public:
  /// Blocks beyond `memory_budget` bytes in all go to the temporary file.
  explicit BlockStore(std::size_t memory_budget) : budget_(memory_budget) {}

  /// Appends a block. Serial. Throws Error(kOutput) when the temporary file cannot be written.
  void append(SampleBlock block);
  std::size_t size() const { return places_.size(); }
  /// Block i. Any thread; the pointer keeps a block that was read back alive.
  std::shared_ptr<const SampleBlock> get(std::size_t i) const;
  /// Bytes that went to the temporary file.
  std::uint64_t spilled_bytes() const { return file_.size(); }

 private:
  struct Place {
    std::shared_ptr<const SampleBlock> block;  // null: in the file
    std::uint64_t offset = 0, packed = 0, unpacked = 0;
  };
  void spill(const SampleBlock& block, Place& place);

  std::size_t budget_, used_ = 0;
  TemporaryFile file_;
  std::vector<Place> places_;
};

}  // namespace vernier
