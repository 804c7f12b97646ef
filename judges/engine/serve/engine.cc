#include "judges/engine/serve/engine.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "judges/engine/model/model.h"
#include "judges/engine/serve/sequence.h"
#include "judges/engine/serve/step.h"

namespace vernier::engine {
namespace {

std::size_t pages_of(std::size_t bytes, const Backend& backend, const PageLayout& layout) {
  return std::max<std::size_t>(1, bytes / (backend.page_floats(layout) * sizeof(float)));
}

/// Is some other sequence just computing a beginning that this one could take over?
bool waits_for_others(const Sequence& sequence, std::span<const std::unique_ptr<Sequence>> live) {
  const auto mine = sequence.symbols().first(sequence.task().prompt.ids.size());
  return std::any_of(live.begin(), live.end(), [&](const std::unique_ptr<Sequence>& other) {
    const std::size_t prompt = other->task().prompt.ids.size();
    if (other->computed() >= prompt) return false;
    const auto theirs = other->symbols().first(prompt);
    const auto [end, ignored] =
        std::mismatch(mine.begin(), mine.end(), theirs.begin(), theirs.end());
    // Less than a page is not worth the wait.
    return static_cast<std::size_t>(end - mine.begin()) > other->computed() + kPageTokens;
  });
}

}  // namespace

Engine::Engine(Model& model, const EngineLimits& limits)
    : model_(model),
      limits_(limits),
      pool_(model.backend(), model.language().shape().pages(),
            pages_of(limits.cache_bytes, model.backend(), model.language().shape().pages())),
      tree_(pool_) {}

void Engine::forget() { tree_.forget(); }

std::string Engine::problem(const Task& task) const {
  const std::size_t given = task.prompt.ids.size() + task.forced.size();
  const std::size_t most = given + task.most_new;
  if (task.prompt.ids.empty()) return "the prompt is empty";
  const std::size_t vocabulary = model_.language().shape().vocabulary;
  for (const std::uint32_t token : task.forced) {
    if (token < vocabulary) continue;
    return fmt::format("the answer has token {}, the model knows {} tokens", token, vocabulary);
  }
  if (most > model_.context()) {
    return fmt::format("prompt and answer need {} tokens, the model has a context of {}", most,
                       model_.context());
  }
  const std::size_t room = (pool_.free() + pool_.used()) * kPageTokens;
  if (most + kPageTokens > room) {
    return fmt::format(
        "prompt and answer need {} tokens, the memory for keys and values holds {}: allow more of "
        "it",
        most, room - std::min(room, kPageTokens));
  }
  return {};
}

bool Engine::fits(const Sequence& sequence, const Live& live) const {
  // One page more each: the copy of a page that is shared in part.
  std::size_t pages = sequence.most_pages() + 1;
  for (const std::unique_ptr<Sequence>& other : live) pages += other->most_pages() + 1;
  return pages <= pool_.free() + pool_.used();
}

void Engine::admit(Live& live, std::unique_ptr<Sequence>& waiting, std::size_t& taken,
                   const Source& next, const Done& done) {
  while (live.size() < limits_.live) {
    if (waiting == nullptr) {
      std::optional<Task> task = next();
      if (!task) return;
      const std::size_t number = taken++;
      if (std::string problem = this->problem(*task); !problem.empty()) {
        TaskResult result;
        result.error = std::move(problem);
        done(number, std::move(result));
        continue;
      }
      waiting = std::make_unique<Sequence>(std::move(*task), number);
    }
    if (!fits(*waiting, live) || waits_for_others(*waiting, live)) return;
    waiting->begin(pool_, tree_);
    live.push_back(std::exchange(waiting, nullptr));
  }
}

void Engine::run(std::span<const Task> tasks, const Done& done) {
  std::size_t taken = 0;
  run(
      [&]() -> std::optional<Task> {
        if (taken == tasks.size()) return std::nullopt;
        return tasks[taken++];
      },
      done);
}

void Engine::run(const Source& next, const Done& done) {
  Live live;
  std::unique_ptr<Sequence> waiting;  // for room, or for what another one computes
  Step step(model_, limits_.chunk);
  for (std::size_t taken = 0;;) {
    admit(live, waiting, taken, next, done);
    if (live.empty()) return;
    step.run(live, pool_, tree_);
    for (std::unique_ptr<Sequence>& sequence : live) {
      if (!sequence->finished()) continue;
      sequence->remember(tree_);
      const std::size_t number = sequence->number();
      TaskResult result = sequence->take_result();
      sequence.reset();  // its pages may be needed by what `done` does next
      done(number, std::move(result));
    }
    std::erase(live, nullptr);
  }
}

}  // namespace vernier::engine
