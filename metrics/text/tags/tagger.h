// Part-of-speech tags of the Penn Treebank.
#pragma once

#include <string_view>
#include <vector>

#include "metrics/text/token_list.h"

namespace vernier::text {

/// Thread safe.
class Tagger {
 public:
  virtual ~Tagger() = default;

  /// The name that signatures carry.
  virtual std::string_view name() const = 0;
  /// Appends the tag of each token of one sequence. The views live as long as the tagger.
  virtual void tag(const TokenList& tokens, std::vector<std::string_view>& tags) const = 0;
};

}  // namespace vernier::text
