// Asking a model many things: in portions, with progress, failures counted against a budget.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "judges/chat/chat_model.h"
#include "runners/commands/commands.h"

namespace vernier {

/// One thing that got no answer.
struct Unanswered {
  std::string key, reason;
};

struct Asking {
  std::size_t count = 0;
  std::string label;  ///< of the progress line
  /// Names thing i, for messages.
  std::function<std::string(std::size_t)> key;
  /// May throw Error(kBadInput): thing i gets no answer then.
  std::function<chat::ChatRequest(std::size_t)> request;
  /// Answers that are no failures.
  std::function<void(std::size_t, chat::ChatAnswer)> done;
  /// Thing i gets no answer. May be empty.
  std::function<void(std::size_t)> failed = {};
};

/// Asks for everything and returns what failed, in order. Throws what the model throws, what
/// `done` throws, and Error(kInterrupted).
std::vector<Unanswered> ask(chat::ChatModel& model, const Asking& asking,
                            const GlobalOptions& global);

/// Throws Error(kIncomplete) when more than `share` of `all` failed; says on stderr what failed
/// otherwise. `kept`: where what was answered is kept, "" for nowhere.
void check_failures(const std::vector<Unanswered>& failed, std::size_t all, double share,
                    const std::string& kept, const GlobalOptions& global);

}  // namespace vernier
