// CapScore of Wolf (Li et al., arXiv 2407.18908): similarity to a caption that a person wrote, and
// quality, by a language model that sees no image.
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
struct CapScoreCase {
  std::vector<std::string> candidates, references;
};

/// Each from 0 to 1, one a candidate.
struct CapScoreReading {
  std::vector<double> similarity, quality;
};

/// "s1,s2,...;q1,q2,...": one semicolon, `candidates` decimal numbers from 0 to 1 on either side,
/// blanks around them, and nothing else. Any bytes.
std::optional<CapScoreReading> read_capscore(std::string_view text, std::size_t candidates);

/// Of one candidate: means over the answers that could be read.
struct CapScoreVerdict {
  std::optional<double> similarity, quality;  ///< 0 to 1; both or neither
};

struct CapScoreVerdicts {
  chat::ChatFailure failure = chat::ChatFailure::kNone;
  std::string error;

  std::vector<CapScoreVerdict> candidates;  ///< in their order
  std::size_t asked = 0, unread = 0;        ///< answers, and those that could not be read
  std::string said;                         ///< the first of those
};

class CapScoreJudge {
 public:
  /// Candidates that are asked about together; more are asked about in parts of nearly equal size.
  static constexpr std::size_t kTogether = 8;

  /// Both must outlive it. Throws Error(kUsage) where the prompts have no words for it.
  CapScoreJudge(chat::ChatModel& model, const prompts::PromptSet& prompts);

  /// "capscore|together:8|orders:rotated|prompts:...|v:1|MODEL"
  std::string signature() const;

  /// Called with each case's number and verdicts as soon as these are final, in any order. May
  /// throw.
  using Done = std::function<void(std::size_t, CapScoreVerdicts)>;

  /// N candidates that are asked about together are shown in N orders, each of them once at each
  /// place, as the place alone sways many judges; so for each reference.
  void judge(std::span<const CapScoreCase> cases, const Done& done);

 private:
  chat::ChatModel& model_;
  const prompts::PromptSet& prompts_;
};

}  // namespace vernier::visce
