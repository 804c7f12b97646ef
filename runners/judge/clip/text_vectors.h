// Vectors of texts, each computed once and kept as long as it is needed.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "judges/clip/clip_scorer.h"

namespace vernier {

class TextVectors {
 public:
  explicit TextVectors(clip::ClipScorer& scorer) : scorer_(scorer) {}

  /// Says that a text will be used once more; its number. It must stay where it is.
  std::size_t announce(std::string_view text);

  /// Computes those that are not there yet.
  void compute(std::span<const std::size_t> numbers);
  /// Of a computed text.
  const clip::Embedding& at(std::size_t number) const { return texts_[number].vector; }
  /// One of the uses is over; behind the last one the vector goes.
  void release(std::size_t number);

 private:
  struct Text {
    std::string_view text;
    std::size_t uses = 0;
    clip::Embedding vector;  // empty: not computed
  };

  clip::ClipScorer& scorer_;
  std::vector<Text> texts_;
  std::unordered_map<std::string_view, std::size_t> numbers_;
};

}  // namespace vernier
