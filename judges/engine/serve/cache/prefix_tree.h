// What has been computed before: pages of keys and values by the tokens that led to them.
//
// Many captions are judged with the same image and the same instruction before them; only what is
// new is computed. The results are the same bits, since a page holds what the same kernels computed
// for the same tokens at the same places.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "judges/engine/serve/cache/page_pool.h"

namespace vernier::engine {

/// A token as far as reuse goes: its id, or for a token of an image a hash of the image's pixels
/// and the token's place in it (all images have the same id).
using Symbol = std::uint64_t;

class PrefixTree {
 public:
  explicit PrefixTree(PagePool& pool);
  ~PrefixTree();
  PrefixTree(const PrefixTree&) = delete;
  PrefixTree& operator=(const PrefixTree&) = delete;

  struct Match {
    std::size_t tokens = 0;
    std::vector<Page> pages;  ///< of these tokens; the last may be only partly theirs
  };
  /// The longest stored beginning.
  Match find(std::span<const Symbol> symbols);

  /// Keeps the pages of these tokens, the last of which may be partly filled. Nobody may write into
  /// them any more at places below symbols.size().
  void insert(std::span<const Symbol> symbols, std::span<const Page> pages);

  /// Forgets what was not used for longest until `pages` pages are free, or nothing is left that
  /// only the tree uses.
  void make_room(std::size_t pages);
  /// Forgets everything.
  void forget();

 private:
  struct Node;
  Node* grow(Node& parent, std::span<const Symbol> symbols, const Page& page);

  PagePool& pool_;
  std::unique_ptr<Node> root_;
  std::uint64_t clock_ = 0;
};

}  // namespace vernier::engine
