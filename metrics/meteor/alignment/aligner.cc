#include "metrics/meteor/alignment/aligner.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/hash.h"

namespace vernier::meteor {
namespace {

constexpr std::size_t kBeam = 40;
constexpr std::uint32_t kClosed = 0xFFFFFFFF;  // no chunk is open
constexpr std::uint32_t kNoTrace = 0xFFFFFFFF;
constexpr std::uint32_t kNoMatch = 0xFFFFFFFF;

/// How many weighted words a match adds in METEOR's search. The weights are 1 for exact matches and
/// 1/2 for all others, and each side is cut to an integer: a stem or synonym adds nothing.
std::uint32_t search_gain(const Match& m) {
  if (m.module == kExact) return 2;
  return m.hyp_words / 2u + m.ref_words / 2u;
}

std::uint32_t distance(std::uint32_t ref, const Match& m) {
  return ref > m.hyp ? ref - m.hyp : m.hyp - ref;
}

/// What the search knows of the reference words before it starts.
struct Positions {
  enum Kind : std::uint8_t {
    kEmpty,   // nothing begins here
    kFixed,   // one match begins here, and no other match covers any of its words
    kInside,  // inside a fixed match of several words
    kOpen     // the search decides
  };
  std::vector<Kind> kind;
  std::uint32_t first_open = 0;
  bool any_open = false;
};

/// The rank of a partial alignment as one integer, the best being the smallest: more weighted words
/// first, then fewer chunks, then the smaller distance. The lowest bits hold the order in which
/// partial alignments were made, which breaks ties.
template <class Integer, unsigned sequence_bits, unsigned distance_bits, unsigned chunk_bits>
struct Rank {
  using Value = Integer;
  static constexpr Value kStart = ~Value{0} << (sequence_bits + distance_bits + chunk_bits);
  static constexpr Value kChunk = Value{1} << (sequence_bits + distance_bits);
  static Value gain(std::uint32_t words) {
    return Value{words} << (sequence_bits + distance_bits + chunk_bits);
  }
  static Value far(std::uint32_t words) { return Value{words} << sequence_bits; }
  static constexpr Value kSequence = (Value{1} << sequence_bits) - 1;
};

/// Candidate words used by a partial alignment, for candidates of up to 64 words.
struct ShortUse {
  std::uint64_t bits = 0;

  static std::uint64_t mask(const Match& m) {
    return (~std::uint64_t{0} >> (64 - m.hyp_words)) << m.hyp;
  }
  void reset(std::uint32_t) { bits = 0; }
  bool overlaps(const Match& m) const { return (bits & mask(m)) != 0; }
  void insert(const Match& m) { bits |= mask(m); }
};

/// The same for candidates of any length.
struct LongUse {
  std::vector<std::uint64_t> bits;

  void reset(std::uint32_t words) { bits.assign((words + 63) / 64, 0); }
  bool overlaps(const Match& m) const {
    for (std::uint32_t i = m.hyp; i < std::uint32_t{m.hyp} + m.hyp_words; ++i) {
      if (bits[i >> 6] >> (i & 63) & 1) return true;
    }
    return false;
  }
  void insert(const Match& m) {
    for (std::uint32_t i = m.hyp; i < std::uint32_t{m.hyp} + m.hyp_words; ++i) {
      bits[i >> 6] |= std::uint64_t{1} << (i & 63);
    }
  }
};

/// The beam search over open positions. Every step makes the ranks of all continuations, sorts
/// those, and only then builds the best kBeam of them.
template <class Rank, class Use>
class BeamSearch {
 public:
  /// Sets chosen[j] to the index of the match chosen at each open position j.
  void run(std::uint32_t hyp_size, const MatchTable& table, const Positions& positions,
           std::vector<std::uint32_t>& chosen) {
    const auto ref_size = static_cast<std::uint32_t>(positions.kind.size());
    start(hyp_size, table, positions);
    for (std::uint32_t j = positions.first_open; j < ref_size; ++j) {
      switch (positions.kind[j]) {
        case Positions::kEmpty:
          skip_word(j);
          break;
        case Positions::kFixed:
          take_fixed(j, table.matches[table.begin[j]]);
          break;
        case Positions::kInside:
          break;
        case Positions::kOpen:
          branch(j, table);
      }
    }
    for (std::size_t p = 0; p < count_; ++p) {
      if (paths_[p].end != kClosed) paths_[p].rank += Rank::kChunk;
    }
    sort_paths();
    for (std::uint32_t t = paths_[0].trace; t != kNoTrace; t = trace_[t].before) {
      chosen[trace_[t].ref] = trace_[t].match;
    }
  }

