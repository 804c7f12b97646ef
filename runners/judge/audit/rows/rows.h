// The rows of an audit (docs/judge.md): weaknesses that judges are known to have, each measured in
// pairs on scenes whose truth is known. A row that cannot be measured says why.
#pragma once

#include <cstddef>
#include <string_view>

#include "runners/judge/audit/trial/audit_judge.h"

namespace vernier {

/// Scores of all captions of all scenes, asked for once: several rows look at them.
struct GradedScores {
  struct Caption {
    std::uint32_t image;
    std::string kind;
    const KnownCaption* caption;
  };
  std::vector<Caption> captions;
  Ratings ratings;

  std::vector<double> truths() const;
  std::vector<std::uint32_t> images() const;
};
GradedScores grade(AuditJudge& judge);

// What length, scale and words do to scores.
AuditRow verbosity_row(AuditJudge& judge, const GradedScores& graded);
AuditRow clustering_row(const GradedScores& graded);
AuditRow scale_row(AuditJudge& judge, const GradedScores& graded);
AuditRow prompt_row(AuditJudge& judge, const GradedScores& graded);

// Whether scores see what is wrong, what is left out, and the picture at all.
AuditRow fault_row(AuditJudge& judge, const GradedScores& graded);
AuditRow omission_row(AuditJudge& judge);
AuditRow blindness_row(AuditJudge& judge);
AuditRow context_row(AuditJudge& judge);

// Whether answers are swayed.
AuditRow position_row(AuditJudge& judge);
AuditRow yes_row(AuditJudge& judge);
AuditRow injection_row(AuditJudge& judge);

// Against another model: captions and verdicts of both; a checkpoint of other precision. `other`
// is null where there is none.
AuditRow self_preference_row(AuditJudge& judge, chat::ChatModel* other);
AuditRow precision_row(const GradedScores& graded, AuditJudge* quantised);

/// Words between blanks.
std::size_t words_in(std::string_view text);

/// A measure with its name and its yardstick.
AuditMeasure named(AuditMeasure measure, std::string name, std::optional<double> least = {},
                   std::optional<double> most = {});

}  // namespace vernier
