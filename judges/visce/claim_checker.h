// What a caption claims, one thing at a time, asked of a model that sees the picture (the third
// step of FaithScore, arXiv 2311.01477).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "judges/prompts/prompt_set.h"
#include "judges/visce/context/context_maker.h"

namespace vernier::visce {

enum class ClaimKind : std::uint8_t {
  kObject,     ///< there is `object`
  kAttribute,  ///< the `object` is `attribute`
  kRelation,   ///< the `subject` stands `relation` to the `object`
};
/// object, attribute, relation.
std::string_view claim_kind_name(ClaimKind kind);

struct Claim {
  ClaimKind kind = ClaimKind::kObject;
  /// Phrases without article, one blank between words: "small cyan circle"; of kObject with it: "a
  /// small cyan circle", "two red chairs", "grass".
  std::string object;
  std::string attribute;          ///< kAttribute: "red", "sitting", "on the left"
  std::string subject, relation;  ///< kRelation: "to the left of", "riding"

  /// In words: "the orange circle above the cyan circle", "the sign: red".
  std::string text() const;
  bool operator==(const Claim&) const = default;
};

enum class ClaimVerdict : std::uint8_t {
  kSupported,    ///< yes is likelier than no
  kUnsupported,  ///< it is not
  kUnparsed,     ///< the model said neither: in no score, counted
};
/// supported, unsupported, unparsed.
std::string_view claim_verdict_name(ClaimVerdict verdict);

struct CheckedClaim {
  ClaimVerdict verdict = ClaimVerdict::kUnparsed;
  /// P(yes) / (P(yes) + P(no)) as the answer's beginning; NaN where both together hold less than
  /// half of the probability.
  double p_yes = std::numeric_limits<double>::quiet_NaN();
  double mass = 0;   ///< of both together
  std::string said;  ///< what was read instead, where the mass was not enough

  chat::ChatFailure failure = chat::ChatFailure::kNone;
  std::string error;
};

struct ClaimCase {
  Claim claim;
  Seen seen;
};

class ClaimChecker {
 public:
  /// Both must outlive it. Throws Error(kUsage) where the prompts have no words for one of the
  /// kinds.
  /// `claims` says how captions were cut into them, for the signature: "claims:1|...".
  ClaimChecker(chat::ChatModel& model, const prompts::PromptSet& prompts, std::string claims);

  /// "checklist|claims:1|...|prompts:...|v:1|MODEL"
  std::string signature() const;

  /// The question that a claim becomes.
  std::string question(const Claim& claim) const;

  /// In the order of the cases. A question about a picture is asked once in a call. The answer is
  /// read off the probabilities of yes and no; where these are not told, or hold less than half,
  /// off at most eight tokens that the model writes (judges/probes/answers/yes_no/strict.h).
  std::vector<CheckedClaim> check(std::span<const ClaimCase> cases);

  /// What was told of a picture, by its digest, before; may be empty.
  std::function<std::optional<CheckedClaim>(std::uint64_t picture, const std::string& question)>
      known;
  /// Called with what is told, as it is, in any order; may be empty, may throw.
  std::function<void(std::uint64_t picture, const std::string& question, const CheckedClaim&)>
      on_new;

 private:
  chat::ChatModel& model_;
  const prompts::PromptSet& prompts_;
  std::string claims_;
};

}  // namespace vernier::visce
