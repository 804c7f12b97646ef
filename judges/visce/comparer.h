// Which of two captions of an image is better? Asked in both orders, as the place alone sways many
// judges (Zheng et al., arXiv 2306.05685).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "judges/prompts/prompt_set.h"
#include "judges/visce/context/context_maker.h"

namespace vernier::visce {

struct ComparisonCase {
  std::string a, b;  ///< captions
  Seen seen;
};

struct Comparison {
  chat::ChatFailure failure = chat::ChatFailure::kNone;
  std::string error;
  /// Probability that a is better, where a is shown first and where it is shown second: of the two
  /// answers, with the mass that both have made 1.
  double a_first = 0, a_second = 0;
  double mass = 0;  ///< of both answers, the smaller of both orders

  /// Below this mass the model did not answer the question.
  bool parsed() const { return mass >= 0.5; }
  double a_better() const { return (a_first + a_second) / 2; }
  /// Whether both orders have the same winner. A tie is consistent with itself only.
  bool consistent() const {
    return (a_first > 0.5) == (a_second > 0.5) && (a_first < 0.5) == (a_second < 0.5);
  }
};

class Comparer {
 public:
  /// Both must outlive it. Throws Error(kUsage) where the prompts have no words for it.
  Comparer(chat::ChatModel& model, const prompts::PromptSet& prompts);

  /// "visce|mode:pairwise|orders:2|prompts:...|v:1|MODEL"
  std::string signature() const;

  /// In the order of the cases.
  std::vector<Comparison> compare(std::span<const ComparisonCase> cases);

 private:
  chat::ChatModel& model_;
  const prompts::PromptSet& prompts_;
};

}  // namespace vernier::visce
