#include "metrics/meteor/aligner.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "base/hash.h"

namespace vernier::meteor {
namespace {

constexpr std::size_t kBeam = 40;
constexpr std::uint16_t kClosed = 0xFFFF;  // no chunk is open
constexpr std::uint32_t kNoTrace = 0xFFFFFFFF;
constexpr std::uint32_t kSkip = 0xFFFFFFFF;

/// How many weighted words a match adds in METEOR's search. The weights are 1 for exact matches and
/// 1/2 for all others, and each side is cut to an integer: a stem or synonym adds nothing.
constexpr std::uint32_t search_gain(const Match& m) {
  if (m.module == kExact) return 2;
  return m.hyp_words / 2u + m.ref_words / 2u;
}

std::uint32_t distance(std::uint32_t j, const Match& m) {
  return j > m.hyp ? j - m.hyp : m.hyp - j;
}

/// The rank of a partial alignment as one integer: more weighted words first, then fewer chunks,
/// then the smaller distance. The lowest bits hold the order of generation, which breaks ties.
template <class Integer, unsigned kSequenceBits, unsigned kDistanceBits, unsigned kChunkBits>
struct Rank {
  using Value = Integer;
  static constexpr unsigned kDistanceShift = kSequenceBits;
  static constexpr unsigned kChunkShift = kDistanceShift + kDistanceBits;
  static constexpr unsigned kGainShift = kChunkShift + kChunkBits;
  static constexpr Value kStart = ~Value{0} << kGainShift;
  static constexpr Value kChunk = Value{1} << kChunkShift;
  static constexpr Value gain(std::uint32_t words) { return Value{words} << kGainShift; }
  static constexpr Value far(std::uint32_t words) { return Value{words} << kDistanceShift; }
  static constexpr std::uint32_t sequence(Value rank) {
    return static_cast<std::uint32_t>(rank & ((Value{1} << kSequenceBits) - 1));
  }
  static constexpr Value without_sequence(Value rank) {
    return rank & (~Value{0} << kSequenceBits);
  }
};

/// For up to 64 words a side. The distance of a partial alignment is below 64 words x 64 x the
/// longest list of matches ...
using ShortRank = Rank<std::uint64_t, 20, 28, 7>;
using LongRank = Rank<uint128, 32, 56, 16>;

/// The candidate words that a partial alignment uses.
struct ShortUse {
  std::uint64_t bits = 0;
};

}  // namespace

}  // namespace vernier::meteor
