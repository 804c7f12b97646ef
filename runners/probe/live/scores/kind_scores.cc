#include "runners/probe/live/scores/kind_scores.h"

#include <algorithm>
#include <cmath>

namespace vernier {
namespace {

using probes::LiveAnswer;
using probes::LiveOutcome;

std::vector<std::uint32_t> clusters_of(std::span<const LiveOutcome> outcomes) {
  std::vector<std::string> names;
  for (const LiveOutcome& outcome : outcomes) names.push_back(outcome.question.cluster());
  return numbers_of(names);
}

PairedChange change_to(std::span<const LiveOutcome> outcomes, LiveAnswer LiveOutcome::*control,
                       const std::vector<std::uint32_t>& clusters, const LiveStatistics& options) {
  std::vector<PairedTerm> terms;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const LiveAnswer& other = outcomes[i].*control;
    if (!outcomes[i].shown.given || !other.given) continue;
    terms.push_back({outcomes[i].shown.read.right, other.read.right, clusters[i]});
  }
  return paired_change(terms, options);
}

/// Counts that need no picture to be looked at.
void count(std::span<const LiveOutcome> outcomes, KindScores& scores) {
  std::uint64_t commonest = 0, yes_no = 0, yes = 0, yes_labels = 0;
  for (const LiveOutcome& outcome : outcomes) {
    ++scores.asked;
    if (!outcome.shown.given) {
      ++scores.unanswered;
      continue;
    }
    const probes::ReadAnswer& read = outcome.shown.read;
    scores.unparsed += !read.parsed;
    commonest += outcome.commonest;
    if (outcome.commonest) scores.commonest = outcome.label;
    if (probes::asks_yes_or_no(outcome.question)) {
      ++yes_no;
      yes += read.answer == "yes";
      yes_labels += outcome.label == "yes";
    } else {
      scores.exact.add(outcome.shown.text == outcome.question.label);
    }
    if (outcome.question.negative == "hard") scores.wrong_hard.add(!read.right);
    if (outcome.question.negative == "easy") scores.wrong_easy.add(!read.right);
  }
  const std::uint64_t answered = scores.asked - scores.unanswered;
  scores.commonest_share = probes::Share{commonest, answered}.ratio();
  if (yes_no > 0 && yes_no == answered) {
    scores.yes_ratio = probes::Share{yes, yes_no}.ratio();
    scores.yes_labels = probes::Share{yes_labels, yes_no}.ratio();
  }
}

}  // namespace

std::string not_measured(std::span<const RightTerm> terms, double p_above_commonest, double alpha) {
  if (terms.empty()) return "no question was answered";
  if (std::isnan(p_above_commonest))
    return "all questions are about one image or group: not measured";
  return p_above_commonest < alpha ? "" : kAtChance;
}

std::vector<RightTerm> right_terms(std::span<const LiveOutcome> outcomes) {
  const std::vector<std::uint32_t> clusters = clusters_of(outcomes);
  std::vector<RightTerm> terms;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (!outcomes[i].shown.given) continue;
    terms.push_back({outcomes[i].shown.read.right, outcomes[i].commonest, clusters[i]});
  }
  return terms;
}

KindScores kind_scores(const std::string& kind, std::span<const LiveOutcome> outcomes,
                       const LiveStatistics& options) {
  KindScores scores;
  scores.kind = kind;
  count(outcomes, scores);
  const std::vector<RightTerm> terms = right_terms(outcomes);
  scores.p_above_commonest = p_above_commonest(terms);
  scores.undefined = not_measured(terms, scores.p_above_commonest, options.alpha);
  if (!scores.undefined.empty()) return scores;
  scores.right = right_share(terms, options);
  const std::vector<std::uint32_t> clusters = clusters_of(outcomes);
  scores.grey = change_to(outcomes, &LiveOutcome::grey, clusters, options);
  scores.other = change_to(outcomes, &LiveOutcome::other, clusters, options);
  return scores;
}

}  // namespace vernier
