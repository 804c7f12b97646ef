#include "runners/quantize/recorder.h"

#include <optional>
#include <utility>

namespace vernier {

void ConversationRecorder::run(std::span<const chat::ChatRequest> requests,
                               const std::function<void(std::size_t, chat::ChatAnswer)>& done) {
  std::vector<std::optional<std::string>> answers(requests.size());
  model_.run(requests, [&](std::size_t i, chat::ChatAnswer answer) {
    if (answer.failure == chat::ChatFailure::kNone) answers[i] = answer.text;
    done(i, std::move(answer));
  });
  for (std::size_t i = 0; i < requests.size(); ++i) {
    if (!answers[i]) continue;
    chat::ChatRequest& kept = kept_.emplace_back(requests[i]);
    kept.forced = std::move(answers[i]);
    kept.choices.clear();
    kept.choose_end = false;
  }
}

}  // namespace vernier
