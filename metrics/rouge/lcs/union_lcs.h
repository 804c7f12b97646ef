// The "union LCS" of summary-level ROUGE-L (Lin 2004, section 3.2): the words of one sentence that
// lie on its longest common subsequence with any of several other sentences. Which of several
// longest ones is meant follows rouge_score 0.1.2: read from the end, equal words are taken;
// otherwise the other sentence loses its last word if only that keeps the length, else this one.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace vernier {

/// Bit-parallel (metrics/rouge/lcs/lcs.h): a pair of a and b words takes about a/64 * b steps.
/// Memory is a/64 * b words for small pairs and a/32 * sqrt(b) for large ones.
class UnionLcs {
 public:
  /// A word of the sentence that no other sentence has.
  static constexpr std::uint32_t kNoWord = std::numeric_limits<std::uint32_t>::max();

  /// Begins with a copy of a sentence of words numbered below `words` (or kNoWord).
  void start(std::span<const std::uint32_t> sentence, std::uint32_t words);
  /// Marks what the sentence has in common with `other`, which is free of kNoWord.
  void add(std::span<const std::uint32_t> other);
  /// True when no other sentence can mark more.
  bool complete() const { return unmarked_ == 0; }
  /// By position in the sentence: 1 if marked.
  std::span<const std::uint8_t> marked() const { return marked_; }

 private:
  using Bits = std::uint64_t;

  void mark(std::size_t position);
  void mark_common(std::size_t size, std::span<const std::uint32_t> other);
  const Bits* occurrences(std::uint32_t word);

  // Where a word occurs in the sentence: positions chained from `first`. A word with at least
  // blocks_ positions has them as bits too; there are at most 64 such words, so that memory stays
  // linear, and each of the others sets its few bits when its turn comes.
  struct Word {
    std::uint32_t first = kNoWord, count = 0, unmarked = 0, dense = kNoWord;
  };
  std::vector<std::uint32_t> sentence_;
  std::vector<std::uint8_t> marked_;
  std::size_t unmarked_ = 0;  // words of the sentence other than kNoWord
  std::size_t blocks_ = 0;    // of 64 words in the sentence
  std::vector<Word> words_;
  std::vector<std::uint32_t> next_;  // by position: the next one of the same word
  std::vector<Bits> dense_, sparse_;
  std::uint32_t sparse_word_ = kNoWord;  // whose bits sparse_ has
  std::vector<Bits> rows_, checkpoints_;
};

}  // namespace vernier
