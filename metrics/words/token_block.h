// Tokens of many texts, one flat array a token stream.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "metrics/words/vocabulary.h"

namespace vernier {

/// Texts 0, 1, 2, ... in every stream (one stream a tokeniser) of an Evaluation.
struct TokenBlock {
  struct Stream {
    std::vector<WordId> words;
    std::vector<std::uint32_t> ends;  ///< words[ends[t-1] .. ends[t]) is text t
  };
  std::vector<Stream> streams;

  std::span<const WordId> text(std::size_t stream, std::size_t t) const {
    const Stream& s = streams[stream];
    const std::uint32_t begin = t == 0 ? 0 : s.ends[t - 1];
    return {s.words.data() + begin, s.ends[t] - begin};
  }
  std::size_t text_count() const { return streams.empty() ? 0 : streams[0].ends.size(); }
  void clear() {
    for (Stream& s : streams) {
      s.words.clear();
      s.ends.clear();
    }
  }
};

}  // namespace vernier
