// What the words of a sentence can be.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "metrics/spice/chart/rules/chart_rules.h"

namespace vernier::spice {

constexpr float kAbsent = -std::numeric_limits<float>::infinity();

struct Item {
  float score;
  ChartState state;
};

/// All states over one word, with unary rules applied. Depends on nothing but the word, and whether
/// it begins the sentence where it is unknown and begins with a capital.
struct WordCell {
  std::vector<Item> items;            ///< ascending
  std::vector<std::uint64_t> ending;  ///< set of left siblings that can end in the word
};

/// Makes the cells of words and keeps them from sentence to sentence: captions use few words again
/// and again. Holds a thousand of them, about 10 MB. One thread's scratch.
class WordCells {
 public:
  explicit WordCells(std::shared_ptr<const ChartRules> rules);

  /// The cells stay where they are until the next call. `flooded` gives every word every tag, as
  /// the original does for sentences that have no tree otherwise.
  std::span<const WordCell* const> find(std::span<const std::string_view> words, bool flooded);

 private:
  void make(std::string_view word, bool first, bool flooded, WordCell& cell);
  void flood();

  std::shared_ptr<const ChartRules> rules_;
  std::unordered_map<std::string, WordCell> cells_;
  std::vector<WordCell> flooded_;
  std::vector<const WordCell*> sentence_;
  std::vector<float> best_;  // by state
  std::vector<TagScore> tags_, possible_;
  std::string buffer_, key_;
};

}  // namespace vernier::spice
