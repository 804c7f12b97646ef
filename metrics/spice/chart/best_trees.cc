#include "metrics/spice/chart/best_trees.h"

#include <algorithm>
#include <limits>

#include "base/error.h"
#include "metrics/spice/chart/best_tree.h"

namespace vernier::spice {
namespace {

constexpr double kNone = -std::numeric_limits<double>::infinity();

constexpr auto kWorse = [](const auto& a, const auto& b) { return a.score < b.score; };

}  // namespace

BestTrees::BestTrees(const ChartRules& rules, const Chart& chart, std::size_t most)
    : rules_(rules), grammar_(rules.grammar()), chart_(chart), most_(most) {
  start_root();
}

void BestTrees::start_root() {
  Node& root = nodes_.emplace_back();
  root.state = kNoState;
  root.begin = 0;
  root.end = static_cast<std::uint32_t>(chart_.words());
  root.started = true;
  for (const BinaryRule& rule : grammar_.root_rules()) {
    const double score = double{rule.score} + score_of(rule.left, root.begin, root.end);
    if (score > kNone) root.heap.push_back({score, &rule, nullptr, root.end, 0, 0});
  }
  keep_best(root.heap);
}

double BestTrees::score_of(StateId state, std::size_t begin, std::size_t end) const {
  return chart_.score(rules_.in_chart(state), begin, end);
}

BestTrees::Node& BestTrees::node(StateId state, std::size_t begin, std::size_t end) {
  const std::uint64_t key = std::uint64_t{state} << 32 | begin << 16 | end;
  Node*& found = node_of_[key];
  if (found == nullptr) {
    found = &nodes_.emplace_back();
    found->state = state;
    found->begin = static_cast<std::uint32_t>(begin);
    found->end = static_cast<std::uint32_t>(end);
  }
  return *found;
}

/// Of a derivation that is known to be there; the best one's score is in the chart.
double BestTrees::part_score(StateId state, std::size_t begin, std::size_t end, std::size_t rank) {
  return rank == 0 ? score_of(state, begin, end) : node(state, begin, end).found[rank].score;
}

/// A heap of the `most_` best ones.
void BestTrees::keep_best(std::vector<Derivation>& heap) const {
  if (heap.size() > most_) {
    std::nth_element(heap.begin(), heap.begin() + static_cast<std::ptrdiff_t>(most_), heap.end(),
                     [](const Derivation& a, const Derivation& b) { return a.score > b.score; });
    heap.resize(most_);
  }
  std::make_heap(heap.begin(), heap.end(), kWorse);
}

void BestTrees::start(Node& node) {
  node.started = true;
  if (grammar_.kind(node.state).tag) {
    node.heap.push_back({score_of(node.state, node.begin, node.end), nullptr, nullptr, 0, 0, 0});
    return;
  }
  for (std::uint32_t middle = node.begin + 1; middle < node.end; ++middle) {
    for (const BinaryRule& rule : grammar_.binary_of(node.state)) {
      const double left = score_of(rule.left, node.begin, middle);
      if (left == kNone) continue;
      const double score = double{rule.score} + left + score_of(rule.right, middle, node.end);
      if (score > kNone) node.heap.push_back({score, &rule, nullptr, middle, 0, 0});
    }
  }
  for (const UnaryRule& rule : grammar_.unary_of(node.state)) {
    const double score = double{rule.score} + score_of(rule.child, node.begin, node.end);
    if (score > kNone) node.heap.push_back({score, nullptr, &rule, node.end, 0, 0});
  }
  keep_best(node.heap);
}

/// Whether the node has a derivation of that rank.
bool BestTrees::find(Node& node, std::size_t rank) {
  if (rank < node.found.size()) return true;
  if (node.busy) return false;  // unary rules in a circle
  node.busy = true;
  if (!node.started) start(node);
  while (node.found.size() <= rank && !node.heap.empty()) {
    std::pop_heap(node.heap.begin(), node.heap.end(), kWorse);
    const Derivation best = node.heap.back();
    node.heap.pop_back();
    node.found.push_back(best);
    // Each pair of ranks is reached once: over the left ranks from (0, right) only.
    if (best.binary != nullptr || best.unary != nullptr) push_next(node, best, true);
    if (best.binary != nullptr && best.left == 0 && node.state != kNoState) {
      push_next(node, best, false);
    }
  }
  node.busy = false;
  return rank < node.found.size();
}

/// The same rule with the next best left part, or right part.
void BestTrees::push_next(Node& at, Derivation next, bool left) {
  const bool root = at.state == kNoState;
  ++(left ? next.left : next.right);
  if (next.unary != nullptr) {
    if (!find(node(next.unary->child, at.begin, at.end), next.left)) return;
    next.score =
        double{next.unary->score} + part_score(next.unary->child, at.begin, at.end, next.left);
  } else {
    const BinaryRule& rule = *next.binary;
    if (left ? !find(node(rule.left, at.begin, next.split), next.left)
             : !find(node(rule.right, next.split, at.end), next.right)) {
      return;
    }
    next.score = double{rule.score} + part_score(rule.left, at.begin, next.split, next.left);
    if (!root) next.score += part_score(rule.right, next.split, at.end, next.right);
  }
  at.heap.push_back(next);
  std::push_heap(at.heap.begin(), at.heap.end(), kWorse);
}

void BestTrees::add(StateId state, std::size_t begin, std::size_t end, std::size_t rank, int chain,
                    Tree& tree) {
  if (chain > kLongestChain) {
    throw Error(ExitCode::kResource, "the unary rules of the grammar run in circles");
  }
  const StateKind& kind = grammar_.kind(state);
  const std::size_t at = tree.size();
  if (!kind.synthetic) tree.push_back({kind.label, static_cast<std::uint16_t>(begin), 0});
  Node& own = node(state, begin, end);
  if (!kind.tag && find(own, rank)) {
    const Derivation derivation = own.found[rank];
    if (derivation.unary != nullptr) {
      add(derivation.unary->child, begin, end, derivation.left, chain + 1, tree);
    } else {
      add(derivation.binary->left, begin, derivation.split, derivation.left, 0, tree);
      add(derivation.binary->right, derivation.split, end, derivation.right, 0, tree);
    }
  }
  if (!kind.synthetic) tree[at].end = static_cast<std::uint32_t>(tree.size());
}

bool BestTrees::next(Tree& tree) {
  Node& root = nodes_.front();
  if (given_ == most_ || !find(root, given_)) return false;
  const Derivation derivation = root.found[given_++];
  score_ = derivation.score;
  tree.clear();
  tree.push_back({Label::kRoot, 0, 0});
  add(derivation.binary->left, 0, chart_.words(), derivation.left, 0, tree);
  tree[0].end = static_cast<std::uint32_t>(tree.size());
  return true;
}

}  // namespace vernier::spice