 private:
  using Value = typename Rank::Value;
  static constexpr std::uint32_t kSkip = 0xFFFFFFFF;
  static constexpr std::uint32_t kKeep = 0xFFFFFFFE;

  struct Path {
    Value rank;                 // sequence bits 0
    std::uint32_t end;          // candidate word behind the open chunk
    std::uint32_t next;         // reference word behind the last match
    std::uint32_t trace;
    Use used;
  };
  struct Child {
    std::uint32_t parent, match;
  };
  struct Trace {
    std::uint32_t before, ref, match;
  };

  void start(std::uint32_t hyp_size, const MatchTable& table, const Positions& positions) {
    trace_.clear();
    count_ = 1;
    Path& path = paths_[0];
    path.rank = Rank::kStart;
    path.used.reset(hyp_size);
    path.trace = kNoTrace;
    path.next = positions.first_open;
    path.end = kClosed;
    // What lies before the first open position adds the same to every rank.
    std::uint32_t j = positions.first_open;
    while (j > 0 && positions.kind[j - 1] == Positions::kInside) --j;
    if (j > 0 && positions.kind[j - 1] == Positions::kFixed) {
      const Match& m = table.matches[table.begin[j - 1]];
      path.end = std::uint32_t{m.hyp} + m.hyp_words;
    }
  }

  void skip_word(std::uint32_t j) {
    for (std::size_t p = 0; p < count_; ++p) {
      Path& path = paths_[p];
      if (path.next > j) continue;
      if (path.end != kClosed) path.rank += Rank::kChunk;
      path.end = kClosed;
      path.next = j + 1;
    }
    sort_paths();
  }

  void take_fixed(std::uint32_t j, const Match& m) {
    for (std::size_t p = 0; p < count_; ++p) {
      Path& path = paths_[p];
      if (path.end != kClosed && path.end != m.hyp) path.rank += Rank::kChunk;
      path.end = std::uint32_t{m.hyp} + m.hyp_words;
      path.next = j + m.ref_words;
    }
    sort_paths();
  }

  void branch(std::uint32_t j, const MatchTable& table) {
    children_.clear();
    keys_.clear();
    const auto add = [this](Value rank, std::size_t parent, std::uint32_t match) {
      keys_.push_back(rank | children_.size());
      children_.push_back({static_cast<std::uint32_t>(parent), match});
    };
    const std::uint32_t list_begin = table.begin[j], list_end = table.begin[j + 1];
    for (std::size_t p = 0; p < count_; ++p) {
      const Path& path = paths_[p];
      if (path.next > j) {
        add(path.rank, p, kKeep);
        continue;
      }
      Value rank = path.rank;
      for (std::uint32_t k = list_begin; k < list_end; ++k) {
        const Match& m = table.matches[k];
        if (path.used.overlaps(m)) continue;
        Value with = rank - Rank::gain(search_gain(m));
        if (path.end != kClosed && path.end != m.hyp) with += Rank::kChunk;
        add(with, p, k);
        // METEOR adds the distance of a match to all continuations but the one that takes it.
        rank += Rank::far(distance(j, m));
      }
      if (path.end != kClosed) rank += Rank::kChunk;
      add(rank, p, kSkip);
    }
    const std::size_t count = std::min(kBeam, keys_.size());
    if (keys_.size() > kBeam) {
      std::nth_element(keys_.begin(), keys_.begin() + kBeam, keys_.end());
    }
    std::sort(keys_.begin(), keys_.begin() + static_cast<std::ptrdiff_t>(count));
    for (std::size_t n = 0; n < count; ++n) build(n, j, table);
    paths_.swap(next_paths_);
    count_ = count;
  }

  void build(std::size_t n, std::uint32_t j, const MatchTable& table) {
    const Child child = children_[static_cast<std::size_t>(keys_[n] & Rank::kSequence)];
    Path& path = next_paths_[n];
    path = paths_[child.parent];
    path.rank = keys_[n] & ~Rank::kSequence;
    if (child.match == kKeep) return;
    if (child.match == kSkip) {
      path.end = kClosed;
      path.next = j + 1;
      return;
    }
    const Match& m = table.matches[child.match];
    path.used.insert(m);
    path.end = std::uint32_t{m.hyp} + m.hyp_words;
    path.next = j + m.ref_words;
    trace_.push_back({path.trace, j, child.match});
    path.trace = static_cast<std::uint32_t>(trace_.size() - 1);
  }

