// The beam search behind METEOR's alignments, for ranks and sets of words of any size.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "metrics/meteor/alignment/matcher.h"

namespace vernier::meteor {

/// What the search is told about each reference word.
struct Positions {
  enum Kind : std::uint8_t {
    kEmpty,   ///< no match begins here
    kFixed,   ///< one match begins here, and no other match covers any of its words
    kInside,  ///< inside a fixed match of several words
    kOpen     ///< the search decides
  };
  std::vector<Kind> kind;
  std::uint32_t first_open = 0, last_open = 0;
};

/// The rank of a partial alignment as one integer, the best being the smallest: more weighted words
/// first, then fewer chunks, then the smaller distance. The lowest bits say which partial alignment
/// was continued by which match: METEOR makes them in that order, and its sort is stable.
template <class Integer, unsigned list_bits, unsigned distance_bits, unsigned chunk_bits>
struct Rank {
  using Value = Integer;
  static constexpr unsigned kPathBits = 6;
  static constexpr unsigned kDistanceShift = kPathBits + list_bits;
  static constexpr unsigned kChunkShift = kDistanceShift + distance_bits;
  static constexpr unsigned kGainShift = kChunkShift + chunk_bits;
  static constexpr Value kStart = ~Value{0} << kGainShift;
  static constexpr Value kChunk = Value{1} << kChunkShift;
  /// Continuations that take no match; a list must be shorter.
  static constexpr std::uint32_t kSkip = (1u << list_bits) - 2, kKeep = (1u << list_bits) - 1;

  static Value gain(std::uint32_t words) { return Value{words} << kGainShift; }
  static Value far(std::uint32_t words) { return Value{words} << kDistanceShift; }
  static Value continuation(std::size_t path, std::uint32_t k) {
    return Value{path} << list_bits | k;
  }
  static std::size_t path(Value key) {
    return static_cast<std::size_t>(key >> list_bits) & ((1u << kPathBits) - 1);
  }
  static std::uint32_t k(Value key) { return static_cast<std::uint32_t>(key) & kKeep; }
  static Value rank(Value key) { return key & (~Value{0} << kDistanceShift); }
};

/// `Use` is a set of candidate words: reset(words), overlaps(Match), insert(Match).
template <class Rank, class Use>
class BeamSearch {
 public:
  /// Sets chosen[j] to the index in table.matches of the match chosen at each open position j,
  /// where one was.
  void run(std::uint32_t hyp_size, const MatchTable& table, const Positions& positions,
           std::vector<std::uint32_t>& chosen) {
    const auto ref_size = static_cast<std::uint32_t>(positions.kind.size());
    start(hyp_size, table, positions);
    find_potential(table, positions);
    for (std::uint32_t j = positions.first_open; j <= ref_size; ++j) {
      // From here on every path gains the same.
      if (j > positions.last_open && uniform_) break;
      const Positions::Kind kind = j < ref_size ? positions.kind[j] : Positions::kEmpty;
      hope_ = potential_[std::min<std::size_t>(j + 1, potential_.size() - 1)];
      if (kind == Positions::kOpen) {
        advance(j, table.begin[j], table.list(j), true);
        uniform_ = false;
      } else if (kind == Positions::kEmpty) {
        step(j, 0, {}, kClosed);
      } else if (kind == Positions::kFixed) {
        const Match& m = table.matches[table.begin[j]];
        step(j, table.begin[j], {&m, 1}, std::uint32_t{m.hyp} + m.hyp_words);
      }
    }
    for (std::uint32_t t = now_->trace[0]; t != kNoTrace; t = trace_[t].before) {
      chosen[trace_[t].ref] = trace_[t].match;
    }
  }

 private:
  using Value = typename Rank::Value;
  static constexpr std::size_t kBeam = 40;
  static constexpr std::uint32_t kClosed = 0xFFFFFFFF;  // no chunk is open
  static constexpr std::uint32_t kNoTrace = 0xFFFFFFFF;

  // Partial alignments, best first.
  struct Paths {
    std::array<Value, kBeam> rank;
    std::array<std::uint32_t, kBeam> end;    // candidate word behind the open chunk
    std::array<std::uint32_t, kBeam> next;   // reference word behind the last match
    std::array<std::uint32_t, kBeam> trace;  // the last match taken
    std::array<Use, kBeam> used;
  };
  struct Trace {
    std::uint32_t before, ref, match;
  };

  /// How many weighted words a match adds. The weights are 1 for exact matches and 1/2 for all
  /// others, and each side is cut to an integer: a stem or synonym adds nothing.
  static std::uint32_t gain(const Match& m) {
    if (m.module == kExact) return 2;
    return m.hyp_words / 2u + m.ref_words / 2u;
  }

