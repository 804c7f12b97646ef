#include "judges/visce/rating/number_trie.h"

#include <algorithm>
#include <utility>

namespace vernier::visce {

NumberTrie::NumberTrie(Scale scale, double prune)
    : chances_(scale), prune_(prune), open_{{"", 1.0}} {}

std::vector<std::string> NumberTrie::asks() const {
  std::vector<std::string> out;
  out.reserve(open_.size());
  for (const Node& node : open_) out.push_back(node.digits);
  return out;
}

// Whether a number of the scale is written so, or begins so.
bool NumberTrie::leads_anywhere(const std::string& digits) const {
  if (digits.size() > 1 && digits[0] == '0') return false;
  const std::string high = std::to_string(chances_.scale.high);
  int least = std::stoi(digits), most = least;
  for (std::size_t length = digits.size(); length <= high.size(); ++length) {
    if (most >= chances_.scale.low && least <= chances_.scale.high) return true;
    if (least == 0) return false;
    least *= 10;
    most = most * 10 + 9;
  }
  return false;
}

void NumberTrie::end(const Node& node, double p) {
  const int n = std::stoi(node.digits);
  if (n < chances_.scale.low || n > chances_.scale.high) return;
  chances_.p[static_cast<std::size_t>(n - chances_.scale.low)] += p;
}

void NumberTrie::tell(const std::vector<NextChances>& next) {
  std::vector<Node> deeper;
  for (std::size_t i = 0; i < open_.size(); ++i) {
    const Node& node = open_[i];
    const NextChances& chances = next[i];
    if (!node.digits.empty()) end(node, node.p * chances.end);
    const bool whole = node.digits.empty() && !chances.whole.empty();
    if (whole) {
      for (std::size_t n = 0; n < chances.whole.size(); ++n) {
        if (chances.whole[n] > 0) end({std::to_string(n), 0}, chances.whole[n]);
      }
    }
    for (std::size_t d = 0; d < chances.digits.size(); ++d) {
      Node child{node.digits + static_cast<char>('0' + d), node.p * chances.digits[d]};
      if (child.p <= 0 || !leads_anywhere(child.digits)) continue;
      if (whole) {
        end(child, child.p);  // a number is one token, this one too
      } else if (child.p < prune_) {
        chances_.pruned += child.p;
      } else {
        deeper.push_back(std::move(child));
      }
    }
  }
  open_ = std::move(deeper);
}

}  // namespace vernier::visce