  void sort_paths() {
    const auto better = [](const Path& a, const Path& b) { return a.rank < b.rank; };
    if (!std::is_sorted(paths_.begin(), paths_.begin() + static_cast<std::ptrdiff_t>(count_),
                        better)) {
      std::stable_sort(paths_.begin(), paths_.begin() + static_cast<std::ptrdiff_t>(count_),
                       better);
    }
  }

  std::vector<Path> paths_{kBeam}, next_paths_{kBeam};
  std::size_t count_ = 0;
  std::vector<Value> keys_;
  std::vector<Child> children_;
  std::vector<Trace> trace_;
};

// Short texts have at most 64 words a side and 255 matches a list: less than 2^14 continuations a
// step, less than 2^20 for the sum of the distances, at most 64 chunks and 128 matched words.
constexpr std::uint32_t kShortWords = 64, kShortList = 255;
using ShortRank = Rank<std::uint64_t, 16, 24, 8>;
using LongRank = Rank<uint128, 32, 48, 16>;

}  // namespace

struct Aligner::State {
  Positions positions;
  std::vector<std::uint32_t> hyp_coverage, ref_coverage;
  std::vector<std::uint32_t> chosen;  // index of the match that begins at each reference word
  std::vector<AlignedMatch> result;
  BeamSearch<ShortRank, ShortUse> short_search;
  BeamSearch<LongRank, LongUse> long_search;

  void find_fixed(std::uint32_t hyp_size, const MatchTable& table);
  bool is_short(std::uint32_t hyp_size, const MatchTable& table) const;
};

void Aligner::State::find_fixed(std::uint32_t hyp_size, const MatchTable& table) {
  const std::size_t ref_size = table.begin.size() - 1;
  hyp_coverage.assign(hyp_size, 0);
  ref_coverage.assign(ref_size, 0);
  for (std::uint32_t j = 0; j < ref_size; ++j) {
    for (const Match& m : table.list(j)) {
      for (std::uint32_t k = 0; k < m.hyp_words; ++k) ++hyp_coverage[m.hyp + k];
      for (std::uint32_t k = 0; k < m.ref_words; ++k) ++ref_coverage[j + k];
    }
  }
  positions.kind.assign(ref_size, Positions::kEmpty);
  positions.any_open = false;
  chosen.assign(ref_size, kNoMatch);
  for (std::uint32_t j = 0; j < ref_size; ++j) {
    const std::span<const Match> list = table.list(j);
    if (list.empty()) continue;
    const Match& m = list[0];
    bool fixed = list.size() == 1;
    for (std::uint32_t k = 0; k < m.hyp_words; ++k) fixed &= hyp_coverage[m.hyp + k] == 1;
    for (std::uint32_t k = 0; k < m.ref_words; ++k) fixed &= ref_coverage[j + k] == 1;
    if (fixed) {
      positions.kind[j] = Positions::kFixed;
      chosen[j] = table.begin[j];
      for (std::uint32_t k = 1; k < m.ref_words; ++k) positions.kind[j + k] = Positions::kInside;
    } else {
      positions.kind[j] = Positions::kOpen;
      if (!positions.any_open) positions.first_open = j;
      positions.any_open = true;
    }
  }
}

bool Aligner::State::is_short(std::uint32_t hyp_size, const MatchTable& table) const {
  if (hyp_size > kShortWords || positions.kind.size() > kShortWords) return false;
  for (std::uint32_t j = 0; j < positions.kind.size(); ++j) {
    if (table.begin[j + 1] - table.begin[j] > kShortList) return false;
  }
  return true;
}

Aligner::Aligner() : state_(std::make_unique<State>()) {}
Aligner::~Aligner() = default;

std::span<const AlignedMatch> Aligner::align(std::uint32_t hyp_size, const MatchTable& table) {
  State& state = *state_;
  state.find_fixed(hyp_size, table);
  if (state.positions.any_open) {
    if (state.is_short(hyp_size, table)) {
      state.short_search.run(hyp_size, table, state.positions, state.chosen);
    } else {
      state.long_search.run(hyp_size, table, state.positions, state.chosen);
    }
  }
  state.result.clear();
  for (std::uint32_t j = 0; j < state.chosen.size(); ++j) {
    if (state.chosen[j] != kNoMatch) state.result.push_back({j, table.matches[state.chosen[j]]});
  }
  return state.result;
}

}  // namespace vernier::meteor
