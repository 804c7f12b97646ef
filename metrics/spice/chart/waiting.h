// Synthetic states over a finished span that wait for a sibling beside it.
#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "metrics/spice/chart/chart_rules.h"

namespace vernier::spice {

/// A rule and its left child; the sibling stands to the right.
struct LeftWaiting {
  float score;  ///< rule + child, the first of the two additions of the original
  std::uint32_t parent;

  LeftWaiting() = default;
  LeftWaiting(const ChartRules::Rule& rule, float child)
      : score(rule.score + child), parent(rule.parent) {}
};

/// A rule and its right child; the original adds the sibling, on the left, to the rule first.
struct RightWaiting {
  float rule, child;
  std::uint32_t parent;

  RightWaiting() = default;
  RightWaiting(const ChartRules::Rule& r, float c) : rule(r.score), child(c), parent(r.parent) {}
};

/// All that wait beside one span, by sibling.
template <class Entry>
struct Waiting {
  std::vector<std::uint64_t> siblings;  ///< the set of them
  std::vector<std::uint32_t> ends;      ///< of each in turn: one behind its last entry
  std::vector<Entry> entries;
};

/// Sorts them: each has its place among those of its sibling, for which there is room from the
/// start. (Compared with going through the rules of each sibling and looking which children are
/// there, which are few, this took a third of the time.)
template <class Entry>
class WaitingSorter {
 public:
  /// `counts` has for each plain state how many rules have it as a sibling.
  explicit WaitingSorter(std::vector<std::uint32_t> counts)
      : first_(counts.size()), next_(counts.size()), wanted_(counts.size()) {
    std::uint32_t size = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      first_[i] = size;
      size += counts[i] + 1;  // one to write to where the sibling is not wanted
    }
    entries_.resize(size);
  }

  /// Only siblings of this set can come.
  void begin(std::span<const std::uint64_t> siblings) {
    std::copy(first_.begin(), first_.end(), next_.begin());
    for (std::size_t i = 0; i < wanted_.size(); ++i) wanted_[i] = siblings[i / 64] >> (i % 64) & 1;
  }

  void add(std::span<const ChartRules::Rule> rules, float child) {
    for (const ChartRules::Rule& rule : rules) {
      std::uint32_t& next = next_[rule.sibling];
      entries_[next] = Entry(rule, child);
      next += wanted_[rule.sibling];
    }
  }

  void end(Waiting<Entry>& out) const {
    out.siblings.assign((first_.size() + 63) / 64, 0);
    out.ends.clear();
    out.entries.clear();
    for (std::size_t i = 0; i < first_.size(); ++i) {
      if (next_[i] == first_[i]) continue;
      out.siblings[i / 64] |= std::uint64_t{1} << (i % 64);
      out.entries.insert(out.entries.end(), entries_.begin() + first_[i],
                         entries_.begin() + next_[i]);
      out.ends.push_back(static_cast<std::uint32_t>(out.entries.size()));
    }
  }

 private:
  std::vector<std::uint32_t> first_, next_, wanted_;
  std::vector<Entry> entries_;
};

}  // namespace vernier::spice
