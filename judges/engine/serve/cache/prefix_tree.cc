#include "judges/engine/serve/cache/prefix_tree.h"

#include <algorithm>
#include <utility>

namespace vernier::engine {

/// A page and the symbols in it, at most kPageTokens; only full pages have children.
struct PrefixTree::Node {
  std::vector<Symbol> symbols;
  Page page;
  std::uint64_t used = 0;
  Node* parent = nullptr;
  std::vector<std::unique_ptr<Node>> children;
};

namespace {

std::size_t alike(std::span<const Symbol> a, std::span<const Symbol> b) {
  const std::size_t n = std::min(a.size(), b.size());
  return static_cast<std::size_t>(std::mismatch(a.begin(), a.begin() + n, b.begin()).first -
                                  a.begin());
}

}  // namespace

PrefixTree::PrefixTree(PagePool& pool) : pool_(pool), root_(std::make_unique<Node>()) {}

PrefixTree::~PrefixTree() { forget(); }

void PrefixTree::forget() {
  // A long text is a long chain: taken apart from its end, not by nested destructors.
  std::vector<std::unique_ptr<Node>> open = std::exchange(root_->children, {});
  while (!open.empty()) {
    const std::unique_ptr<Node> node = std::move(open.back());
    open.pop_back();
    for (std::unique_ptr<Node>& child : node->children) open.push_back(std::move(child));
  }
}

PrefixTree::Match PrefixTree::find(std::span<const Symbol> symbols) {
  Match match;
  Node* node = root_.get();
  while (match.tokens < symbols.size()) {
    const std::span<const Symbol> rest = symbols.subspan(match.tokens);
    Node* best = nullptr;
    std::size_t most = 0;
    for (const std::unique_ptr<Node>& child : node->children) {
      const std::size_t n = alike(child->symbols, rest);
      if (n > most) {
        best = child.get();
        most = n;
      }
    }
    if (best == nullptr) break;
    best->used = ++clock_;
    match.tokens += most;
    match.pages.push_back(best->page);
    if (most < kPageTokens) break;
    node = best;
  }
  return match;
}

PrefixTree::Node* PrefixTree::grow(Node& parent, std::span<const Symbol> symbols,
                                   const Page& page) {
  for (const std::unique_ptr<Node>& child : parent.children) {
    const std::size_t n = alike(child->symbols, symbols);
    if (n == symbols.size()) return child.get();  // has it already, and perhaps more
    if (n == child->symbols.size()) {             // goes on where that ended
      child->symbols.assign(symbols.begin(), symbols.end());
      child->page = page;
      return child.get();
    }
  }
  std::unique_ptr<Node>& made = parent.children.emplace_back(std::make_unique<Node>());
  made->symbols.assign(symbols.begin(), symbols.end());
  made->page = page;
  made->parent = &parent;
  return made.get();
}

void PrefixTree::insert(std::span<const Symbol> symbols, std::span<const Page> pages) {
  Node* node = root_.get();
  for (std::size_t p = 0; p * kPageTokens < symbols.size(); ++p) {
    const std::size_t count = std::min(kPageTokens, symbols.size() - p * kPageTokens);
    node = grow(*node, symbols.subspan(p * kPageTokens, count), pages[p]);
    node->used = ++clock_;
  }
}

void PrefixTree::make_room(std::size_t pages) {
  while (pool_.free() < pages) {
    // The tree is small (a few hundred nodes): looking through all of it costs less than a token.
    Node* oldest = nullptr;
    std::vector<Node*> open{root_.get()};
    while (!open.empty()) {
      Node* const node = open.back();
      open.pop_back();
      for (const std::unique_ptr<Node>& child : node->children) {
        open.push_back(child.get());
        if (child->children.empty() && child->page.sole() &&
            (oldest == nullptr || child->used < oldest->used)) {
          oldest = child.get();
        }
      }
    }
    if (oldest == nullptr) return;
    std::vector<std::unique_ptr<Node>>& siblings = oldest->parent->children;
    siblings.erase(std::find_if(siblings.begin(), siblings.end(),
                                [&](const auto& child) { return child.get() == oldest; }));
  }
}

}  // namespace vernier::engine
