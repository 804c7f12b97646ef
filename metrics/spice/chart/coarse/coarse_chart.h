// Upper bounds for the scores of trees that have a given state over a given span.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "metrics/spice/chart/coarse/coarse_rules.h"

namespace vernier::spice {

/// The coarse values of one word, whatever its sentence.
struct CoarseWord {
  std::vector<float> inside;  ///< by slot: the best score of its states, with their potentials
  std::vector<float> right_steps, left_steps;
};

/// The coarse chart of a sentence. A step to which a sibling is added costs the same whatever made
/// the state before it, so the best sibling of each span and step is found once, and a split has
/// only to add and compare: arrays of some hundred numbers, which the compiler does many at a time.
/// One thread's scratch.
class CoarseChart {
 public:
  explicit CoarseChart(std::shared_ptr<const CoarseRules> rules);

  /// Completes what does not depend on the sentence: `inside` is there, the steps are made.
  void make_steps(CoarseWord& word) const;

  /// The best coarse score of each state over each span.
  void find_inside(std::span<const CoarseWord* const> words);

  /// No tree scores more.
  float upper_bound() const;

  /// The best coarse score of what is around each state and span. What cannot be part of a tree of
  /// `threshold` or more has minus infinity.
  void find_outside(float threshold);

  /// By slot, of the span of words begin … end - 1: the score of the best surroundings, less
  /// potentials.
  const float* outside(std::size_t begin, std::size_t end) const {
    return outside_.data() + index(begin, end) * rules_->values_per_span();
  }
  /// Whether any state is left over the span.
  bool alive(std::size_t begin, std::size_t end) const { return alive_[index(begin, end)] != 0; }

  /// Whether this plain state is left over any span that begins (ends) there.
  bool begins(std::size_t at, std::size_t plain) const {
    return begins_[at * rules_->plain_states() + plain] != 0;
  }
  bool ends(std::size_t at, std::size_t plain) const {
    return ends_[at * rules_->plain_states() + plain] != 0;
  }

 private:
  static std::size_t index(std::size_t begin, std::size_t end) {
    return end * (end - 1) / 2 + begin;
  }
  void combine(std::size_t begin, std::size_t end);
  void apply_unaries(float* inside) const;
  void add_siblings(const float* inside, float* right_steps, float* left_steps) const;
  void surround(std::size_t begin, std::size_t end);
  void surround_siblings(std::size_t begin, std::size_t end);
  void surround_unaries(std::size_t begin, std::size_t end);
  void drop(std::size_t begin, std::size_t end, float threshold);

  std::shared_ptr<const CoarseRules> rules_;
  std::size_t count_ = 0;
  std::vector<float> inside_, outside_;          // by span and slot
  std::vector<float> right_steps_, left_steps_;  // by span, step and owner: with the best sibling
  std::vector<float> right_around_, left_around_;  // of the span at hand: around a sibling there
  std::vector<std::uint8_t> alive_, parents_;    // by span: any state, any that has two children
  std::vector<std::uint8_t> begins_, ends_;      // by word boundary and plain state
  std::vector<std::uint16_t> present_;           // plain states of the span at hand
};

}  // namespace vernier::spice
