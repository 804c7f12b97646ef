// The truth as a model: it sees a drawn picture by looking its scene up, and answers by that. It
// shows what a perfect model would get of a judge or a probe; with flaws on purpose, it shows that
// an audit finds them.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "judges/chat/chat_model.h"
#include "judges/chat/truth/scene_index.h"
#include "judges/chat/truth/truth_options.h"

namespace vernier::chat {

/// Pictures are known by the bytes of their files. Of others it sees nothing, as a blind model
/// would: it guesses, the same each time. Prompts: those of the scenes' prompt set, paraphrases of
/// ratings, and all questions that `vernier synth` writes (asked/truth_prompt.h); to others there
/// is no answer (kRequest).
///
/// Generation gives the likeliest answer as a whole. Tokens are digits, words and marks, one each.
class TruthModel final : public ChatModel {
 public:
  /// Throws what SceneIndex throws.
  explicit TruthModel(TruthOptions options);
  ~TruthModel() override;

  /// truth|scenes:DIGEST|flaws:none|noise:0|seed:1|v:1, with |spread:SD before |v where it is
  /// not 4.
  std::string signature() const override;
  bool scores_texts() const override { return false; }
  std::string prompt_set() const override { return "scenes"; }

  void run(std::span<const ChatRequest> requests,
           const std::function<void(std::size_t, ChatAnswer)>& done) override;

 private:
  ChatAnswer answer(const ChatRequest& request) const;

  TruthOptions options_;
  SceneIndex index_;
};

}  // namespace vernier::chat
