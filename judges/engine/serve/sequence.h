// One task while it is worked on.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "judges/engine/serve/cache/page_pool.h"
#include "judges/engine/serve/cache/prefix_tree.h"
#include "judges/engine/serve/engine.h"

namespace vernier::engine {

class Sequence {
 public:
  Sequence(Task task, std::size_t number);

  std::size_t number() const { return number_; }
  const Task& task() const { return task_; }
  std::span<const std::uint32_t> ids() const { return ids_; }
  std::span<const Symbol> symbols() const { return symbols_; }
  std::size_t computed() const { return computed_; }
  /// Tokens whose keys and values are still to be computed.
  std::size_t pending() const { return ids_.size() - computed_; }
  /// Pages that it will need at most.
  std::size_t most_pages() const;
  /// Tokens of prompt and forced continuation.
  std::size_t given() const { return task_.prompt.ids.size() + task_.forced.size(); }
  bool finished() const { return pending() == 0; }

  /// Takes over what was computed before for the same beginning.
  void begin(PagePool& pool, PrefixTree& tree);
  /// Makes sure that `tokens` more can be stored; the pages of all so far.
  std::span<float* const> grow(std::size_t tokens, PagePool& pool, PrefixTree& tree);
  /// `tokens` more are computed. The prompt, once it is complete, is remembered for others.
  void advance(std::size_t tokens, PrefixTree& tree);
  /// Keeps everything that was computed for whoever begins alike.
  void remember(PrefixTree& tree) const;

  /// Are logits wanted after the token at this place?
  bool wants(std::size_t place) const;
  /// What came out after the token at `place`; in ascending order of places.
  void observe(std::size_t place, const Observed& observed);

  TaskResult take_result() { return std::move(result_); }

 private:
  Task task_;
  std::size_t number_;
  std::vector<std::uint32_t> ids_;  ///< given, then generated
  std::vector<Symbol> symbols_;
  std::vector<Page> pages_;
  std::vector<float*> addresses_;  ///< of pages_
  std::size_t computed_ = 0;
  bool shared_prompt_ = false;
  TaskResult result_;
};

}  // namespace vernier::engine
