// Asking a model many questions, each once, whatever the order; answers lie in a journal.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "judges/chat/chat_model.h"
#include "runners/model/answer_journal.h"
#include "runners/model/asking.h"
#include "runners/probe/live/ask/live_pictures.h"

namespace vernier {

struct LiveTask {
  std::string key;  ///< names the answer in the journal and in messages
  std::vector<PictureChoice> pictures;
  std::string text;
  std::size_t most_new = 32;
  /// With a description before the question: its prompt, and what the model said. Empty: without.
  std::string prompt, description;
};

class LiveAsker {
 public:
  /// `journal` may be null. All must outlive it.
  LiveAsker(chat::ChatModel& model, LivePictures& pictures, AnswerJournal* journal,
            const GlobalOptions& global)
      : model_(model), pictures_(pictures), journal_(journal), global_(global) {}

  /// Asks what has no answer yet; tasks about the same pictures follow each other, so that what the
  /// model computed of them serves again. Tasks of one key are one.
  void ask(std::vector<LiveTask> tasks, const std::string& label);

  /// Asks one and returns why the model refuses it: too many pictures, a prompt that is too long.
  /// Empty: it answered, or failed for another reason and will be asked again.
  std::string refusal(const LiveTask& task);

  /// Null where there is no answer.
  const std::string* find(const std::string& key) const;

  const std::vector<Unanswered>& failed() const { return failed_; }
  std::size_t asked() const { return asked_; }  ///< keys, answered or not

 private:
  chat::ChatRequest request_of(const LiveTask& task);
  bool take_from_journal(const std::string& key);
  void keep(const std::string& key, std::string_view text);

  chat::ChatModel& model_;
  LivePictures& pictures_;
  AnswerJournal* journal_;
  const GlobalOptions& global_;
  std::map<std::string, std::string> answers_;
  std::vector<Unanswered> failed_;
  std::size_t asked_ = 0;
};

}  // namespace vernier
