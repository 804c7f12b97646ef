#include "runners/probe/live/scores/place_scores.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "results/statistics/tests.h"
#include "runners/probe/live/scores/kind_scores.h"

namespace vernier {
namespace {

using probes::LiveOutcome;

/// Trend and curvature have names; where neither is found, that places differ at all.
std::vector<std::pair<std::string, double>> biases_of(const PositionEffects& effects,
                                                      double alpha) {
  const std::vector<double> p = {effects.slope.p, effects.curvature.p, effects.any.p};
  const std::vector<double> corrected = holm(p);
  std::vector<std::pair<std::string, double>> out;
  if (corrected[0] < alpha) {
    out.emplace_back(effects.slope.value > 0 ? "recency" : "primacy", corrected[0]);
  }
  if (corrected[1] < alpha) {
    out.emplace_back(effects.curvature.value > 0 ? "U-shape" : "arch", corrected[1]);
  }
  if (out.empty() && corrected[2] < alpha) out.emplace_back("position effect", corrected[2]);
  return out;
}

template <class PlaceOf>
PlaceScores place_scores(std::span<const LiveOutcome> outcomes, const std::string& undefined,
                         const LiveStatistics& options, PlaceOf place_of) {
  PlaceScores out;
  out.undefined = undefined;
  std::map<double, std::uint32_t> numbers;
  for (const LiveOutcome& outcome : outcomes) numbers.try_emplace(place_of(outcome), 0);
  for (auto& [place, number] : numbers) {
    number = static_cast<std::uint32_t>(out.places.size());
    out.places.push_back(place);
  }
  if (out.undefined.empty() && out.places.size() < 2) {
    out.undefined = "all pictures stood at one place";
  }
  if (!out.undefined.empty()) return out;
  std::vector<std::string> images, groups;
  for (const LiveOutcome& outcome : outcomes) {
    images.push_back(outcome.question.group + "\n" + outcome.question.image_id);
    groups.push_back(outcome.question.group);
  }
  const std::vector<std::uint32_t> image_of = numbers_of(images), group_of = numbers_of(groups);
  std::vector<PositionValue> values;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (!outcomes[i].shown.given) continue;
    values.push_back({image_of[i], group_of[i], numbers.at(place_of(outcomes[i])),
                      outcomes[i].shown.read.right ? 100.0 : 0.0});
  }
  out.effects =
      position_effects(values, out.places.size(), {options.draws, options.seed, options.alpha});
  out.undefined = out.effects.undefined;
  if (out.undefined.empty()) out.biases = biases_of(out.effects, options.alpha);
  return out;
}

}  // namespace

PlaceScores position_scores(std::span<const LiveOutcome> outcomes, const std::string& undefined,
                            const LiveStatistics& options) {
  return place_scores(outcomes, undefined, options, [](const LiveOutcome& outcome) {
    return static_cast<double>(outcome.question.place + 1);
  });
}

PlaceScores depth_scores(std::span<const LiveOutcome> outcomes, const std::string& undefined,
                         const LiveStatistics& options) {
  return place_scores(outcomes, undefined, options,
                      [](const LiveOutcome& outcome) { return outcome.question.depth; });
}

std::vector<SideScores> side_scores(std::span<const LiveOutcome> outcomes,
                                    std::span<const std::uint64_t> sides,
                                    const LiveStatistics& options) {
  std::vector<std::string> images;
  for (const LiveOutcome& outcome : outcomes) images.push_back(outcome.question.image_id);
  const std::vector<std::uint32_t> clusters = numbers_of(images);
  std::vector<SideScores> out;
  for (std::size_t s = 0; s < sides.size(); ++s) {
    SideScores& scores = out.emplace_back();
    scores.side = sides[s];
    std::vector<RightTerm> terms;
    std::vector<PairedTerm> pairs;
    probes::Share commonest;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      if (s >= outcomes[i].sides.size() || !outcomes[i].sides[s].given) continue;
      const bool right = outcomes[i].sides[s].read.right;
      terms.push_back({right, outcomes[i].commonest, clusters[i]});
      commonest.add(outcomes[i].commonest);
      const probes::LiveAnswer& largest = outcomes[i].sides.back();
      if (largest.given) pairs.push_back({largest.read.right, right, clusters[i]});
    }
    scores.questions = terms.size();
    scores.commonest_share = commonest.ratio();
    scores.p_above_commonest = p_above_commonest(terms);
    scores.undefined = not_measured(terms, scores.p_above_commonest, options.alpha);
    if (!scores.undefined.empty()) continue;
    scores.right = right_share(terms, options);
    if (s + 1 < sides.size()) scores.change = paired_change(pairs, options);
  }
  return out;
}

}  // namespace vernier
