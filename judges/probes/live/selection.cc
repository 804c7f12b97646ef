#include "judges/probes/live/selection.h"

#include <algorithm>

#include "base/hash.h"
#include "metrics/text/text_set.h"

namespace vernier::probes {
namespace {

/// The groups of the questions that `of_kind` lists: the lists of their places.
std::vector<std::vector<std::size_t>> groups_of(std::span<const LiveQuestion> questions,
                                                const std::vector<std::size_t>& of_kind) {
  std::vector<std::vector<std::size_t>> groups;
  text::TextMap<std::size_t> known;
  for (const std::size_t i : of_kind) {
    const auto [found, fresh] = known.try_emplace(questions[i].group, groups.size());
    if (fresh) groups.emplace_back();
    groups[found->second].push_back(i);
  }
  return groups;
}

}  // namespace

std::vector<std::size_t> choose_evenly(std::size_t all, std::size_t most, std::uint64_t seed) {
  const std::size_t count = std::min(all, most);
  std::vector<std::size_t> out;
  if (count == 0) return out;
  // In units of 1 / count, so that the arithmetic is exact.
  const std::size_t begin = hash_more(seed, all) % all;
  for (std::size_t j = 0; j < count; ++j) out.push_back((j * all + begin) / count);
  return out;
}

std::vector<LiveQuestion> choose_questions(std::span<const LiveQuestion> questions,
                                           const std::string& kind, std::size_t most,
                                           std::uint64_t seed) {
  std::vector<std::size_t> of_kind;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    if (questions[i].kind == kind) of_kind.push_back(i);
  }
  std::vector<LiveQuestion> out;
  if (of_kind.empty()) return out;
  if (questions[of_kind.front()].group.empty()) {
    for (const std::size_t j : choose_evenly(of_kind.size(), most, seed)) {
      out.push_back(questions[of_kind[j]]);
    }
    return out;
  }
  const std::vector<std::vector<std::size_t>> groups = groups_of(questions, of_kind);
  std::size_t largest = 1;
  for (const auto& group : groups) largest = std::max(largest, group.size());
  for (const std::size_t j :
       choose_evenly(groups.size(), std::max<std::size_t>(1, most / largest), seed)) {
    for (const std::size_t i : groups[j]) out.push_back(questions[i]);
  }
  return out;
}

}  // namespace vernier::probes