  void start(std::uint32_t hyp_size, const MatchTable& table, const Positions& positions) {
    trace_.clear();
    count_ = 1;
    uniform_ = true;
    reach_ = 0;
    now_->rank[0] = Rank::kStart;
    now_->used[0].reset(hyp_size);
    now_->trace[0] = kNoTrace;
    now_->next[0] = 0;
    now_->end[0] = kClosed;
    // What lies before the first open position adds the same to every rank.
    std::uint32_t j = positions.first_open;
    while (j > 0 && positions.kind[j - 1] == Positions::kInside) --j;
    if (j > 0 && positions.kind[j - 1] == Positions::kFixed) {
      const Match& m = table.matches[table.begin[j - 1]];
      now_->end[0] = std::uint32_t{m.hyp} + m.hyp_words;
    }
  }

  /// An empty position or a fixed match: one continuation of every path.
  void step(std::uint32_t j, std::uint32_t list_begin, std::span<const Match> fixed,
            std::uint32_t end) {
    const bool inside = reach_ > j;
    if (!uniform_ || inside) {
      if (inside || !step_in_order(fixed, end)) advance(j, list_begin, fixed, fixed.empty());
    }
    uniform_ = !inside;
    if (uniform_) std::fill_n(now_->end.begin(), count_, end);
  }

  /// A step of paths none of which is inside a longer match. They mostly stay in order and need not
  /// be moved; false, and nothing is changed, where they do not.
  bool step_in_order(std::span<const Match> fixed, std::uint32_t end) {
    Paths& now = *now_;
    const std::uint32_t whole = fixed.empty() ? kClosed : fixed[0].hyp;
    const Value gained = fixed.empty() ? Value{0} : Rank::gain(gain(fixed[0]));
    bool in_order = true;
    for (std::size_t p = 0; p < count_; ++p) {
      const bool broken = now.end[p] != kClosed && now.end[p] != whole;
      whole_[p] = now.rank[p] - gained + (broken ? Rank::kChunk : Value{0});
      in_order &= p == 0 || whole_[p - 1] <= whole_[p];
    }
    if (!in_order) return false;
    std::copy_n(whole_.begin(), count_, now.rank.begin());
    std::fill_n(now.end.begin(), count_, end);
    return true;
  }

  /// Continues every path at reference word j by each match of the list that it has room for and,
  /// if allowed, by skipping the word. Paths inside a longer match stay as they are.
  void advance(std::uint32_t j, std::uint32_t list_begin, std::span<const Match> list, bool skip) {
    const Paths& now = *now_;
    best_count_ = 0;
    std::fill_n(far_.begin(), count_, Value{0});
    std::uint64_t outside = (std::uint64_t{1} << count_) - 1;  // one bit a path
    if (reach_ > j) {
      for (std::size_t p = 0; p < count_; ++p) {
        if (now.next[p] > j) outside &= ~(std::uint64_t{1} << p);
      }
    }
    for (std::uint32_t k = 0; k < list.size(); ++k) {
      const Match m = list[k];
      std::uint64_t room = 0;
      for (std::size_t p = 0; p < count_; ++p) {
        room |= std::uint64_t{!now.used[p].overlaps(m)} << p;
      }
      room &= outside;
      continue_paths(room, m.hyp, Rank::gain(gain(m)), k, k > 0);
      // METEOR adds the distance of a match to all continuations but the one that takes it.
      const Value far = Rank::far(j > m.hyp ? j - m.hyp : m.hyp - j);
      for (std::size_t p = 0; p < count_; ++p) far_[p] += room >> p & 1 ? far : Value{0};
    }
    if (skip) continue_paths(outside, kClosed, Value{0}, Rank::kSkip, !list.empty());
    if (reach_ > j) {
      std::size_t kept = 0;
      for (std::size_t p = 0; p < count_; ++p) {
        if ((outside >> p & 1) != 0) continue;
        whole_[kept++] = now.rank[p] | Rank::continuation(p, Rank::kKeep);
      }
      merge(whole_.data(), kept);
    }
    drop_hopeless();
    build(j, list_begin, list);
  }

