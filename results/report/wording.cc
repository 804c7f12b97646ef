#include "results/report/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "results/report/html/text.h"

namespace vernier::report {
namespace {

/// "Worse: BLEU-4, METEOR." of the scores but the main one that went that way.
std::string list_of(const Pair& pair, std::string_view way, std::string_view title) {
  std::vector<std::string> names;
  for (std::size_t s = 0; s < pair.comparison.scores.size(); ++s) {
    const ScoreDifference& d = pair.comparison.scores[s];
    if (s == pair.main || direction(d, pair.comparison.alpha) != way) continue;
    names.push_back(score_title(d.score.name));
  }
  return names.empty() ? "" : fmt::format("{}: {}. ", title, fmt::join(names, ", "));
}

}  // namespace

std::string score_title(std::string_view name) {
  static const std::map<std::string_view, std::string_view> kTitles = {
      {"cider", "CIDEr"},
      {"cider-plain", "CIDEr (unclipped)"},
      {"meteor", "METEOR"},
      {"rouge-l", "ROUGE-L"},
      {"spice", "SPICE"},
      {"sacrebleu", "sacreBLEU"},
      {"chrf", "chrF"},
      {"chrf++", "chrF++"},
      {"ter", "TER"},
      {"bleu-1", "BLEU-1"},
      {"bleu-2", "BLEU-2"},
      {"bleu-3", "BLEU-3"},
      {"bleu-4", "BLEU-4"},
      {"rouge-1", "ROUGE-1"},
      {"rouge-2", "ROUGE-2"},
      {"rouge-3", "ROUGE-3"},
      {"rouge-lsum", "ROUGE-Lsum"}};
  const auto found = kTitles.find(name);
  return std::string(found == kTitles.end() ? name : found->second);
}

std::string run_letter(std::size_t run) {
  return run < 26 ? std::string(1, static_cast<char>('A' + run)) : fmt::format("R{}", run + 1);
}

std::string subject(const Findings& findings) {
  if (findings.runs.empty()) return "No runs could be read";
  std::string first(file_name(findings.runs[0].name()));
  if (findings.runs.size() == 1) return first;
  if (findings.runs.size() == 2) {
    return fmt::format("{} against {}", file_name(findings.runs[1].name()), first);
  }
  return fmt::format("{} against {}", counted(findings.runs.size() - 1, "run"), first);
}

std::string headline(const Pair& pair) {
  const ScoreDifference& d = pair.comparison.scores[pair.main];
  const std::string name = score_title(d.score.name);
  const int decimals = decimals_for(std::max(std::abs(d.score.a), std::abs(d.score.b)));
  const std::string interval = signed_interval_text(d.interval.low, d.interval.high, decimals);
  const std::string images = counted(pair.comparison.clusters, "image");
  const std::string_view way = direction(d, pair.comparison.alpha);
  if (way == "identical") return fmt::format("Every sample has the same {} in both runs.", name);
  if (way == "undefined") {
    return fmt::format("{} cannot be compared: it is undefined, or there is one image only.", name);
  }
  const std::string smallest =
      fmt::format("The smallest change that {} show in {:g}\u00a0% of cases is {}.", images,
                  100 * pair.comparison.power, number_text(d.detectable, decimals));
  if (way.empty()) {
    return fmt::format("No difference in {} is shown: {} {}, which chance may well be. {}", name,
                       signed_text(d.difference, decimals), interval, smallest);
  }
  return fmt::format("{} {} by {} {}: {} is {}. {}", name, d.difference < 0 ? "fell" : "rose",
                     number_text(std::abs(d.difference), decimals), interval,
                     file_name(pair.runs->b().name()), way, smallest);
}

std::string headline(const Findings& findings) {
  const CommonScore& main = findings.scores[findings.main];
  const ScoreEstimate& estimate = findings.whole[0].scores[main.position[0]];
  const int decimals = decimals_for(estimate.value);
  if (std::isnan(estimate.value)) {
    return fmt::format("{} is undefined for this run.", score_title(main.name));
  }
  return fmt::format("{} is {} {} over {}.", score_title(main.name),
                     number_text(estimate.value, decimals),
                     interval_text(estimate.interval.low, estimate.interval.high, decimals),
                     counted(findings.whole[0].clusters, "image"));
}

std::string other_scores(const Pair& pair) {
  return list_of(pair, "worse", "Worse") + list_of(pair, "better", "Better") +
         list_of(pair, "", "No difference shown") + list_of(pair, "identical", "Identical") +
         list_of(pair, "undefined", "Undefined");
}

std::string sizes(const Findings& findings, std::size_t run) {
  const RunEstimates& whole = findings.whole[run];
  std::string out =
      fmt::format("{}, {}", counted(whole.samples, "sample"), counted(whole.clusters, "image"));
  for (const auto& [name, count] : findings.runs[run].counts()) {
    if (name == "scored" || count == 0) continue;
    std::string words = name;
    std::ranges::replace(words, '_', ' ');
    out += fmt::format(", {} {}", count_text(count), words);
  }
  return out;
}

}  // namespace vernier::report
