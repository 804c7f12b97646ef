#include "base/spelling/symbol_distance.h"

#include <algorithm>
#include <unordered_map>

namespace vernier {
namespace {

constexpr std::size_t kBits = 64;

/// Where a symbol stands in 64 places of the pattern. Only places that hold it are listed: the
/// table takes room for the pattern, not for pattern times alphabet.
struct Places {
  std::size_t block;
  std::uint64_t bits;
};

class Pattern {
 public:
  explicit Pattern(Symbols symbols) {
    for (std::size_t i = 0; i < symbols.size(); ++i) {
      std::vector<Places>& places = places_[symbols[i]];
      if (places.empty() || places.back().block != i / kBits) places.push_back({i / kBits, 0});
      places.back().bits |= std::uint64_t{1} << i % kBits;
    }
  }
  std::span<const Places> places(std::uint32_t symbol) const {
    const auto found = places_.find(symbol);
    return found == places_.end() ? std::span<const Places>() : found->second;
  }

 private:
  std::unordered_map<std::uint32_t, std::vector<Places>> places_;
};

/// 64 rows of a column of the matrix of distances, as differences between neighbours.
struct Block {
  std::uint64_t more = ~std::uint64_t{0};  ///< one more than the row above
  std::uint64_t less = 0;

  /// Goes on to the next column. `in` and the result: how the last row above and the last row here
  /// differ from those of the column before.
  int advance(std::uint64_t equal, int in) {
    const std::uint64_t in_less = in < 0 ? 1 : 0, in_more = in > 0 ? 1 : 0;
    const std::uint64_t vertical = equal | less;
    equal |= in_less;
    const std::uint64_t horizontal = (((equal & more) + more) ^ more) | equal;
    std::uint64_t right_more = less | ~(horizontal | more);
    std::uint64_t right_less = more & horizontal;
    const int out = static_cast<int>(right_more >> 63) - static_cast<int>(right_less >> 63);
    right_more = right_more << 1 | in_more;
    right_less = right_less << 1 | in_less;
    more = right_less | ~(vertical | right_more);
    less = right_more & vertical;
    return out;
  }
};

}  // namespace

std::vector<std::size_t> prefix_distances(Symbols a, Symbols b) {
  const Pattern pattern(a);
  std::vector<Block> column((a.size() + kBits - 1) / kBits);
  for (const std::uint32_t symbol : b) {
    const std::span<const Places> places = pattern.places(symbol);
    std::size_t next = 0;
    int carried = 1;  // the empty prefix is one more from each longer text
    for (std::size_t block = 0; block < column.size(); ++block) {
      std::uint64_t equal = 0;
      if (next < places.size() && places[next].block == block) equal = places[next++].bits;
      carried = column[block].advance(equal, carried);
    }
  }
  std::vector<std::size_t> distances = {b.size()};
  distances.reserve(a.size() + 1);
  for (std::size_t i = 0; i < a.size(); ++i) {
    const Block& block = column[i / kBits];
    distances.push_back(distances.back() + (block.more >> i % kBits & 1) -
                        (block.less >> i % kBits & 1));
  }
  return distances;
}

std::size_t symbol_distance(Symbols a, Symbols b) { return prefix_distances(a, b).back(); }

}  // namespace vernier