  /// Adds the continuations of some paths (one bit each) by one match, or by skipping a word. Paths
  /// come best first: their continuations that break a chunk (open, and not followed by candidate
  /// word `whole`) and those that do not are each in order, or nearly, as all ranks change by the
  /// same; and where the beam is full, those of all paths from some rank on come too late.
  void continue_paths(std::uint64_t paths, std::uint32_t whole, Value gained, std::uint32_t k,
                      bool unsorted) {
    const Paths& now = *now_;
    const bool full = best_count_ == kBeam;
    std::size_t whole_count = 0, broken_count = 0;
    for (; paths != 0; paths &= paths - 1) {
      const auto p = static_cast<std::size_t>(std::countr_zero(paths));
      const Value rank = now.rank[p] - gained;
      if (full && rank > best_[kBeam - 1]) break;
      const Value key = (rank + far_[p]) | Rank::continuation(p, k);
      const bool broken = now.end[p] != kClosed && now.end[p] != whole;
      whole_[whole_count] = key;
      broken_[broken_count] = key + Rank::kChunk;
      whole_count += !broken;
      broken_count += broken;
    }
    if (unsorted) {
      sort_nearly_sorted(whole_, whole_count);
      sort_nearly_sorted(broken_, broken_count);
    }
    merge(whole_.data(), whole_count);
    merge(broken_.data(), broken_count);
  }

  /// What the open positions from each on can add to a gain at most.
  void find_potential(const MatchTable& table, const Positions& positions) {
    potential_.assign(positions.last_open + std::size_t{2}, Value{0});
    for (std::uint32_t j = positions.last_open + 1; j-- > positions.first_open;) {
      std::uint32_t most = 0;
      if (positions.kind[j] == Positions::kOpen) {
        for (const Match& m : table.list(j)) most = std::max(most, gain(m));
      }
      potential_[j] = potential_[j + 1] + Rank::gain(most);
    }
  }

  /// Forgets paths that cannot catch up with the best one, whose gain never shrinks. They are the
  /// last ones, and so is everything that METEOR's limit of kBeam paths cuts off because of them:
  /// what is left is as it would be with them.
  void drop_hopeless() {
    constexpr Value gains = ~Value{0} << Rank::kGainShift;
    const Value best = best_[0] & gains;
    while ((best_[best_count_ - 1] & gains) - best > hope_) --best_count_;
  }

  using Keys = std::array<Value, kBeam>;

  static void sort_nearly_sorted(Keys& keys, std::size_t n) {
    for (std::size_t i = 1; i < n; ++i) {
      const Value key = keys[i];
      std::size_t at = i;
      for (; at > 0 && key < keys[at - 1]; --at) keys[at] = keys[at - 1];
      keys[at] = key;
    }
  }

  /// Merges sorted keys into the best so far, kBeam of them at most.
  void merge(const Value* keys, std::size_t n) {
    if (n == 0) return;
    std::size_t at = best_count_;
    while (at > 0 && keys[0] < best_[at - 1]) --at;
    const std::size_t total = std::min(kBeam, best_count_ + n);
    if (at == best_count_) {
      std::copy(keys, keys + (total - at), best_.begin() + at);
    } else {
      Keys tail;
      const std::size_t tail_count = best_count_ - at;
      std::copy_n(best_.begin() + at, tail_count, tail.begin());
      std::size_t i = 0, t = 0;
      for (; at < total && i < n && t < tail_count; ++at) {
        const bool first = keys[i] < tail[t];
        best_[at] = first ? keys[i] : tail[t];
        i += first;
        t += !first;
      }
      for (; at < total && i < n; ++at) best_[at] = keys[i++];
      for (; at < total && t < tail_count; ++at) best_[at] = tail[t++];
    }
    best_count_ = total;
  }

  void build(std::uint32_t j, std::uint32_t list_begin, std::span<const Match> list) {
    for (std::size_t n = 0; n < best_count_; ++n) {
      const std::size_t p = Rank::path(best_[n]);
      const std::uint32_t k = Rank::k(best_[n]);
      then_->rank[n] = Rank::rank(best_[n]);
      then_->used[n] = now_->used[p];
      then_->next[n] = now_->next[p];
      then_->trace[n] = now_->trace[p];
      then_->end[n] = k == Rank::kKeep ? now_->end[p] : kClosed;
      if (k >= Rank::kSkip) continue;
      const Match& m = list[k];
      then_->used[n].insert(m);
      then_->end[n] = std::uint32_t{m.hyp} + m.hyp_words;
      then_->next[n] = j + m.ref_words;
      reach_ = std::max(reach_, j + m.ref_words);
      trace_.push_back({then_->trace[n], j, list_begin + k});
      then_->trace[n] = static_cast<std::uint32_t>(trace_.size() - 1);
    }
    count_ = best_count_;
    std::swap(now_, then_);
  }

  Paths paths_[2];
  Paths *now_ = &paths_[0], *then_ = &paths_[1];
  std::size_t count_ = 0;
  bool uniform_ = false;     // no path differs from another in `end`, and none is inside a match
  std::uint32_t reach_ = 0;  // reference word behind the match that ends last
  Keys best_, whole_, broken_, far_;
  std::size_t best_count_ = 0;
  std::vector<Value> potential_;  // by position
  Value hope_{};                  // potential behind the current one
  std::vector<Trace> trace_;
};

}  // namespace vernier::meteor
