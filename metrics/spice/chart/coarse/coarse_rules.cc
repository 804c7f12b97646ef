#include "metrics/spice/chart/coarse/coarse_rules.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "metrics/spice/chart/coarse/diagonals.h"

namespace vernier::spice {
namespace {

/// Rules that became the same one, with the best score of them. `Key` is a tuple of numbers.
template <class Key>
using Projection = std::map<Key, float>;

template <class Key>
void add(Projection<Key>& projection, const Key& key, float score) {
  const auto [entry, is_new] = projection.emplace(key, score);
  if (!is_new) entry->second = std::max(entry->second, score);
}

using UnaryKey = std::pair<std::uint32_t, std::uint32_t>;  // parent and child

ByState<CoarseRules::Entry> by_parent(const Projection<UnaryKey>& rules, std::size_t rows) {
  return {rules, rows, [](const auto& rule) { return rule.first.first; },
          [](const auto& rule) { return CoarseRules::Entry{rule.second, rule.first.second}; }};
}

/// States with about as many ways to go on. (More classes make a tighter bound but more rules;
/// these took the least time.)
int ways_class(std::size_t ways) { return ways < 8 ? 0 : ways < 32 ? 1 : 2; }

}  // namespace

CoarseRules::CoarseRules(const ChartRules& rules)
    : plain_states_(rules.plain_states()), infos_(rules.states()) {
  find_potentials(rules);
  number_rows(rules);
  project_links(rules);
  project_unaries(rules);
}

void CoarseRules::find_potentials(const ChartRules& rules) {
  constexpr float kUnknown = -1e9F;
  std::vector<float> best(rules.states(), kUnknown);
  std::fill(best.begin(), best.begin() + static_cast<std::ptrdiff_t>(plain_states_), 0.0F);
  const Grammar& grammar = rules.grammar();
  for (std::size_t i = 0; i < grammar.states(); ++i) {
    for (const UnaryRule& rule : grammar.unary_of(static_cast<StateId>(i))) {
      const ChartState child = rules.in_chart(rule.child);
      if (child >= plain_states_) best[child] = std::max(best[child], rule.score);
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
  for (std::size_t i = 0; i < best.size(); ++i) {
    infos_[i].potential = best[i] > kUnknown / 2 ? best[i] : 0;
  }
}

void CoarseRules::number_rows(const ChartRules& rules) {
  // Rows of one owner lie side by side.
  std::map<std::tuple<std::uint16_t, Role, int>, std::uint32_t> numbers;
  const auto key = [&](ChartState state) {
    const StateRole& role = rules.role(state);
    const std::size_t ways = rules.with_left(state).size() + rules.with_right(state).size();
    return std::tuple(role.owner, role.role, role.role == Role::kFinal ? 0 : ways_class(ways));
  };
  for (std::size_t i = plain_states_; i < rules.states(); ++i) {
    numbers.emplace(key(static_cast<ChartState>(i)), 0);
  }
  for (auto& [name, number] : numbers) number = static_cast<std::uint32_t>(first_plain_++);
  for (std::size_t i = 0; i < rules.states(); ++i) {
    infos_[i].row = i < plain_states_ ? static_cast<std::uint32_t>(first_plain_ + i)
                                      : numbers[key(static_cast<ChartState>(i))];
  }
}

void CoarseRules::project_links(const ChartRules& rules) {
  using LinkKey = std::tuple<std::uint32_t, std::uint32_t, bool>;  // to, from, right
  std::map<LinkKey, std::map<std::uint32_t, float>> found;
  for (std::size_t i = plain_states_; i < rules.states(); ++i) {
    const auto child = static_cast<ChartState>(i);
    for (const bool right : {false, true}) {
      for (const ChartRules::Rule& rule : right ? rules.with_left(child) : rules.with_right(child)) {
        add(found[{infos_[rule.parent].row, infos_[i].row, right}], infos_[rule.sibling].row,
            rule.score + infos_[rule.parent].potential - infos_[i].potential);
      }
    }
  }
  std::vector<std::pair<std::uint32_t, Entry>> siblings;
  std::vector<std::uint32_t> numbers;
  for (const auto& [link, scores] : found) {
    const auto number = static_cast<std::uint32_t>(links_.size());
    links_.push_back({std::get<1>(link), std::get<0>(link), std::get<2>(link)});
    numbers.push_back(number);
    for (const auto& [sibling, score] : scores) siblings.push_back({number, {score, sibling}});
  }
  links_to_ = {numbers, rows(), [&](std::uint32_t number) { return links_[number].to; }};
  const auto link = [](const auto& item) { return item.first; };
  const auto sibling = [](const auto& item) { return item.second; };
  siblings_ = {siblings, links_.size(), link, sibling};
  std::erase_if(siblings, [&](const auto& item) {
    return rules.is_tag(static_cast<ChartState>(item.second.other - first_plain_));
  });
  phrase_siblings_ = {siblings, links_.size(), link, sibling};
}

void CoarseRules::project_unaries(const ChartRules& rules) {
  const Grammar& grammar = rules.grammar();
  Projection<UnaryKey> finish, unary, start;
  for (std::size_t i = 0; i < grammar.states(); ++i) {
    for (const UnaryRule& rule : grammar.unary_of(static_cast<StateId>(i))) {
      const ChartState parent = rules.in_chart(rule.parent), child = rules.in_chart(rule.child);
      if (parent < plain_states_ && child < plain_states_) continue;  // among the closed ones
      add(child < plain_states_ ? start : finish, {infos_[parent].row, infos_[child].row},
          rule.score + infos_[parent].potential - infos_[child].potential);
    }
  }
  for (const UnaryRule& rule : grammar.closed_rules()) {
    const ChartState parent = rules.in_chart(rule.parent), child = rules.in_chart(rule.child);
    if (parent < plain_states_ && child < plain_states_) {
      add(unary, {infos_[parent].row, infos_[child].row}, rule.score);
    }
  }
  finish_to_ = by_parent(finish, rows());
  unary_to_ = by_parent(unary, rows());
  start_to_ = by_parent(start, rows());
  root_.assign(rows(), kNever);
  for (const BinaryRule& rule : grammar.root_rules()) {
    float& score = root_[infos_[rules.in_chart(rule.left)].row];
    score = std::max(score, rule.score);
  }
}

}  // namespace vernier::spice
