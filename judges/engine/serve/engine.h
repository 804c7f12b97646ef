// Answers many prompts at once: continuous batching over paged keys and values with reuse of
// common beginnings. Greedy; and teacher-forced scoring that returns the wanted log-probabilities
// only. A task's result is the same bits whatever else is run, in whatever order.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "judges/engine/serve/cache/page_pool.h"
#include "judges/engine/serve/cache/prefix_tree.h"
#include "judges/engine/serve/prompt.h"

namespace vernier::engine {

class Model;
class Sequence;

/// What came out in a token's place.
struct Observed {
  std::uint32_t best;             ///< the likeliest token, the lowest of equally likely ones
  float best_logit, log_sum;      ///< log_sum: the log of the sum of the logits' exponentials
  std::span<const float> logits;  ///< of all tokens, until the call returns
};

/// Sees the tokens of an answer in their order: `place` counts what is forced, then what is
/// generated. May throw.
using Watch = std::function<void(std::size_t place, std::uint32_t token, const Observed& observed)>;

struct Task {
  Prompt prompt;
  /// Continuation whose log-probabilities are wanted.
  std::vector<std::uint32_t> forced;
  /// Then at most so many tokens are generated,
  std::size_t most_new = 0;
  /// until one of these (it is part of the result).
  std::vector<std::uint32_t> stop;
  /// Log-probabilities of these are wanted for the token after `forced`; NaN for ids that no token
  /// has.
  std::vector<std::uint32_t> choices;
  Watch watch = {};
};

struct TaskResult {
  std::string error;  ///< empty: all is well
  std::vector<float> forced_log_probabilities;
  std::vector<std::uint32_t> forced_best;  ///< the likeliest token at each forced one's place
  std::vector<std::uint32_t> tokens;       ///< generated
  std::vector<float> log_probabilities;    ///< of those
  std::vector<float> choices;
  bool stopped = false;                  ///< by a stop token, not by the limit
  std::size_t reused = 0, computed = 0;  ///< tokens of prompt and forced
};

struct EngineLimits {
  std::size_t live = 16;    ///< sequences at a time
  std::size_t chunk = 256;  ///< tokens of one step
  std::size_t cache_bytes = std::size_t{1} << 30;
};

class Engine {
 public:
  /// The next task; nothing when there are no more, however often it is asked then.
  using Source = std::function<std::optional<Task>()>;
  using Done = std::function<void(std::size_t, TaskResult)>;

  Engine(Model& model, const EngineLimits& limits);

  /// Takes tasks when there is room for one more. Calls done(i, result) for the i-th of them as it
  /// is finished, in any order. Both may throw; nothing more is done then.
  void run(const Source& next, const Done& done);
  void run(std::span<const Task> tasks, const Done& done);

  /// Forgets what was computed before. To be called when the model's weights have changed.
  void forget();

 private:
  using Live = std::vector<std::unique_ptr<Sequence>>;
  void admit(Live& live, std::unique_ptr<Sequence>& waiting, std::size_t& taken, const Source& next,
             const Done& done);
  std::string problem(const Task& task) const;
  bool fits(const Sequence& sequence, const Live& live) const;

  Model& model_;
  EngineLimits limits_;
  PagePool pool_;
  PrefixTree tree_;
};

}  // namespace vernier::engine
