// A model that answers as a test says.
#pragma once

#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "judges/chat/chat_model.h"

namespace vernier::tests {

class ScriptedModel : public chat::ChatModel {
 public:
  using Answer = std::function<chat::ChatAnswer(const chat::ChatRequest&)>;
  explicit ScriptedModel(Answer answer) : answer_(std::move(answer)) {}

  std::string signature() const override { return "model:scripted"; }
  bool scores_texts() const override { return false; }
  bool continues_answers() const override { return continues; }
  void run(std::span<const chat::ChatRequest> requests,
           const std::function<void(std::size_t, chat::ChatAnswer)>& done) override {
    for (std::size_t i = 0; i < requests.size(); ++i) {
      asked.push_back(requests[i]);
      done(i, answer_(requests[i]));
    }
  }

  bool continues = true;
  std::vector<chat::ChatRequest> asked;

 private:
  Answer answer_;
};

inline chat::ChatAnswer says(std::string text, bool finished = true) {
  chat::ChatAnswer answer;
  answer.text = std::move(text);
  answer.finished = finished;
  return answer;
}

inline chat::ChatAnswer fails(chat::ChatFailure failure, std::string error) {
  chat::ChatAnswer answer;
  answer.failure = failure;
  answer.error = std::move(error);
  return answer;
}

/// What is said to a request for choices by a model that would answer exactly `number`, behind
/// `start`: log-probability 0 for what comes next, none for all else.
inline chat::ChatAnswer writes(const chat::ChatRequest& request, const std::string& start,
                               const std::string& number) {
  chat::ChatAnswer answer = says(number);
  const std::string so_far = request.answer_start.substr(start.size());
  constexpr double kNever = -std::numeric_limits<double>::infinity();
  const bool on_the_way = number.starts_with(so_far);
  const std::string next = on_the_way ? number.substr(so_far.size(), 1) : "";
  for (const std::string& choice : request.choices) {
    answer.choices.push_back(on_the_way && choice == next ? 0.0
                             : choice.size() > 1          ? std::nan("")
                                                          : kNever);
  }
  answer.end_choice = on_the_way && next.empty() ? 0.0 : kNever;
  return answer;
}

inline const std::string& last_text(const chat::ChatRequest& request) {
  return request.messages.back().content.back().text;
}

}  // namespace vernier::tests
