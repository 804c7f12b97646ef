// A model whose conversations are kept.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "judges/chat/chat_model.h"

namespace vernier {

/// Answers as `model` does, and keeps every request with its answer as the forced one.
class ConversationRecorder final : public chat::ChatModel {
 public:
  explicit ConversationRecorder(chat::ChatModel& model) : model_(model) {}

  std::string signature() const override { return model_.signature(); }
  bool scores_texts() const override { return model_.scores_texts(); }
  bool continues_answers() const override { return model_.continues_answers(); }
  bool tells_all_choices() const override { return model_.tells_all_choices(); }
  std::string prompt_set() const override { return model_.prompt_set(); }
  void run(std::span<const chat::ChatRequest> requests,
           const std::function<void(std::size_t, chat::ChatAnswer)>& done) override;

  /// In the order of the requests, those that failed left out.
  std::vector<chat::ChatRequest> take() { return std::move(kept_); }

 private:
  chat::ChatModel& model_;
  std::vector<chat::ChatRequest> kept_;
};

}  // namespace vernier
