// What a judge has answered, kept until its run is written, or for later work.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runners/judge/judge_options.h"
#include "runners/model/answer_journal.h"
#include "runners/model/asking.h"

namespace vernier {

/// Answers lie in OUTPUT.answers.part until finish(), or, with a cache, in a file of this judge in
/// that folder, for good. Without either nothing is kept. Serial.
class JudgeJournal {
 public:
  /// `work`: all that answers depend on beside what keys say: model, prompts, options. Throws as
  /// AnswerJournal does, and Error(kOutput) where the cache's folder cannot be made. `global` must
  /// outlive it.
  JudgeJournal(const JudgeOptions& options, const std::string& work, const GlobalOptions& global);

  bool keeps() const { return journal_ != nullptr; }
  std::size_t size() const { return journal_ ? journal_->size() : 0; }
  /// The answer under this key, null where there is none yet.
  const std::string* find(const std::string& key) const;
  void visit(
      std::string_view beginning,
      const std::function<void(std::string_view rest, const std::string& answer)>& seen) const;
  /// `json`: one line.
  void add(const std::string& key, std::string json);

  /// The work is done. Throws Error(kIncomplete), naming the file with what was answered, where too
  /// many of the `captions` failed; else OUTPUT.answers.part goes.
  void finish(const std::vector<Unanswered>& failed, std::size_t captions);

 private:
  double most_failures_;
  const GlobalOptions& global_;
  std::string part_;  ///< for messages
  bool cache_;
  std::unique_ptr<AnswerJournal> journal_;
};

/// A key by content: a picture's digest (0: there is none) and digests of texts.
std::string content_key(std::uint64_t picture, std::initializer_list<std::uint64_t> texts);

}  // namespace vernier
