#include "runners/precision/checkpoints/output/summaries.h"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <numeric>

#include "results/statistics/tests.h"

namespace vernier {
namespace {

std::string kind_of(const Run::Sample& sample) {
  const auto meta = nlohmann::json::parse(sample.meta, nullptr, false);
  return meta.is_object() ? meta.value("kind", "") : "";
}

double median(std::vector<double> values) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::ranges::sort(values);
  const std::size_t n = values.size();
  return (values[(n - 1) / 2] + values[n / 2]) / 2;
}

}  // namespace

std::vector<KindFlips> kind_flips(const LevelRuns& answers) {
  std::vector<KindFlips> out;
  KindFlips all;
  all.kind = "all";
  const auto score = [&](const char* name) -> const PairedRuns::Score& {
    return *std::ranges::find(answers.runs.scores(), name, &PairedRuns::Score::name);
  };
  const PairedRuns::Score &right = score("right"), &changed = score("answers-changed");
  for (std::size_t n = 0; n < answers.runs.samples(); ++n) {
    const std::string kind = kind_of(answers.a.samples()[n]);
    auto own = std::ranges::find(out, kind, &KindFlips::kind);
    if (own == out.end()) {
      out.push_back({kind});
      own = out.end() - 1;
    }
    const auto [a, b] = answers.runs.sentence_scores(n, right);
    const bool moved = answers.runs.sentence_scores(n, changed).second > 0;
    for (KindFlips* flips : {&*own, &all}) {
      ++flips->questions;
      flips->right_a += a > 0;
      flips->right_b += b > 0;
      flips->broken += a > 0 && b <= 0;
      flips->repaired += a <= 0 && b > 0;
      flips->changed += moved;
    }
  }
  if (out.size() > 1) out.push_back(all);
  for (KindFlips& flips : out) flips.p = mcnemar_p(flips.broken, flips.repaired);
  return out;
}

CaptionAgreement caption_agreement(const CaptionLevel& level) {
  CaptionAgreement out;
  std::vector<double> common, gaps;
  for (const CaptionLevel::Picture& picture : level.pictures) {
    ++out.pictures;
    if (!picture.pair.error.empty()) {
      ++out.failed;
    } else if (picture.pair.equal) {
      ++out.equal;
    } else {
      common.push_back(static_cast<double>(picture.pair.common));
      gaps.push_back(picture.pair.gap_a);
      out.near_ties += picture.pair.gap_a < CaptionAgreement::kNearTie;
    }
  }
  out.median_common = median(common);
  out.mean_common = common.empty() ? std::numeric_limits<double>::quiet_NaN()
                                   : std::accumulate(common.begin(), common.end(), 0.0) /
                                         static_cast<double>(common.size());
  out.median_gap = median(gaps);
  return out;
}

double layer_bits(const CheckpointFacts& facts) {
  return 8 * static_cast<double>(facts.layer_bytes) / static_cast<double>(facts.layer_weights);
}

const ScoreDifference* find_score(const LevelRuns* runs, std::string_view name) {
  if (runs == nullptr) return nullptr;
  for (const ScoreDifference& d : runs->compared.comparison.scores) {
    if (d.score.name == name) return &d;
  }
  return nullptr;
}

}  // namespace vernier
