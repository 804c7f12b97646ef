#include "datasets/scenes/language/captions/candidates.h"

#include <cstdlib>

namespace vernier::scenes {
namespace {

class CandidateMaker {
 public:
  CandidateMaker(const World& world, const DrawnScene& scene, const DrawnScene& other,
                 SceneRandom& random)
      : world_(world), scene_(scene), other_(other), random_(random) {}

  CaptionPlan truth(std::size_t relations) { return true_plan(scene_, relations, random_); }
  CaptionPlan other_truth() { return true_plan(other_, random_.below(2), random_); }

  /// As many of `wanted` faults of any kind as the plan allows.
  CaptionPlan faulty(std::size_t relations, std::size_t wanted) {
    CaptionPlan plan = truth(relations);
    for (std::size_t n = 0; n < wanted; ++n) {
      corrupt(world_, scene_, static_cast<Fault>(random_.below(kFaults)), random_, plan);
    }
    return plan;
  }

  Candidate candidate(std::string_view kind, const CaptionPlan& plan) {
    const auto style = static_cast<CaptionStyle>(random_.below(kCaptionStyles));
    return {std::string(kind), caption_text(scene_, plan, style), graph_score(scene_, plan), plan};
  }

 private:
  const World& world_;
  const DrawnScene& scene_;
  const DrawnScene& other_;
  SceneRandom& random_;
};

}  // namespace

std::vector<Candidate> graded_captions(const World& world, const DrawnScene& scene,
                                       const DrawnScene& other, SceneRandom& random) {
  CandidateMaker maker(world, scene, other, random);
  std::vector<Candidate> out;
  const CaptionPlan truth = maker.truth(1);
  out.push_back(maker.candidate("correct", truth));
  for (std::size_t f = 0; f < kFaults; ++f) {
    CaptionPlan plan = truth;
    const auto fault = static_cast<Fault>(f);
    if (corrupt(world, scene, fault, random, plan)) {
      out.push_back(maker.candidate(fault_name(fault), plan));
    }
  }
  Candidate verbose = maker.candidate("verbose", truth);
  verbose.caption.add(filler(random));
  out.push_back(std::move(verbose));
  out.push_back({"empty", {}, graph_score(scene, {}), {}});
  out.push_back(
      maker.candidate("mixed", maker.faulty(1, random.between(std::size_t{2}, std::size_t{4}))));
  out.push_back(maker.candidate("other image", maker.other_truth()));
  return out;
}

Candidate rated_caption(const World& world, const DrawnScene& scene, const DrawnScene& other,
                        SceneRandom& random) {
  constexpr std::size_t kDrawn = 6;  // more come nearer to evenness and take longer
  CandidateMaker maker(world, scene, other, random);
  const int wanted = 5 * static_cast<int>(random.below(21));
  CaptionPlan best;
  int nearest = 1000;
  for (std::size_t n = 0; n < kDrawn && nearest > 0; ++n) {
    const std::size_t faults = wanted == 100 ? 0 : random.below(7);
    const CaptionPlan plan =
        random.chance(0.15) ? maker.other_truth() : maker.faulty(random.below(3), faults);
    const int distance = std::abs(graph_score(scene, plan).rating - wanted);
    if (distance >= nearest) continue;
    nearest = distance;
    best = plan;
  }
  Candidate candidate = maker.candidate("rated", best);
  if (random.chance(0.1)) {
    candidate.caption.add(filler(random));
  }
  return candidate;
}

}  // namespace vernier::scenes
