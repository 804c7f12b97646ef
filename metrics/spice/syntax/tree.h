// Constituency trees.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/spice/syntax/label.h"

namespace vernier::spice {

/// A node; the words are not nodes. A tag stands over one word, a phrase over one node or more.
struct TreeNode {
  Label label;
  std::uint16_t token;  ///< of a tag: which word, from 0; of a phrase: its first word
  std::uint32_t end;    ///< one behind the last node of this subtree

  friend bool operator==(const TreeNode&, const TreeNode&) = default;
};

/// Nodes in pre-order: nodes[0] is the root, the first child of node i is i + 1, the next sister of
/// node c is nodes[c].end as long as that is below its parent's end.
using Tree = std::vector<TreeNode>;

/// In brackets with one blank between items, e.g. "(ROOT (NP (DT a) (NN dog)))".
std::string print_tree(const Tree& tree, std::span<const std::string_view> words);

/// What print_tree() printed, with its words as views of `text`. Nothing when it is not such a
/// tree.
struct ReadTree {
  Tree tree;
  std::vector<std::string_view> words;
};
std::optional<ReadTree> read_tree(std::string_view text);

}  // namespace vernier::spice
