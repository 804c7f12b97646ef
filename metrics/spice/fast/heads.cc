#include "metrics/spice/fast/heads.h"

#include <algorithm>
#include <cmath>

namespace vernier::spice {
namespace {

constexpr std::uint16_t kNone = UINT16_MAX;

/// Maximum spanning arborescence of a complete graph: Chu and Liu 1965, Edmonds 1967. A cycle of
/// best heads becomes one node, until there is none; then cycles are opened where the tree enters
/// them. Cubic in the worst case, but nearly no sentence gets here.
class Arborescence {
 public:
  Arborescence(std::span<const float> scores, std::size_t words)
      : nodes_(words + 1), active_(nodes_, true), members_(nodes_), heads_(nodes_, kNone) {
    score_.resize(nodes_ * nodes_);
    from_.resize(nodes_ * nodes_);
    to_.resize(nodes_ * nodes_);
    // So much less for each further word under the root that there is but one.
    double range = 1;
    for (const float s : scores) range = std::max(range, 2.0 * std::abs(double{s}));
    for (std::size_t h = 0; h < nodes_; ++h) {
      members_[h] = {static_cast<std::uint16_t>(h)};
      for (std::size_t d = 1; d < nodes_; ++d) {
        const double s = scores[(d - 1) * nodes_ + h];
        score_[at(h, d)] = h == 0 ? s - range * static_cast<double>(nodes_) : s;
        from_[at(h, d)] = static_cast<std::uint16_t>(h);
        to_[at(h, d)] = static_cast<std::uint16_t>(d);
      }
    }
  }

  const std::vector<std::uint16_t>& solve() {
    contract();
    return heads_;
  }

 private:
  std::size_t at(std::size_t head, std::size_t dependent) const {
    return head * nodes_ + dependent;
  }

  void contract() {
    std::vector<std::uint16_t> best(nodes_, kNone);
    for (std::size_t d = 1; d < nodes_; ++d) {
      if (!active_[d]) continue;
      for (std::size_t h = 0; h < nodes_; ++h) {
        if (!active_[h] || h == d) continue;
        if (best[d] == kNone || score_[at(h, d)] > score_[at(best[d], d)]) {
          best[d] = static_cast<std::uint16_t>(h);
        }
      }
    }
    const std::vector<std::uint16_t> cycle = find_cycle(best);
    const auto keep = [&](std::uint16_t d) { heads_[to_[at(best[d], d)]] = from_[at(best[d], d)]; };
    if (cycle.empty()) {
      for (std::size_t d = 1; d < nodes_; ++d) {
        if (active_[d]) keep(static_cast<std::uint16_t>(d));
      }
      return;
    }
    const std::vector<std::vector<std::uint16_t>> members = join(cycle, best);
    contract();
    // One word of the cycle has got its head from outside; all others keep those in it.
    for (std::size_t n = 0; n < cycle.size(); ++n) {
      const bool entered = std::any_of(members[n].begin(), members[n].end(),
                                       [&](std::uint16_t m) { return heads_[m] != kNone; });
      if (!entered) keep(cycle[n]);
    }
  }

  /// Makes the cycle's first node stand for all of it. Returns which words each of its nodes stood
  /// for.
  std::vector<std::vector<std::uint16_t>> join(const std::vector<std::uint16_t>& cycle,
                                               const std::vector<std::uint16_t>& best) {
    std::vector<std::vector<std::uint16_t>> members;
    for (const std::uint16_t n : cycle) {
      members.push_back(members_[n]);
      active_[n] = false;
    }
    const std::uint16_t joined = cycle.front();
    for (std::size_t i = 0; i < nodes_; ++i) {
      if (!active_[i]) continue;
      std::uint16_t head = joined, dependent = joined;  // in the cycle, for i and of i
      const auto gain = [&](std::uint16_t d) { return score_[at(i, d)] - score_[at(best[d], d)]; };
      for (const std::uint16_t n : cycle) {
        if (i != 0 && score_[at(n, i)] > score_[at(head, i)]) head = n;
        if (gain(n) > gain(dependent)) dependent = n;
      }
      copy_edge(at(joined, i), at(head, i), score_[at(head, i)]);
      copy_edge(at(i, joined), at(i, dependent), gain(dependent));
    }
    for (std::size_t n = 1; n < cycle.size(); ++n) {
      members_[joined].insert(members_[joined].end(), members[n].begin(), members[n].end());
    }
    active_[joined] = true;
    return members;
  }

  void copy_edge(std::size_t to, std::size_t from, double score) {
    score_[to] = score;
    from_[to] = from_[from];
    to_[to] = to_[from];
  }

  std::vector<std::uint16_t> find_cycle(const std::vector<std::uint16_t>& best) const {
    std::vector<std::uint16_t> seen(nodes_, 0), cycle;
    for (std::size_t start = 1; start < nodes_; ++start) {
      if (!active_[start] || seen[start] != 0) continue;
      std::size_t n = start;
      while (n != 0 && seen[n] == 0) {
        seen[n] = static_cast<std::uint16_t>(start);
        n = best[n];
      }
      if (n == 0 || seen[n] != start) continue;
      for (std::size_t m = n;;) {
        cycle.push_back(static_cast<std::uint16_t>(m));
        m = best[m];
        if (m == n) return cycle;
      }
    }
    return cycle;
  }

  const std::size_t nodes_;  // the root is 0
  std::vector<bool> active_;
  std::vector<std::vector<std::uint16_t>> members_;  // words that a node stands for
  std::vector<std::uint16_t> heads_;                 // by word, as far as they are decided
  std::vector<double> score_;                        // of edges between nodes
  std::vector<std::uint16_t> from_, to_;             // the words they are edges of
};

}  // namespace

bool HeadFinder::is_tree(const std::vector<std::uint16_t>& heads) {
  const std::size_t words = heads.size();
  mark_.assign(words + 1, 0);
  mark_[0] = UINT16_MAX;
  std::size_t roots = 0;
  for (std::size_t start = 1; start <= words; ++start) {
    roots += heads[start - 1] == 0;
    std::size_t n = start;
    for (; mark_[n] == 0; n = heads[n - 1]) mark_[n] = static_cast<std::uint16_t>(start);
    if (mark_[n] == start) return false;  // around in a circle
  }
  return roots == 1;
}

void HeadFinder::find(std::span<const float> scores, std::size_t words,
                      std::vector<std::uint16_t>& heads) {
  heads.assign(words, 0);
  for (std::size_t d = 0; d < words; ++d) {
    const std::span<const float> row = scores.subspan(d * (words + 1), words + 1);
    std::size_t best = 0;
    for (std::size_t h = 1; h <= words; ++h) {
      if (h != d + 1 && row[h] > row[best]) best = h;
    }
    heads[d] = static_cast<std::uint16_t>(best);
  }
  if (is_tree(heads)) return;
  Arborescence arborescence(scores, words);
  const std::vector<std::uint16_t>& tree = arborescence.solve();
  heads.assign(tree.begin() + 1, tree.end());
}

}  // namespace vernier::spice
