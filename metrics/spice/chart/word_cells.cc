#include "metrics/spice/chart/word_cells.h"

#include <algorithm>
#include <utility>

#include "metrics/spice/grammar/words/respelling.h"

namespace vernier::spice {
namespace {

// The original's score of a tag that a word cannot have, when all tags are tried.
constexpr float kFloodedScore = -1000;
constexpr std::size_t kMostCells = 1000;

}  // namespace

WordCells::WordCells(std::shared_ptr<const ChartRules> rules)
    : rules_(std::move(rules)), best_(rules_->states(), kAbsent) {}

std::span<const WordCell* const> WordCells::find(std::span<const std::string_view> words,
                                                 bool flooded) {
  if (cells_.size() > kMostCells) cells_.clear();
  flooded_.resize(flooded ? words.size() : 0);
  sentence_.resize(words.size());
  const Lexicon& lexicon = rules_->grammar().lexicon();
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = respell(words[i], buffer_);
    if (flooded) {
      make(word, i == 0, true, flooded_[i]);
      sentence_[i] = &flooded_[i];
      continue;
    }
    // A blank is in no word, so that no word has another's key.
    key_ = word;
    if (i == 0 && lexicon.depends_on_place(word)) key_ += ' ';
    const auto [cell, is_new] = cells_.try_emplace(key_);
    if (is_new) make(word, i == 0, false, cell->second);
    sentence_[i] = &cell->second;
  }
  return sentence_;
}

void WordCells::make(std::string_view word, bool first, bool flooded, WordCell& cell) {
  const Grammar& grammar = rules_->grammar();
  if (flooded) {
    grammar.lexicon().all_tags(word, first, tags_);
    flood();
  } else {
    grammar.lexicon().tags(word, first, tags_);
  }
  std::fill(best_.begin(), best_.end(), kAbsent);
  for (const TagScore& tag : tags_) best_[rules_->in_chart(grammar.tag_state(tag.tag))] = tag.score;
  for (const ChartState child : rules_->unary_children()) {
    const float score = best_[child];
    if (score == kAbsent) continue;
    for (const ChartRules::ClosedRule& rule : rules_->closed_from(child)) {
      best_[rule.parent] = std::max(best_[rule.parent], score + rule.score);
    }
  }
  cell.items.clear();
  for (std::size_t i = 0; i < best_.size(); ++i) {
    if (best_[i] != kAbsent) cell.items.push_back({best_[i], static_cast<ChartState>(i)});
  }
  cell.ending.assign(rules_->plain_words(), 0);
  for (const TagScore& tag : tags_) {
    const auto set = rules_->left_siblings_ending_in(tag.tag);
    for (std::size_t w = 0; w < set.size(); ++w) cell.ending[w] |= set[w];
  }
}

void WordCells::flood() {
  const Grammar& grammar = rules_->grammar();
  std::swap(tags_, possible_);
  tags_.clear();
  std::size_t next = 0;
  for (std::size_t tag = 0; tag < grammar.tags(); ++tag) {
    const bool can = next < possible_.size() && possible_[next].tag == tag;
    tags_.push_back(
        {static_cast<std::uint16_t>(tag), can ? possible_[next++].score : kFloodedScore});
  }
}

}  // namespace vernier::spice
