#include "judges/probes/relation/noun_match.h"

#include <algorithm>

namespace vernier::probes {
namespace {

using text::Sense;
using text::WordClass;

constexpr std::size_t kSenses = 3;

}  // namespace

std::vector<std::string> NounMatch::forms(std::string_view name) const {
  std::string joined(name);
  std::ranges::replace(joined, ' ', '_');
  std::vector<std::string> out = word_net_.forms(joined, WordClass::kNoun);
  const std::size_t blank = name.rfind(' ');
  if (!out.empty() || blank == std::string_view::npos) {
    if (out.empty()) out.push_back(std::move(joined));
    return out;
  }
  return forms(name.substr(blank + 1));
}

bool NounMatch::compare(std::string_view a, std::string_view b) const {
  const std::vector<std::string> first = forms(a), second = forms(b);
  for (const std::string& x : first) {
    for (const std::string& y : second) {
      if (x == y) return true;
      const auto of_x = senses_.senses(x, WordClass::kNoun);
      const auto of_y = senses_.senses(y, WordClass::kNoun);
      for (const Sense s : of_x.first(std::min(kSenses, of_x.size()))) {
        for (const Sense t : of_y.first(std::min(kSenses, of_y.size()))) {
          if (senses_.is_a(s, t) || senses_.is_a(t, s)) return true;
        }
      }
    }
  }
  return false;
}

bool NounMatch::same(std::string_view a, std::string_view b) {
  if (a == b) return true;
  key_.assign(a);
  key_ += '\t';
  key_ += b;
  if (const auto found = known_.find(key_); found != known_.end()) return found->second;
  if (known_.size() >= kMostKnown) known_.clear();
  const bool same = compare(a, b);
  known_.emplace(key_, same);
  return same;
}

}  // namespace vernier::probes
