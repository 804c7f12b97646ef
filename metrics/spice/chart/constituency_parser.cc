#include "metrics/spice/chart/constituency_parser.h"

#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "metrics/spice/chart/best_tree.h"
#include "metrics/spice/chart/chart.h"
#include "metrics/spice/chart/coarse/coarse_chart.h"
#include "metrics/spice/chart/word_cells.h"

namespace vernier::spice {
namespace {

constexpr float kLowest = std::numeric_limits<float>::lowest();

/// What the original prints where it finds no tree at all.
void make_flat_tree(std::size_t words, Tree& tree) {
  tree.clear();
  tree.push_back({Label::kX, 0, static_cast<std::uint32_t>(words + 1)});
  for (std::size_t i = 0; i < words; ++i) {
    tree.push_back({Label::kXx, static_cast<std::uint16_t>(i), static_cast<std::uint32_t>(i + 2)});
  }
}

}  // namespace

struct ConstituencyParser::Worker::Scratch {
  Scratch(const std::shared_ptr<const ChartRules>& chart_rules,
          const std::shared_ptr<const CoarseRules>& coarse_rules)
      : rules(chart_rules),
        cells(chart_rules, coarse_rules),
        bounds(coarse_rules),
        chart(chart_rules, coarse_rules) {}

  /// The best tree; none where there is none with these tags.
  void find_tree(std::span<const std::string_view> words, bool flooded, Tree& tree);

  std::shared_ptr<const ChartRules> rules;
  WordCells cells;
  CoarseChart bounds;
  Chart chart;
  std::vector<std::span<const CoarseItem>> coarse_words;
  double score = 0;
};

void ConstituencyParser::Worker::Scratch::find_tree(std::span<const std::string_view> words,
                                                    bool flooded, Tree& tree) {
  const auto sentence = cells.find(words, flooded);
  coarse_words.clear();
  for (const WordCell* word : sentence) coarse_words.emplace_back(word->coarse);
  bounds.find_inside(coarse_words);
  const float most = bounds.upper_bound();
  tree.clear();
  if (most == kAbsent) return;
  const auto n = static_cast<float>(words.size());
  const float margin = 0.05F + n * std::abs(most) * 4e-6F;
  float threshold = most - (3 + 0.6F * n);
  for (int round = 0; round < 6; ++round) {
    bounds.find_outside(threshold - margin);
    chart.fill(sentence, bounds, threshold - margin);
    score = read_best_tree(*rules, chart, tree);
    if (!tree.empty() && score >= threshold) return;
    threshold = tree.empty() ? most - 2 * (most - threshold) : static_cast<float>(score) - margin;
  }
  bounds.find_outside(kLowest);
  chart.fill(sentence, bounds, kLowest);
  score = read_best_tree(*rules, chart, tree);
}

ConstituencyParser::ConstituencyParser(std::shared_ptr<const Grammar> grammar)
    : grammar_(std::move(grammar)),
      rules_(std::make_shared<const ChartRules>(grammar_)),
      coarse_(std::make_shared<const CoarseRules>(*rules_)) {}

ConstituencyParser::Worker::Worker(const ConstituencyParser& parser)
    : scratch_(std::make_unique<Scratch>(parser.rules_, parser.coarse_)) {}
ConstituencyParser::Worker::~Worker() = default;
ConstituencyParser::Worker::Worker(Worker&&) noexcept = default;
ConstituencyParser::Worker& ConstituencyParser::Worker::operator=(Worker&&) noexcept = default;

double ConstituencyParser::Worker::score() const { return scratch_->score; }

bool ConstituencyParser::Worker::parse(std::span<const std::string_view> words, Tree& tree) {
  if (words.size() > kMostParsedWords) return false;
  scratch_->find_tree(words, false, tree);
  if (tree.empty()) scratch_->find_tree(words, true, tree);
  if (tree.empty()) make_flat_tree(words.size(), tree);
  return true;
}

}  // namespace vernier::spice
