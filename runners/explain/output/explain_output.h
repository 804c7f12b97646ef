// Explained samples for people and for programs.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "runners/explain/explained_sample.h"

namespace vernier {

/// How the sample came to be chosen.
struct Choice {
  std::string what;               ///< e.g. "the worst by cider"; empty: it was named
  std::vector<std::string> next;  ///< ids that follow it in that order
};

/// What the tables need.
constexpr std::size_t kLeastWidth = 72;

struct ExplainLayout {
  std::size_t width = 80;  ///< kLeastWidth or more
  std::size_t show = 10;   ///< n-grams in a list
};

std::string explain_table(const ExplainedSample& sample, const Choice& choice,
                          const ExplainLayout& layout);
/// docs/explain.md says what is in it. Everything, whatever the layout.
std::string explain_json(const ExplainedSample& sample);

}  // namespace vernier
