// The judge: rates captions by a vision-language model that sees the image (VisCE², arXiv
// 2402.17969, in two stages; or in one), as the expectation of the number that it would give, which
// tells captions apart that get the same number (FLEUR, arXiv 2406.06004).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "judges/visce/context/context_maker.h"
#include "judges/visce/verdict/verdict.h"

namespace vernier::visce {

enum class RatingMode : std::uint8_t {
  kVisce,        ///< the model writes down what it sees, then rates
  kDirect,       ///< it rates at once
  kReference,    ///< it is shown captions that people wrote
  kReasonFirst,  ///< it gives reasons, then a number between dollar signs (G-VEval)
};
std::string_view rating_mode_name(RatingMode mode);

enum class Layout : std::uint8_t {
  kCandidateLast,  ///< captions of an image share all that is before them
  kPaper,          ///< caption before context, as published; kVisce only
};

struct RaterOptions {
  RatingMode mode = RatingMode::kVisce;
  Layout layout = Layout::kCandidateLast;
  Scale scale{};
  bool rationale = false;  ///< one more answer, after the rating
  double prune = 0.005;    ///< beginnings of a number less likely than this are not followed
  std::size_t context_tokens = 512;
  std::size_t paraphrase = 0;  ///< kDirect: 1 to n: another wording of the set
};

struct RatingCase {
  std::string caption;
  std::vector<std::string> references;
  Seen seen;
  /// A context to be used instead of the model's own.
  std::shared_ptr<const VisualContext> context;
};

class Rater {
 public:
  /// Model and prompts must outlive it. Throws Error(kUsage) where the prompts have no words for
  /// the mode.
  Rater(chat::ChatModel& model, const prompts::PromptSet& prompts, const RaterOptions& options);

  /// "visce|MODE|layout:...|scale:0-100|prune:0.005|context:512|prompts:...|v:1|MODEL". Scores with
  /// different signatures are never compared.
  std::string signature() const;

  /// Verdicts, in the order of the cases; the same whatever else is rated with them.
  std::vector<Verdict> rate(std::span<const RatingCase> cases);

  /// Where contexts come from and go to.
  ContextMaker& contexts() { return contexts_; }

 private:
  /// A case that is still to be rated.
  struct Open {
    std::size_t number;
    const RatingCase* one;
    std::shared_ptr<const VisualContext> context;
    chat::ChatRequest request;
  };
  const prompts::Ask& words() const;
  chat::ChatRequest request(const RatingCase& one, const VisualContext* context,
                            const prompts::PromptTemplate& words) const;
  void make_contexts(std::span<const RatingCase> cases, std::vector<Open>& open,
                     std::vector<Verdict>& out);
  void ask(std::vector<Open>& open, std::vector<Verdict>& out);
  void ask_texts(std::vector<Open>& open, std::vector<Verdict>& out, bool again);
  void ask_reasons(const std::vector<Open>& open, std::vector<Verdict>& out);
  void shorten(std::vector<Open>& open, std::vector<Verdict>& out);

  chat::ChatModel& model_;
  const prompts::PromptSet& prompts_;
  RaterOptions options_;
  ContextMaker contexts_;
};

}  // namespace vernier::visce
