// The n-grams of one sample, counted once and shared by BLEU and CIDEr.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "metrics/metric.h"
#include "metrics/words/vocabulary.h"

namespace vernier {

/// Distinct n-grams (n = 1..4) of a candidate and its references, numbered from 0 in order of first
/// sight with the candidate first, and per text how often each occurs.
///
/// n-grams are told apart by a 64-bit fingerprint of their words' content hashes, the same in every
/// process. Among 10 million distinct n-grams the chance of any collision is 3 in a million.
/// Tokens with white space inside (kCompoundWord) count as their parts, as str.split() sees them.
class SampleNgrams {
 public:
  static constexpr int kMaxOrder = 4;

  struct Count {
    std::uint32_t gram;   ///< index into fingerprints()
    std::uint32_t count;  ///< occurrences in this text
  };
  /// One text: its n-grams by order, each order in order of first occurrence (the order in which
  /// the reference tools sum, so that last digits agree).
  struct Text {
    std::uint32_t length = 0;  ///< tokens
    std::array<std::uint32_t, kMaxOrder + 1> begin{};
  };

  explicit SampleNgrams(const Vocabulary& vocabulary);

  /// Announces the next sample; nothing is counted until a metric asks.
  void reset(const SampleView& sample) {
    sample_ = sample;
    built_ = false;
  }
  /// Fingerprints of the distinct n-grams of some texts (document frequencies). Valid until the
  /// next call of any other function; the announced sample is forgotten.
  std::span<const std::uint64_t> distinct(std::span<const std::span<const WordId>> texts);

  /// 0 is the candidate, 1 + r is reference r.
  std::size_t text_count() { return built().texts_.size(); }
  const Text& text(std::size_t t) { return built().texts_[t]; }
  std::span<const Count> counts(std::size_t t, int order) {
    const Text& x = text(t);
    return {counts_.data() + x.begin[order - 1], counts_.data() + x.begin[order]};
  }
  std::span<const Count> counts(std::size_t t) {
    const Text& x = text(t);
    return {counts_.data() + x.begin[0], counts_.data() + x.begin[kMaxOrder]};
  }
  /// Fingerprint of every distinct n-gram; the first candidate_grams() occur in the candidate.
  std::span<const std::uint64_t> fingerprints() {
    return {built().fingerprints_.data(), gram_count_};
  }
  std::uint32_t candidate_grams() { return built().candidate_grams_; }
  /// The words of every distinct n-gram with blanks between, by its number: for people to read.
  std::vector<std::string> gram_texts();

 private:
  SampleNgrams& built() {
    if (!built_) build();
    return *this;
  }
  void build();
  template <class Visit>
  void for_each_word(std::span<const WordId> words, Visit visit) const;
  void append_hashes(std::span<const WordId> words);
  void start();
  template <class Visit, class OrderEnd>
  void roll(const Text& text, const std::uint64_t* hashes, Visit visit, OrderEnd order_end);
  void count(Text& text, const std::uint64_t* hashes);
  std::uint32_t index_of(std::uint64_t fingerprint);

  struct Slot {
    std::uint64_t fingerprint = 0;
    std::uint32_t index = 0;
    std::uint32_t stamp = 0;
  };
  struct Seen {
    std::uint32_t text = 0;  // 1 + the last text that held it
    std::uint32_t position = 0;
  };
  const Vocabulary& vocabulary_;
  SampleView sample_;
  bool built_ = false;
  std::uint32_t stamp_ = 0;
  std::uint32_t candidate_grams_ = 0, gram_count_ = 0, count_size_ = 0;
  std::vector<Slot> slots_;                  // linear probing, at most half full
  std::vector<std::uint64_t> fingerprints_;  // by gram; the first gram_count_ count
  std::vector<Seen> seen_;                   // by gram
  std::vector<Text> texts_;
  std::vector<Count> counts_;  // the first count_size_ count
  std::vector<std::uint64_t> hashes_, rolling_;
};

}  // namespace vernier
