#include <fmt/format.h>

#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <string_view>

#include "runners/judge/audit/rows/rows.h"

namespace vernier {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

struct Fault {
  std::string_view kind;
  double least;
};
constexpr std::array<Fault, 5> kFaults = {{{"invented object", 95},
                                           {"missing object", 95},
                                           {"wrong attribute", 90},
                                           {"wrong relation", 80},
                                           {"swapped arguments", 80}}};

/// Whether each caption with this fault is below the correct one of its image: 100 or 0.
std::vector<ClusteredValue> correct_above(const GradedScores& graded,
                                          const std::vector<double>& scores,
                                          std::string_view kind) {
  std::map<std::uint32_t, double> correct;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (graded.captions[i].kind == "correct") correct[graded.captions[i].image] = scores[i];
  }
  std::vector<ClusteredValue> out;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const auto& one = graded.captions[i];
    if (one.kind != kind || one.caption->truth >= 100) continue;
    const double right = correct.at(one.image);
    const bool known = !std::isnan(right) && !std::isnan(scores[i]);
    out.push_back({one.image, !known ? kNone : right > scores[i] ? 100.0 : 0.0});
  }
  return out;
}

/// What the notes of the first stage are worth: the same captions rated at once.
void add_direct(AuditJudge& judge, const GradedScores& graded, AuditRow& row) {
  std::vector<AuditJudge::Asked> asked;
  for (const auto& one : graded.captions) asked.push_back({one.image, one.caption->text});
  visce::RaterOptions how = judge.how();
  how.mode = visce::RatingMode::kDirect;
  const Ratings direct = judge.rate(asked, how);
  if (!direct.usable()) return;
  std::vector<ClusteredValue> differences;
  for (const Fault& fault : kFaults) {
    const auto with = correct_above(graded, graded.ratings.scores, fault.kind);
    const auto without = correct_above(graded, direct.scores, fault.kind);
    for (std::size_t i = 0; i < with.size(); ++i) {
      differences.push_back({with[i].image, with[i].value - without[i].value});
    }
  }
  row.measures.push_back(
      named(mean_of(differences), "visce less direct: correct above any fault, %"));
  std::vector<ClusteredValue> nearer;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const double truth = graded.captions[i].caption->truth;
    nearer.push_back({asked[i].image, std::abs(graded.ratings.scores[i] - truth) -
                                          std::abs(direct.scores[i] - truth)});
  }
  row.measures.push_back(
      named(mean_of(nearer), "visce less direct: distance from the truth, points"));
  row.measures.push_back(named(tau_of(direct.scores, graded.truths(), graded.images()),
                               "tau-b with the truth, mode direct"));
}

}  // namespace

AuditRow fault_row(AuditJudge& judge, const GradedScores& graded) {
  AuditRow row{"faults", "Is a correct caption above the same one with a fault?", {}, {}};
  if (!graded.ratings.usable()) {
    row.reason = graded.ratings.complaint();
    return row;
  }
  for (const Fault& fault : kFaults) {
    const auto above = correct_above(graded, graded.ratings.scores, fault.kind);
    if (above.empty()) continue;
    row.measures.push_back(
        named(mean_of(above), fmt::format("{}: correct above it, %", fault.kind), fault.least));
  }
  row.measures.push_back(named(
      tau_of(graded.ratings.scores, graded.truths(), graded.images()),
      fmt::format("tau-b with the truth, mode {}", visce::rating_mode_name(judge.how().mode))));
  if (judge.how().mode == visce::RatingMode::kVisce) add_direct(judge, graded, row);
  return row;
}

}  // namespace vernier
