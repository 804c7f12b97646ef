// A small grammar whose scores bound those of the whole grammar from above.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "metrics/spice/chart/chart_rules.h"
#include "metrics/spice/grammar/by_state.h"

namespace vernier::spice {

/// The coarse grammar has all plain states, and one state for all synthetic states of one owner
/// that have the same role and about as many rules: 2,113 states instead of 12,977. A coarse rule
/// has the best score of all rules that become it. So the best coarse score of a span is at least
/// that of every state in it, and likewise for what surrounds a span.
///
/// Two things make the bound tight. Potentials: the score of a synthetic state is taken together
/// with that of the best way to complete its owner from there; rules then mostly cost nothing where
/// they had cost differently in different states, and the differences stand where the head is
/// chosen. (Any potentials leave the scores of whole trees as they are, so that they need no
/// proof.) And the number of rules: what was rare in the treebank goes on in few ways, each of high
/// probability, and would make those cheap for everything it is taken together with. Mean distance
/// of bound and truth over whole captions: 7 with both, 14 with roles alone, 37 without potentials.
///
/// A row is a coarse state: first those of synthetic states, then the plain ones.
class CoarseRules {
 public:
  struct Info {
    float potential;    ///< 0 for plain states
    std::uint32_t row;
  };
  /// A rule of one child, or a sibling; what `other` is depends on the list it stands in.
  struct Entry {
    float score;
    std::uint32_t other;
  };
  /// A synthetic row becomes another one by a sibling to its right or to its left.
  struct Link {
    std::uint32_t from, to;
    bool right;
  };

  explicit CoarseRules(const ChartRules& rules);

  /// Of a state of the whole grammar.
  const Info& info(ChartState state) const { return infos_[state]; }
  std::size_t rows() const { return first_plain_ + plain_states_; }
  std::size_t first_plain() const { return first_plain_; }
  std::size_t plain_states() const { return plain_states_; }

  std::span<const Link> links() const { return links_; }
  /// By row: the links to it, as numbers in links().
  std::span<const std::uint32_t> links_to(std::size_t row) const { return links_to_[row]; }
  /// By link: the rows of its siblings.
  std::span<const Entry> siblings(std::size_t link) const { return siblings_[link]; }
  /// Likewise of those that can be of several words: all but the tags.
  std::span<const Entry> phrase_siblings(std::size_t link) const { return phrase_siblings_[link]; }

  /// Chains of rules of one child go from complete states to plain ones (`finish`), over plain ones
  /// (`unary`, closed) and to the beginnings of synthetic ones (`start`). By parent, with the child.
  std::span<const Entry> finish_to(std::size_t row) const { return finish_to_[row]; }
  std::span<const Entry> unary_to(std::size_t row) const { return unary_to_[row]; }
  std::span<const Entry> start_to(std::size_t row) const { return start_to_[row]; }

  /// What a plain row is worth as the whole sentence; minus infinity for most.
  float root(std::size_t row) const { return root_[row]; }

 private:
  void find_potentials(const ChartRules& rules);
  void number_rows(const ChartRules& rules);
  void project_links(const ChartRules& rules);
  void project_unaries(const ChartRules& rules);

  std::size_t plain_states_, first_plain_ = 0;
  std::vector<Info> infos_;
  std::vector<Link> links_;
  ByState<std::uint32_t> links_to_;
  ByState<Entry> siblings_, phrase_siblings_;
  ByState<Entry> finish_to_, unary_to_, start_to_;
  std::vector<float> root_;
};

}  // namespace vernier::spice
