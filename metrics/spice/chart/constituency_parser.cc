#include "metrics/spice/chart/constituency_parser.h"

#include <string>
#include <utility>
#include <vector>

#include "metrics/spice/chart/best_tree.h"
#include "metrics/spice/chart/chart.h"
#include "metrics/spice/grammar/words/respelling.h"

namespace vernier::spice {
namespace {

// The original's score of a tag that a word cannot have, when all tags are tried.
constexpr float kFloodedScore = -1000;

}  // namespace

struct ConstituencyParser::Worker::Scratch {
  explicit Scratch(std::shared_ptr<const ChartRules> chart_rules)
      : rules(std::move(chart_rules)), chart(rules) {}

  void find_tags(std::span<const std::string_view> words) {
    tags.resize(words.size());
    const Lexicon& lexicon = rules->grammar().lexicon();
    for (std::size_t i = 0; i < words.size(); ++i) {
      lexicon.tags(respell(words[i], buffer), i == 0, tags[i]);
    }
  }

  /// Every tag for every word, but that of the boundary.
  void flood_tags(std::span<const std::string_view> words) {
    const Grammar& grammar = rules->grammar();
    for (std::size_t i = 0; i < words.size(); ++i) {
      grammar.lexicon().all_tags(respell(words[i], buffer), i == 0, possible);
      tags[i].clear();
      for (std::uint16_t tag = 0, next = 0; tag < grammar.tags(); ++tag) {
        const bool can = next < possible.size() && possible[next].tag == tag;
        tags[i].push_back({tag, can ? possible[next++].score : kFloodedScore});
      }
    }
  }

  /// What the original prints where it finds no tree at all.
  void make_flat_tree(std::size_t words, Tree& tree) const {
    tree.clear();
    tree.push_back({Label::kX, 0, static_cast<std::uint32_t>(words + 1)});
    for (std::size_t i = 0; i < words; ++i) {
      tree.push_back(
          {Label::kXx, static_cast<std::uint16_t>(i), static_cast<std::uint32_t>(i + 2)});
    }
  }

  std::shared_ptr<const ChartRules> rules;
  Chart chart;
  std::string buffer;
  std::vector<std::vector<TagScore>> tags;
  std::vector<TagScore> possible;
  double score = 0;
};

ConstituencyParser::ConstituencyParser(std::shared_ptr<const Grammar> grammar)
    : grammar_(std::move(grammar)), rules_(std::make_shared<const ChartRules>(grammar_)) {}

ConstituencyParser::Worker::Worker(const ConstituencyParser& parser)
    : scratch_(std::make_unique<Scratch>(parser.rules_)) {}
ConstituencyParser::Worker::~Worker() = default;
ConstituencyParser::Worker::Worker(Worker&&) noexcept = default;
ConstituencyParser::Worker& ConstituencyParser::Worker::operator=(Worker&&) noexcept = default;

double ConstituencyParser::Worker::score() const { return scratch_->score; }

bool ConstituencyParser::Worker::parse(std::span<const std::string_view> words, Tree& tree) {
  if (words.size() > kMostParsedWords) return false;
  Scratch& s = *scratch_;
  s.find_tags(words);
  s.chart.fill(s.tags);
  s.score = read_best_tree(*s.rules, s.chart, tree);
  if (tree.empty()) {
    s.flood_tags(words);
    s.chart.fill(s.tags);
    s.score = read_best_tree(*s.rules, s.chart, tree);
  }
  if (tree.empty()) s.make_flat_tree(words.size(), tree);
  return true;
}

}  // namespace vernier::spice
