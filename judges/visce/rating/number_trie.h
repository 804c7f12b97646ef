// The distribution of a number that is written digit by digit, without sampling: P(85) = P(8)
// P(5 | 8) P(end | 85). The likely beginnings are walked, level by level.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "judges/visce/rating/number_chances.h"

namespace vernier::visce {

/// What may follow a beginning: probabilities; 0 for what the model does not tell.
struct NextChances {
  std::array<double, 10> digits{};
  double end = 0;  ///< of ending here: the end of the answer, a line break, a blank, "." or "/"
  /// Of numbers of two and more digits as one token, by number; empty where the model has none.
  std::vector<double> whole;
};

class NumberTrie {
 public:
  /// Beginnings less likely than `prune` are not followed.
  NumberTrie(Scale scale, double prune);

  /// Beginnings whose continuations are to be told now, the empty one first; none: it is done.
  std::vector<std::string> asks() const;
  /// To all of asks(), in their order.
  void tell(const std::vector<NextChances>& next);

  const NumberChances& chances() const { return chances_; }

 private:
  struct Node {
    std::string digits;
    double p;
  };
  bool leads_anywhere(const std::string& digits) const;
  void end(const Node& node, double p);

  NumberChances chances_;
  double prune_;
  std::vector<Node> open_;
};

}  // namespace vernier::visce
