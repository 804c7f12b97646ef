#include "results/report/judge/reading/judge_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "results/report/html/text.h"

namespace vernier::report {
namespace {

using Words = std::map<std::string_view, std::string_view>;

std::string words_of(const Words& known, std::string_view name) {
  const auto found = known.find(name);
  return std::string(found == known.end() ? name : found->second);
}

// The main score of each mode.
constexpr std::array<std::string_view, 8> kMain = {
    "visce",     "visce-direct", "visce-reference",     "visce-reason-first",
    "checklist", "clair",        "capscore-similarity", "pairwise-wins"};
// Of models that see the picture, but give no verdict.
constexpr std::array<std::string_view, 4> kOthers = {"clipscore", "refclipscore", "log-likelihood",
                                                     "perplexity"};

}  // namespace

std::string status_words(std::string_view status) {
  static const Words kWords = {
      {"ok", "rated"},
      {"empty", "an empty caption: 0, nobody was asked"},
      {"truncated", "rated by its beginning, as it is longer than what is shown"},
      {"context_truncated", "rated with the objects of its context only, as all did not fit"},
      {"unparsed", "no number could be read"},
      {"failed", "no answer"}};
  return words_of(kWords, status);
}

std::string flag_words(std::string_view flag) {
  static const Words kWords = {
      {"context-cut", "what it sees was cut at its length limit"},
      {"loop", "what it sees repeats itself"},
      {"no-objects", "it lists no objects"},
      {"no-features", "it lists no features"},
      {"no-relationships", "it lists no relationships"},
      {"from-text", "score read from what it wrote: how sure it is, is not known"},
      {"asked-again", "asked again in other words"},
      {"no-claims", "the caption claims nothing that can be checked"},
      {"truncated", "judged by its beginning"},
      {"sentences-too-long", "sentences too long to be taken apart are left out"}};
  return words_of(kWords, flag);
}

std::string score_words(const JudgeNote& note) {
  if (!note.score) return {};
  const std::string score = number_text(*note.score, 1);
  if (!note.rating) return fmt::format("{} of 100", score);
  return fmt::format("{} ± {} of 100, likeliest number {}", score,
                     number_text(note.rating->spread, 1), number_text(note.rating->raw, 0));
}

std::string vote_words(Vote vote) {
  switch (vote) {
    case Vote::kWin:
      return "preferred to the other caption in both orders";
    case Vote::kLoss:
      return "the other caption is preferred in both orders";
    case Vote::kFirst:
      return "the order decides: the caption shown first is preferred";
    case Vote::kSecond:
      return "the order decides: the caption shown second is preferred";
  }
  return {};
}

std::optional<std::size_t> judge_score(std::span<const std::string_view> names) {
  for (const std::string_view name : kMain) {
    const auto found = std::ranges::find(names, name);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  }
  return std::nullopt;
}

bool is_of_judge(std::string_view metric) {
  if (std::ranges::find(kOthers, metric) != kOthers.end()) return true;
  return std::ranges::any_of(std::array{"visce", "checklist", "clair", "capscore", "pairwise"},
                             [&](std::string_view family) {
                               return metric == family ||
                                      metric.starts_with(std::string(family) + "-");
                             });
}

}  // namespace vernier::report
