// The fast parser's network: words in, scores of tags, heads and relations out.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "metrics/spice/fast/kernels/kernels.h"
#include "metrics/spice/fast/weights.h"

namespace vernier::spice {

/// One thread's scratch. What it gives does not depend on earlier sentences, nor on the kernels.
class Network {
 public:
  Network(const Weights& weights, const Kernels& kernels);

  /// Reads a sentence; the rest is about the last one read.
  void read(std::span<const std::string_view> words);

  Label tag(std::size_t word) const;
  /// [word * (words + 1) + head], where head 0 is the root and words count from 1.
  std::span<const float> head_scores() const { return head_scores_; }
  Relation relation(std::size_t word, std::size_t head);

 private:
  const float* word_vector(std::string_view word);
  void run_block(const Weights::Block& block, std::size_t rows);
  /// Numbers of the heads' output, from that column on.
  const float* output(std::size_t word, std::size_t column) const {
    return output_.data() + word * weights_.heads.columns + column;
  }

  const Weights& weights_;
  const Kernels& kernels_;
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };
  // Sums of a word's rows. The words of captions are few; where they are many, all are forgotten.
  static constexpr std::size_t kMostKnown = 1 << 15;
  std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> known_;
  std::vector<float> known_vectors_;
  std::vector<float> x_, work_, output_, head_scores_, relation_scores_;
  std::vector<std::int8_t> inputs_;  // a row of zeros before the first word and behind the last
  std::vector<std::int32_t> sums_;
};

}  // namespace vernier::spice
