#include "judges/engine/serve/sequence.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace vernier::engine {

Sequence::Sequence(Task task, std::size_t number)
    : task_(std::move(task)),
      number_(number),
      ids_(task_.prompt.ids),
      symbols_(task_.prompt.symbols()) {
  ids_.insert(ids_.end(), task_.forced.begin(), task_.forced.end());
  symbols_.insert(symbols_.end(), task_.forced.begin(), task_.forced.end());
}

std::size_t Sequence::most_pages() const {
  return (given() + task_.most_new + kPageTokens - 1) / kPageTokens;
}

void Sequence::begin(PagePool& pool, PrefixTree& tree) {
  // The prompt's last token is always computed: its hidden state gives the first logits.
  const std::size_t most = task_.prompt.ids.size() - 1;
  PrefixTree::Match match = tree.find(std::span(symbols_).first(most));
  std::size_t tokens = match.tokens;
  // Nor does reuse end inside an image, whose other tokens would need the vision tower again.
  for (const PromptImage& image : task_.prompt.images) {
    if (image.places.front() < tokens && image.places.back() >= tokens) {
      tokens = image.places.front();
    }
  }
  match.pages.resize((tokens + kPageTokens - 1) / kPageTokens);
  if (tokens % kPageTokens != 0) {  // others write on behind
    tree.make_room(1);
    match.pages.back() = pool.copy_of(match.pages.back());
  }
  pages_ = std::move(match.pages);
  for (const Page& page : pages_) addresses_.push_back(page.data());
  computed_ = tokens;
  result_.reused = tokens;
  result_.computed = given() - tokens;
}

std::span<float* const> Sequence::grow(std::size_t tokens, PagePool& pool, PrefixTree& tree) {
  const std::size_t needed = (computed_ + tokens + kPageTokens - 1) / kPageTokens;
  while (pages_.size() < needed) {
    tree.make_room(1);
    addresses_.push_back(pages_.emplace_back(pool.take()).data());
  }
  return addresses_;
}

void Sequence::advance(std::size_t tokens, PrefixTree& tree) {
  computed_ += tokens;
  const std::size_t prompt = task_.prompt.ids.size();
  if (shared_prompt_ || computed_ < prompt) return;
  shared_prompt_ = true;
  tree.insert(std::span(symbols_).first(prompt), pages_);
}

void Sequence::remember(PrefixTree& tree) const {
  tree.insert(std::span(symbols_).first(computed_), pages_);
}

bool Sequence::wants(std::size_t place) const {
  if (place + 1 < task_.prompt.ids.size()) return false;
  if (place + 1 < given()) return true;
  return task_.most_new > 0 || !task_.choices.empty();
}

void Sequence::observe(std::size_t place, const Observed& observed) {
  const std::size_t prompt = task_.prompt.ids.size();
  if (place + 1 < given()) {
    const std::uint32_t said = task_.forced[place + 1 - prompt];
    result_.forced_log_probabilities.push_back(observed.logits[said] - observed.log_sum);
    result_.forced_best.push_back(observed.best);
    if (task_.watch) task_.watch(place + 1 - prompt, said, observed);
  } else {
    if (place + 1 == given()) {
      for (const std::uint32_t id : task_.choices) {
        result_.choices.push_back(id < observed.logits.size()
                                      ? observed.logits[id] - observed.log_sum
                                      : std::numeric_limits<float>::quiet_NaN());
      }
    }
    if (task_.most_new > 0) {
      if (task_.watch) task_.watch(place + 1 - prompt, observed.best, observed);
      result_.tokens.push_back(observed.best);
      result_.log_probabilities.push_back(observed.best_logit - observed.log_sum);
      const auto& stop = task_.stop;
      result_.stopped = std::find(stop.begin(), stop.end(), observed.best) != stop.end();
      // The last token is not read, since nothing comes after it.
      if (!result_.stopped && result_.tokens.size() < task_.most_new) {
        ids_.push_back(observed.best);
        symbols_.push_back(observed.best);
      }
    }
  }
}

}  // namespace vernier::engine
