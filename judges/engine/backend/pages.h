// How keys and values lie in memory: in pages of a fixed number of tokens.
#pragma once

#include <cstddef>

namespace vernier::engine {

/// Tokens in a page of keys and values. Pages are small enough that little is lost at a sequence's
/// end, and large enough that a page's keys of one head (8 KiB for 64 numbers) are read in a row.
inline constexpr std::size_t kPageTokens = 32;

/// Keys and values of all layers in one page: [layer][key, value][head][token][padded size].
struct PageLayout {
  std::size_t layers = 0;
  std::size_t heads = 0;  ///< of keys and values
  std::size_t size = 0;   ///< numbers of a head

  /// Heads are padded with zeros to whole vectors.
  std::size_t padded() const { return (size + 15) / 16 * 16; }
  std::size_t head() const { return kPageTokens * padded(); }
  std::size_t keys(std::size_t layer, std::size_t h) const {
    return (layer * 2 * heads + h) * head();
  }
  std::size_t values(std::size_t layer, std::size_t h) const {
    return ((layer * 2 + 1) * heads + h) * head();
  }
  std::size_t floats() const { return layers * 2 * heads * head(); }
};

}  // namespace vernier::engine
