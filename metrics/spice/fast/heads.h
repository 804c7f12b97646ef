// From scores of heads to a tree.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace vernier::spice {

/// Finds trees. One thread's scratch.
class HeadFinder {
 public:
  /// The tree of highest score in which one word stands under the root. `scores[d * (words + 1) +
  /// h]`: that of head h (0 the root, words from 1) for word d (from 0); finite. Fills `heads`, by
  /// word. Among equal scores of one word the lowest head goes first.
  void find(std::span<const float> scores, std::size_t words, std::vector<std::uint16_t>& heads);

 private:
  bool is_tree(const std::vector<std::uint16_t>& heads);

  std::vector<std::uint16_t> mark_;
};

}  // namespace vernier::spice
