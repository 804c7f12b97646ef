#include "metrics/meteor/alignment/aligner.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/hash.h"
#include "metrics/meteor/alignment/beam_search.h"

namespace vernier::meteor {
namespace {

constexpr std::uint32_t kNoMatch = 0xFFFFFFFF;

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

// Short texts have at most 64 words a side and 253 matches a list: the sum of distances stays below
// 64 x 64 x 253 < 2^20, and there are at most 64 chunks and 128 matched words.
constexpr std::uint32_t kShortWords = 64, kShortList = 253;
using ShortRank = Rank<std::uint64_t, 8, 20, 8>;
// Long ones have at most 2^13 words and 2^22 matches in all.
using LongRank = Rank<uint128, 24, 48, 16>;
static_assert(kMaxAlignedWords <= 1u << 13 && kMaxMatches <= 1u << 22);

}  // namespace

struct Aligner::State {
  Positions positions;
  bool any_open = false;
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
  any_open = false;
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
      if (!any_open) positions.first_open = j;
      positions.last_open = j;
      any_open = true;
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
  if (state.any_open) {
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
