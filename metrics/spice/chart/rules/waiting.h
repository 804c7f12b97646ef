// Synthetic states over a finished span that wait for a sibling beside it.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "metrics/spice/chart/rules/chart_rules.h"

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
  std::vector<std::uint32_t> starts;    ///< by sibling: its first entry; the last number is the end
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
      : first_(counts.size()), places_(counts.size()) {
    std::uint32_t size = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      first_[i] = size;
      size += counts[i] + 1;  // one to write to where the sibling is not wanted
    }
    entries_.resize(size + kStep);
  }

  /// Only siblings of this set can come.
  void begin(std::span<const std::uint64_t> siblings) {
    for (std::size_t i = 0; i < places_.size(); ++i) {
      places_[i] = {first_[i], static_cast<std::uint32_t>(siblings[i / 64] >> (i % 64) & 1)};
    }
  }

  void add(std::span<const ChartRules::Rule> rules, float child) {
    Entry* const entries = entries_.data();
    Place* const places = places_.data();
    for (const ChartRules::Rule& rule : rules) {
      Place& place = places[rule.sibling];
      entries[place.next] = Entry(rule, child);
      place.next += place.wanted;
    }
  }

  void end(Waiting<Entry>& out) const {
    const std::size_t count = first_.size();
    out.siblings.assign((count + 63) / 64, 0);
    out.starts.resize(count + 1);
    std::uint32_t size = 0;
    for (std::size_t i = 0; i < count; ++i) {
      out.starts[i] = size;
      size += places_[i].next - first_[i];
    }
    out.starts[count] = size;
    // Room for whole steps of the copies below.
    if (out.entries.size() < size + kStep) out.entries.resize(size + kStep);
    for (std::size_t i = 0; i < count; ++i) {
      if (out.starts[i] == out.starts[i + 1]) continue;
      out.siblings[i / 64] |= std::uint64_t{1} << (i % 64);
      const Entry* const from = entries_.data() + first_[i];
      Entry* const to = out.entries.data() + out.starts[i];
      for (std::uint32_t k = 0; k < out.starts[i + 1] - out.starts[i]; k += kStep) {
        std::memcpy(to + k, from + k, kStep * sizeof(Entry));
      }
    }
  }

 private:
  static constexpr std::uint32_t kStep = 4;
  struct Place {
    std::uint32_t next, wanted;
  };
  std::vector<std::uint32_t> first_;
  std::vector<Place> places_;
  std::vector<Entry> entries_;
};

}  // namespace vernier::spice
