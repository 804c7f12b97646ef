#include "metrics/spice/grammar/unary_closure.h"

#include <unordered_map>

#include "base/error.h"

namespace vernier::spice {
namespace {

// The grammar of CoreNLP 3.6.0 has 12,905 closed rules; 40,000 pairs are looked at for them.
constexpr std::size_t kMostRules = 1 << 20;
constexpr std::size_t kMostSteps = 1 << 27;

class Closure {
 public:
  explicit Closure(std::size_t states) : by_parent_(states), by_child_(states) {
    for (std::size_t i = 0; i < states; ++i) {
      const auto state = static_cast<StateId>(i);
      insert(state, state, 0);
    }
  }

  void add(const UnaryRule& rule) {
    // Both lists may grow meanwhile: of the first only what is there now counts.
    const std::size_t above = by_child_[rule.parent].size();
    for (std::size_t i = 0; i < above; ++i) {
      const std::uint32_t to_parent = by_child_[rule.parent][i];
      for (std::size_t j = 0; j < by_parent_[rule.child].size(); ++j) {
        const std::uint32_t from_child = by_parent_[rule.child][j];
        if (++steps_ > kMostSteps) fail();
        const float score = (rules_[to_parent].score + rules_[from_child].score) + rule.score;
        improve(rules_[to_parent].parent, rules_[from_child].child, score);
      }
    }
  }

  std::vector<UnaryRule> take() const {
    std::vector<UnaryRule> result;
    for (const std::vector<std::uint32_t>& list : by_parent_) {
      for (const std::uint32_t index : list) {
        if (rules_[index].parent != rules_[index].child) result.push_back(rules_[index]);
      }
    }
    return result;
  }

 private:
  [[noreturn]] static void fail() {
    throw Error(ExitCode::kResource, "the unary rules of the grammar make too many chains");
  }

  void improve(StateId parent, StateId child, float score) {
    const auto found = index_.find(key(parent, child));
    if (found == index_.end()) {
      insert(parent, child, score);
    } else if (rules_[found->second].score < score) {
      rules_[found->second].score = score;
    }
  }

  void insert(StateId parent, StateId child, float score) {
    const auto index = static_cast<std::uint32_t>(rules_.size());
    if (index >= kMostRules) fail();
    rules_.push_back({parent, child, score});
    index_.emplace(key(parent, child), index);
    by_parent_[parent].push_back(index);
    by_child_[child].push_back(index);
  }

  static std::uint32_t key(StateId parent, StateId child) {
    return std::uint32_t{parent} << 16 | child;
  }

  std::vector<UnaryRule> rules_;
  std::unordered_map<std::uint32_t, std::uint32_t> index_;  // by parent and child
  std::vector<std::vector<std::uint32_t>> by_parent_, by_child_;
  std::size_t steps_ = 0;
};

}  // namespace

std::vector<UnaryRule> close_unary_rules(std::span<const UnaryRule> rules, std::size_t states) {
  Closure closure(states);
  for (const UnaryRule& rule : rules) closure.add(rule);
  return closure.take();
}

}  // namespace vernier::spice
