// Levenshtein distance by bit parallelism (Myers 1999 in Hyyro's 2003 form): 64 cells of the matrix
// a step.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace vernier {

/// Distances of hypotheses to one reference. Words are numbers: those of the reference count from
/// 1, 0 is any word that it does not have.
class BitEditDistance {
 public:
  /// `words`: at least one, numbers below `numbers`.
  void set_reference(std::span<const std::uint32_t> words, std::uint32_t numbers);
  /// Remembers the state after each word of a hypothesis: words x reference words / 64 x 16 bytes.
  void set_base(std::span<const std::uint32_t> hypothesis);
  /// Distance of a hypothesis whose first `same` words are those of the base.
  std::uint32_t distance(std::span<const std::uint32_t> hypothesis, std::size_t same);

 private:
  // Differences along the reference of one matrix row: +1 where rises has a bit, -1 where falls
  // has.
  struct Block {
    std::uint64_t rises, falls;
  };
  int step(std::span<Block> row, std::uint32_t word) const;

  std::size_t length_ = 0, blocks_ = 0;
  std::uint64_t last_ = 0;            // bit of the last reference word in its block
  std::vector<std::uint64_t> masks_;  // by word, blocks_ each: where the reference has it
  std::vector<Block> base_;           // by prefix length, blocks_ each
  std::vector<std::uint32_t> base_distance_;
  std::vector<Block> row_;
};

}  // namespace vernier
