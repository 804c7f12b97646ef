// What the words of a sentence can be.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "metrics/spice/chart/chart_rules.h"
#include "metrics/spice/chart/coarse/coarse_chart.h"

namespace vernier::spice {

struct Item {
  float score;
  ChartState state;
};

/// All states over one word, with unary rules applied. Depends on nothing but the word, and whether
/// it begins the sentence where it is unknown and begins with a capital.
struct WordCell {
  std::vector<Item> items;
  std::vector<CoarseItem> coarse;
};

/// Makes the cells of words and keeps them from sentence to sentence: captions use few words again
/// and again. Holds a thousand of them, about 40 MB. One thread's scratch.
class WordCells {
 public:
  WordCells(std::shared_ptr<const ChartRules> rules, std::shared_ptr<const CoarseRules> coarse);

  /// The cells stay where they are until the next call. `flooded` gives every word every tag, as
  /// the original does for sentences that have no tree otherwise.
  std::span<const WordCell* const> find(std::span<const std::string_view> words, bool flooded);

 private:
  void make(std::string_view word, bool first, bool flooded, WordCell& cell);
  void flood();

  std::shared_ptr<const ChartRules> rules_;
  std::shared_ptr<const CoarseRules> coarse_;
  std::unordered_map<std::string, WordCell> cells_;
  std::vector<WordCell> flooded_;
  std::vector<const WordCell*> sentence_;
  std::vector<float> best_;         // by state
  std::vector<float> best_coarse_;  // by row
  std::vector<TagScore> tags_, possible_;
  std::string buffer_, key_;
};

}  // namespace vernier::spice
