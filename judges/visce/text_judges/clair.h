// CLAIR (Chan et al., arXiv 2310.12971): how likely captions are about the same image as captions
// that people wrote, by a language model that sees no image.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "judges/chat/chat_model.h"
#include "judges/prompts/prompt_set.h"

namespace vernier::visce {

/// Of one image; none is empty.
struct ClairCase {
  std::vector<std::string> candidates, references;
};

struct ClairReading {
  double score = 0;  ///< 0 to 100, as it was asked for
  std::string reason;
  bool from_text = false;  ///< not out of the JSON that was asked for
};

/// As published: the first {...} of the text, where it is JSON with a "score" from 0 to 100; else
/// the first number of the text that is no part of a word (one below 1 with a decimal point counts
/// 100-fold) and what follows "reason". Nothing where that number is not from 0 to 100, or there is
/// none: never a default. Any bytes.
std::optional<ClairReading> read_clair(std::string_view text);

struct ClairVerdict {
  chat::ChatFailure failure = chat::ChatFailure::kNone;
  std::string error;

  std::optional<double> score;  ///< 0 to 1; nothing where the model gave none
  std::string reason;
  std::string said;  ///< what could not be read; empty where there is a score
  bool from_text = false, asked_again = false;
};

class ClairJudge {
 public:
  /// Both must outlive it. Throws Error(kUsage) where the prompts have no words for it.
  ClairJudge(chat::ChatModel& model, const prompts::PromptSet& prompts);

  /// "clair|prompts:...|v:1|MODEL"
  std::string signature() const;

  /// Called with each case's number and verdict as soon as that is final, in any order. May throw.
  using Done = std::function<void(std::size_t, const ClairVerdict&)>;

  /// What cannot be read is asked for once more, in the same words where the prompts have no
  /// others.
  void judge(std::span<const ClairCase> cases, const Done& done);

 private:
  chat::ChatModel& model_;
  const prompts::PromptSet& prompts_;
};

}  // namespace vernier::visce
