#include "metrics/spice/chart/best_tree.h"

#include <limits>

#include "base/error.h"

namespace vernier::spice {
namespace {

constexpr double kNone = -std::numeric_limits<double>::infinity();

class BestTree {
 public:
  BestTree(const ChartRules& rules, const Chart& chart, Tree& tree)
      : rules_(rules), grammar_(rules.grammar()), chart_(chart), tree_(tree) {}

  double read() {
    tree_.clear();
    double best = kNone;
    StateId top = kNoState;
    for (const BinaryRule& rule : grammar_.root_rules()) {
      const double value = double{rule.score} + score(rule.left, 0, chart_.words());
      if (value > best) {
        best = value;
        top = rule.left;
      }
    }
    if (top == kNoState) return best;
    tree_.push_back({Label::kRoot, 0, 0});
    add(top, 0, chart_.words(), 0);
    tree_[0].end = static_cast<std::uint32_t>(tree_.size());
    return best;
  }

 private:
  double score(StateId state, std::size_t begin, std::size_t end) const {
    return chart_.score(rules_.in_chart(state), begin, end);
  }

  void add(StateId state, std::size_t begin, std::size_t end, int chain) {
    const StateKind& kind = grammar_.kind(state);
    const std::size_t node = tree_.size();
    if (!kind.synthetic) tree_.push_back({kind.label, static_cast<std::uint16_t>(begin), 0});
    if (!kind.tag) add_children(state, begin, end, chain);
    if (!kind.synthetic) tree_[node].end = static_cast<std::uint32_t>(tree_.size());
  }

  void add_children(StateId state, std::size_t begin, std::size_t end, int chain) {
    double best = kNone;
    const BinaryRule* binary = nullptr;
    std::size_t split = 0;
    for (std::size_t middle = begin + 1; middle < end; ++middle) {
      for (const BinaryRule& rule : grammar_.binary_of(state)) {
        // Siblings are mostly absent and quickly looked up, the other children are neither.
        const bool sibling_left = grammar_.kind(rule.right).synthetic;
        if (sibling_left ? score(rule.left, begin, middle) == kNone
                         : score(rule.right, middle, end) == kNone) {
          continue;
        }
        const double value =
            (double{rule.score} + score(rule.left, begin, middle)) + score(rule.right, middle, end);
        if (value > best) {
          best = value;
          binary = &rule;
          split = middle;
        }
      }
    }
    const UnaryRule* unary = nullptr;
    for (const UnaryRule& rule : grammar_.unary_of(state)) {
      const double value = double{rule.score} + score(rule.child, begin, end);
      if (value > best) {
        best = value;
        unary = &rule;
      }
    }
    if (unary != nullptr) {
      if (chain == kLongestChain) {
        throw Error(ExitCode::kResource, "the unary rules of the grammar run in circles");
      }
      add(unary->child, begin, end, chain + 1);
    } else if (binary != nullptr) {
      add(binary->left, begin, split, 0);
      add(binary->right, split, end, 0);
    }
  }

  const ChartRules& rules_;
  const Grammar& grammar_;
  const Chart& chart_;
  Tree& tree_;
};

}  // namespace

double read_best_tree(const ChartRules& rules, const Chart& chart, Tree& tree) {
  return BestTree(rules, chart, tree).read();
}

}  // namespace vernier::spice
