// The "union LCS" of summary-level ROUGE-L (Lin 2004, section 3.2): the words of one sentence that
// lie on its longest common subsequence with any of several other sentences. Which of several
// longest ones is meant follows rouge_score 0.1.2: read from the end, equal words are taken;
// otherwise the other sentence is shortened if only that keeps the length, else this one.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace vernier {

/// Bit-parallel (see metrics/lcs.h): one pair takes a/64 * b steps, and memory grows as a + b for
/// small pairs and (a * sqrt(b)) / 64 for large ones.
class UnionLcs {
 public:
  /// A word that no other sentence has.
  static constexpr std::uint32_t kNoWord = std::numeric_limits<std::uint32_t>::max();

  /// Begins with a sentence of words numbered below `words` (or kNoWord). The sentence must outlive
  /// the calls of add().
  void start(std::span<const std::uint32_t> sentence, std::uint32_t words);
  /// Marks what it has in common with `other`.
  void add(std::span<const std::uint32_t> other);
  /// True when nothing is left to mark.
  bool complete() const { return left_ == 0; }
  /// By position in the sentence, 1 if marked.
  std::span<const std::uint8_t> marked() const { return marked_; }

 private:
  using Bits = std::uint64_t;
  void mark(std::size_t position) {
    left_ -= marked_[position] == 0;
    marked_[position] = 1;
  }
  const Bits* occurrences(std::uint32_t word);
  void next_row(const Bits* row, const Bits* occurs, Bits* next) const;
  void mark_common(std::size_t size, std::span<const std::uint32_t> other);

  std::span<const std::uint32_t> sentence_;
  std::size_t left_ = 0;       // words that may still be marked
  std::size_t blocks_ = 0;     // of 64 words in the sentence
  std::vector<std::uint8_t> marked_;
  // Where a word occurs: its positions are chained from first_; a word with more positions than
  // there are blocks has them as bits too, which takes the space of at most 64 * blocks_ words.
  struct Word {
    std::uint32_t first = kNoWord, count = 0, dense = kNoWord;
  };
  std::vector<Word> words_;
  std::vector<std::uint32_t> next_;
  std::vector<Bits> dense_;
  std::vector<Bits> sparse_;  // bits of sparse_word_, all others 0
  std::uint32_t sparse_word_ = kNoWord;
  std::vector<Bits> rows_, checkpoints_;
};

}  // namespace vernier
