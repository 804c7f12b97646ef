// NLTK's averaged perceptron tagger (after Matthew Honnibal's; Collins 2002).
#pragma once

#include "metrics/text/tags/perceptron_model.h"
#include "metrics/text/tags/tagger.h"

namespace vernier::text {

/// Left to right, greedy: a word in the dictionary has its tag, any other the tag with the largest
/// sum of weights, of equal ones the alphabetically last. Sums are made in NLTK's order of
/// features, so they round alike.
class PerceptronTagger final : public Tagger {
 public:
  /// The model must outlive it.
  explicit PerceptronTagger(const PerceptronModel& model) : model_(model) {}

  std::string_view name() const override { return "nltk-perceptron"; }
  void tag(const TokenList& tokens, std::vector<std::string_view>& tags) const override;

 private:
  const PerceptronModel& model_;
};

}  // namespace vernier::text
