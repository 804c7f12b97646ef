#include "runners/judge/audit/audit_study.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/hash.h"
#include "runners/judge/audit/rows/rows.h"
#include "runners/judge/ratings/rating_study.h"

namespace vernier {
namespace {

/// Audits of the same captions have the same, whatever the judge said of them.
std::string data_of(const GradedScores& graded) {
  std::uint64_t digest = 0;
  for (const GradedScores::Caption& one : graded.captions) {
    digest = hash_more(digest, hash_bytes(fmt::format("{} {} ", one.image, one.kind)));
    digest = hash_more(digest, hash_bytes(one.caption->text));
  }
  return fmt::format("{:016x}", digest);
}

/// Of the odd images, which the maps are not fitted to.
std::vector<CalibrationCheck::Decile> deciles_of(const GradedScores& graded,
                                                 const CalibrationCurve& curve) {
  std::vector<CalibrationCheck::Decile> out;
  for (int d = 0; d < 10; ++d) {
    CalibrationCheck::Decile decile{10.0 * d, 10.0 * (d + 1), 0, 0, {}, 0};
    std::vector<ClusteredValue> truths;
    for (std::size_t i = 0; i < graded.captions.size(); ++i) {
      const double score = graded.ratings.scores[i];
      if (graded.captions[i].image % 2 == 0 || std::isnan(score)) continue;
      if (std::clamp(static_cast<int>(score / 10), 0, 9) != d) continue;
      ++decile.captions;
      decile.score += score;
      decile.calibrated += curve.at(score);
      truths.push_back({graded.captions[i].image, graded.captions[i].caption->truth});
    }
    if (decile.captions == 0) continue;
    const auto n = static_cast<double>(decile.captions);
    decile.score /= n;
    decile.calibrated /= n;
    decile.truth = mean_of(truths);
    out.push_back(decile);
  }
  return out;
}

void calibrate(const GradedScores& graded, Audit& audit) {
  if (!graded.ratings.usable()) {
    audit.calibration.reason = graded.ratings.complaint();
    return;
  }
  std::vector<double> x, y;  // of the even images, which the maps are fitted to
  std::uint64_t digest = 0;
  for (std::size_t i = 0; i < graded.captions.size(); ++i) {
    const double score = graded.ratings.scores[i];
    if (graded.captions[i].image % 2 != 0 || std::isnan(score)) continue;
    x.push_back(score);
    y.push_back(graded.captions[i].caption->truth);
    digest = hash_more(digest, hash_bytes(graded.captions[i].caption->text));
    digest = hash_more(digest, hash_bytes(fmt::format("{} {}", score, y.back())));
  }
  if (x.empty()) {
    audit.calibration.reason = "no scores";
    return;
  }
  audit.map = {audit.signature, fmt::format("{:016x}", digest), "isotonic", x.size(),
               fit_isotonic(x, y)};
  const CalibrationCurve line = fit_line(x, y);
  const auto error_of = [&](const std::string& method, const auto& map) {
    std::vector<ClusteredValue> errors;
    for (std::size_t i = 0; i < graded.captions.size(); ++i) {
      const double score = graded.ratings.scores[i];
      if (graded.captions[i].image % 2 == 0 || std::isnan(score)) continue;
      errors.push_back(
          {graded.captions[i].image, std::abs(map(score) - graded.captions[i].caption->truth)});
    }
    audit.calibration.fits.push_back(
        {method, named(mean_of(errors), "mean distance from the truth, points")});
  };
  error_of("none", [](double score) { return score; });
  error_of("linear", [&](double score) { return line.at(score); });
  error_of("isotonic", [&](double score) { return audit.map.curve.at(score); });
  audit.calibration.deciles = deciles_of(graded, audit.map.curve);
}

}  // namespace

std::uint64_t Audit::count(AuditState state) const {
  return static_cast<std::uint64_t>(std::ranges::count(rows, state, &AuditRow::state));
}

Audit run_audit(chat::ChatModel& model, const JudgeOptions& options, chat::ChatModel* other,
                chat::ChatModel* quantised, const GlobalOptions& global) {
  const std::vector<AuditScene> scenes = read_audit_scenes(options.audit, options.audit_scenes);
  const prompts::PromptSet prompts = prompts_of(options, model);
  visce::RaterOptions how = options.rater;
  how.mode = rating_mode(options.mode);
  how.rationale = false;
  AuditJudge judge(model, prompts, how, scenes, global);
  Audit audit;
  audit.signature = judge.signature();
  audit.scenes = scenes.size();
  const GradedScores graded = grade(judge);
  audit.captions = graded.captions.size();
  audit.data = data_of(graded);
  audit.rows.push_back(verbosity_row(judge, graded));
  audit.rows.push_back(position_row(judge));
  audit.rows.push_back(self_preference_row(judge, other));
  audit.rows.push_back(clustering_row(graded));
  audit.rows.push_back(scale_row(judge, graded));
  audit.rows.push_back(prompt_row(judge, graded));
  audit.rows.push_back(context_row(judge));
  audit.rows.push_back(fault_row(judge, graded));
  audit.rows.push_back(omission_row(judge));
  audit.rows.push_back(blindness_row(judge));
  audit.rows.push_back(yes_row(judge));
  audit.rows.push_back(injection_row(judge));
  std::optional<AuditJudge> lower;
  if (quantised != nullptr) lower.emplace(*quantised, prompts, how, scenes, global);
  audit.rows.push_back(precision_row(graded, lower ? &*lower : nullptr));
  calibrate(graded, audit);
  return audit;
}

}  // namespace vernier
