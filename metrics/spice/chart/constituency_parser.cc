#include "metrics/spice/chart/constituency_parser.h"

#include <utility>

#include "metrics/spice/chart/best_tree.h"
#include "metrics/spice/chart/best_trees.h"
#include "metrics/spice/chart/chart.h"
#include "metrics/spice/chart/word_cells.h"
#include "metrics/spice/grammar/words/respelling.h"

namespace vernier::spice {
namespace {

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
  explicit Scratch(const std::shared_ptr<const ChartRules>& chart_rules)
      : rules(chart_rules), cells(chart_rules), chart(chart_rules, run_steps_of(cpu_level())) {}

  /// The best tree; none where there is none with these tags.
  void find_tree(std::span<const std::string_view> words, bool flooded, Tree& tree) {
    chart.fill(cells.find(words, flooded));
    score = read_best_tree(*rules, chart, tree);
  }

  std::shared_ptr<const ChartRules> rules;
  WordCells cells;
  Chart chart;
  double score = 0;
};

ConstituencyParser::ConstituencyParser(std::shared_ptr<const Grammar> grammar)
    : grammar_(std::move(grammar)), rules_(std::make_shared<const ChartRules>(grammar_)) {}

WordTags ConstituencyParser::tags_of(std::string_view word) const {
  std::string buffer;
  const std::string_view known = respell(word, buffer);
  std::vector<TagScore> scores;
  grammar_->lexicon().tags(known, false, scores);
  WordTags out{.listed = grammar_->lexicon().lists(known), .scores = {}};
  for (const TagScore& one : scores) {
    out.scores.emplace_back(grammar_->name(grammar_->tag_state(one.tag)), one.score);
  }
  return out;
}

ConstituencyParser::Worker::Worker(const ConstituencyParser& parser)
    : scratch_(std::make_unique<Scratch>(parser.rules_)) {}
ConstituencyParser::Worker::~Worker() = default;
ConstituencyParser::Worker::Worker(Worker&&) noexcept = default;
ConstituencyParser::Worker& ConstituencyParser::Worker::operator=(Worker&&) noexcept = default;

std::vector<ConstituencyParser::Worker::ScoredTree> ConstituencyParser::Worker::best_trees(
    std::size_t most) const {
  std::vector<ScoredTree> out;
  BestTrees trees(*scratch_->rules, scratch_->chart, most);
  for (ScoredTree one; trees.next(one.tree);) {
    one.score = trees.score();
    out.push_back(one);
  }
  return out;
}

double ConstituencyParser::Worker::score() const { return scratch_->score; }

bool ConstituencyParser::Worker::parse(std::span<const std::string_view> words, Tree& tree) {
  if (words.size() > kMostParsedWords) return false;
  scratch_->find_tree(words, false, tree);
  if (tree.empty()) scratch_->find_tree(words, true, tree);
  if (tree.empty()) make_flat_tree(words.size(), tree);
  return true;
}

}  // namespace vernier::spice
