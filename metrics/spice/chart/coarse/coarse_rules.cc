#include "metrics/spice/chart/coarse/coarse_rules.h"

#include <algorithm>
#include <limits>
#include <unordered_map>
#include <utility>

#include "base/error.h"

namespace vernier::spice {
namespace {

constexpr float kNever = -std::numeric_limits<float>::infinity();
constexpr std::uint32_t kNoOwner = 0xFFFFFFFF;

[[noreturn]] void refuse() {
  throw Error(ExitCode::kResource,
              "not a usable grammar: a synthetic state is not part of one category");
}

/// Rules that became the same one, with the best score of them.
class Projection {
 public:
  void add(std::size_t from, std::size_t to, float score) {
    const auto [entry, is_new] =
        index_.emplace(std::uint64_t{from} << 32 | to, entries_.size());
    if (is_new) {
      entries_.push_back({from, {score, static_cast<std::uint32_t>(to)}});
    } else {
      float& best = entries_[entry->second].second.score;
      best = std::max(best, score);
    }
  }
  ByState<CoarseRules::Entry> by_state(std::size_t states) const {
    return {entries_, states, [](const auto& item) { return item.first; },
            [](const auto& item) { return item.second; }};
  }

 private:
  std::unordered_map<std::uint64_t, std::size_t> index_;
  std::vector<std::pair<std::size_t, CoarseRules::Entry>> entries_;
};

}  // namespace

CoarseRules::CoarseRules(const ChartRules& rules)
    : plain_states_(rules.plain_states()),
      owner_of_(rules.states(), kNoOwner),
      roles_(rules.states(), Role::kMiddle),
      infos_(rules.states()),
      root_(plain_states_, kNever) {
  find_owners(rules);
  find_roles(rules);
  find_potentials(rules);
  project(rules);
}

void CoarseRules::find_owners(const ChartRules& rules) {
  const Grammar& grammar = rules.grammar();
  std::vector<std::uint32_t> number(plain_states_, kNoOwner);
  const auto own = [&](ChartState state, std::uint32_t owner) {
    if (owner_of_[state] == owner || owner == kNoOwner) return false;
    if (owner_of_[state] != kNoOwner) refuse();
    owner_of_[state] = owner;
    return true;
  };
  for (std::size_t i = 0; i < grammar.states(); ++i) {
    for (const UnaryRule& rule : grammar.unary_of(static_cast<StateId>(i))) {
      const ChartState parent = rules.in_chart(rule.parent), child = rules.in_chart(rule.child);
      if (child < plain_states_) continue;
      if (parent >= plain_states_) refuse();
      if (number[parent] == kNoOwner) {
        number[parent] = static_cast<std::uint32_t>(owners_.size());
        owners_.push_back(parent);
      }
      own(child, number[parent]);
    }
  }
  // From the complete states down to their parts. A round over all rules goes one step further
  // down; only a grammar made to annoy needs more than a few.
  bool changed = true;
  for (int round = 0; changed; ++round) {
    if (round > 1000) refuse();
    changed = false;
    for (std::size_t i = plain_states_; i < rules.states(); ++i) {
      const auto child = static_cast<ChartState>(i);
      for (const auto& list : {rules.with_left(child), rules.with_right(child)}) {
        for (const ChartRules::Rule& rule : list) {
          changed = own(child, owner_of_[rule.parent]) || changed;
        }
      }
    }
  }
  for (std::size_t i = plain_states_; i < rules.states(); ++i) {
    if (owner_of_[i] == kNoOwner) refuse();
  }
  stride_ = (owners_.size() + 15) / 16 * 16;
  for (std::uint32_t& owner : owners_) owner += static_cast<std::uint32_t>(first_plain());
}

void CoarseRules::find_roles(const ChartRules& rules) {
  const Grammar& grammar = rules.grammar();
  std::vector<bool> begins(rules.states()), added_to(rules.states());
  for (std::size_t i = 0; i < grammar.states(); ++i) {
    for (const UnaryRule& rule : grammar.unary_of(static_cast<StateId>(i))) {
      begins[rules.in_chart(rule.parent)] = true;
      const ChartState child = rules.in_chart(rule.child);
      if (child >= plain_states_) roles_[child] = Role::kFinal;
    }
  }
  for (std::size_t i = plain_states_; i < rules.states(); ++i) {
    const auto child = static_cast<ChartState>(i);
    for (const auto& list : {rules.with_left(child), rules.with_right(child)}) {
      if (!list.empty() && roles_[child] == Role::kFinal) refuse();
      for (const ChartRules::Rule& rule : list) added_to[rule.parent] = true;
    }
  }
  for (std::size_t i = plain_states_; i < rules.states(); ++i) {
    if (roles_[i] == Role::kMiddle && begins[i] && !added_to[i]) roles_[i] = Role::kStart;
  }
}

void CoarseRules::find_potentials(const ChartRules& rules) {
  constexpr float kUnknown = -1e9F;
  std::vector<float> best(rules.states(), kUnknown);
  std::fill(best.begin(), best.begin() + static_cast<std::ptrdiff_t>(plain_states_), 0.0F);
  const Grammar& grammar = rules.grammar();
  for (std::size_t i = 0; i < grammar.states(); ++i) {
    for (const UnaryRule& rule : grammar.unary_of(static_cast<StateId>(i))) {
      float& child = best[rules.in_chart(rule.child)];
      if (rules.in_chart(rule.child) >= plain_states_) child = std::max(child, rule.score);
    }
  }
  // Any values would do, so it is no matter where this ends; the grammar of CoreNLP 3.6.0 needs
  // five rounds.
  constexpr int kMostRounds = 100;
  bool changed = true;
  for (int round = 0; changed && round < kMostRounds; ++round) {
    changed = false;
    for (std::size_t i = plain_states_; i < rules.states(); ++i) {
      const auto child = static_cast<ChartState>(i);
      for (const auto& list : {rules.with_left(child), rules.with_right(child)}) {
        for (const ChartRules::Rule& rule : list) {
          const float value = rule.score + best[rule.parent];
          if (value <= best[i] + 1e-4F) continue;
          best[i] = value;
          changed = true;
        }
      }
    }
  }
  for (std::size_t i = 0; i < rules.states(); ++i) {
    if (i < plain_states_) {
      infos_[i] = {0, static_cast<std::uint32_t>(first_plain() + i)};
    } else {
      const auto role = static_cast<std::uint32_t>(roles_[i]);
      infos_[i] = {best[i] > kUnknown / 2 ? best[i] : 0,
                   role * static_cast<std::uint32_t>(stride_) + owner_of_[i]};
    }
  }
}

void CoarseRules::project(const ChartRules& rules) {
  const Grammar& grammar = rules.grammar();
  finish_.assign(stride_, kNever);
  Projection unary, starts, right, left;
  for (std::size_t i = 0; i < grammar.states(); ++i) {
    for (const UnaryRule& rule : grammar.unary_of(static_cast<StateId>(i))) {
      const ChartState parent = rules.in_chart(rule.parent), child = rules.in_chart(rule.child);
      const float score = rule.score + infos_[parent].potential - infos_[child].potential;
      if (child >= plain_states_) {
        finish_[owner_of_[child]] = std::max(finish_[owner_of_[child]], score);
      } else if (parent >= plain_states_) {
        starts.add(child, infos_[parent].slot, score);
      }
    }
  }
  for (const UnaryRule& rule : grammar.closed_rules()) {
    const ChartState parent = rules.in_chart(rule.parent), child = rules.in_chart(rule.child);
    if (parent < plain_states_ && child < plain_states_) {
      unary.add(child, infos_[parent].slot, rule.score);
    }
  }
  for (std::size_t i = plain_states_; i < rules.states(); ++i) {
    const auto child = static_cast<ChartState>(i);
    const auto add = [&](const ChartRules::Rule& rule, Projection& steps) {
      const int step = (roles_[i] == Role::kMiddle ? 2 : 0) +
                       (roles_[rule.parent] == Role::kFinal ? 1 : 0);
      steps.add(rule.sibling, static_cast<std::size_t>(step) * stride_ + owner_of_[i],
                rule.score + infos_[rule.parent].potential - infos_[i].potential);
    };
    for (const ChartRules::Rule& rule : rules.with_left(child)) add(rule, right);
    for (const ChartRules::Rule& rule : rules.with_right(child)) add(rule, left);
  }
  unary_ = unary.by_state(plain_states_);
  starts_ = starts.by_state(plain_states_);
  right_steps_ = right.by_state(plain_states_);
  left_steps_ = left.by_state(plain_states_);
  for (const BinaryRule& rule : grammar.root_rules()) {
    float& score = root_[rules.in_chart(rule.left)];
    score = std::max(score, rule.score);
  }
}

}  // namespace vernier::spice
