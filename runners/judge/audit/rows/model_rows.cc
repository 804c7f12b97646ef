#include <fmt/format.h>

#include <cmath>

#include "base/error.h"
#include "runners/judge/audit/rows/rows.h"

namespace vernier {
namespace {

/// What a model says of each scene.
std::vector<std::string> captions_by(chat::ChatModel& model, const AuditJudge& judge) {
  std::vector<chat::ChatRequest> requests;
  for (const AuditScene& scene : judge.scenes()) {
    chat::ChatRequest request;
    request.pictures = {scene.seen.picture};
    request.messages = {visce::user_message("Describe the image.", 1)};
    requests.push_back(std::move(request));
  }
  std::vector<std::string> out(requests.size());
  model.run(requests, [&](std::size_t i, chat::ChatAnswer answer) {
    if (answer.failure != chat::ChatFailure::kNone) {
      throw Error(ExitCode::kIncomplete,
                  fmt::format("the model gave no caption: {}", answer.error));
    }
    out[i] = std::move(answer.text);
  });
  return out;
}

}  // namespace

AuditRow self_preference_row(AuditJudge& judge, chat::ChatModel* other) {
  AuditRow row{"self-preference", "Does it prefer its own captions?", {}, {}};
  if (other == nullptr) {
    row.reason = "needs a second model: --other-model";
    return row;
  }
  const GlobalOptions quiet{true, {}};
  const prompts::PromptSet prompts = prompts::open_prompts(other->prompt_set());
  AuditJudge second(*other, prompts, judge.how(), judge.scenes(), quiet);
  std::vector<AuditJudge::Asked> own, others;
  const std::vector<std::string> by_first = captions_by(judge.model(), judge);
  const std::vector<std::string> by_second = captions_by(*other, judge);
  for (std::size_t i = 0; i < judge.scenes().size(); ++i) {
    own.push_back({i, by_first[i]});
    others.push_back({i, by_second[i]});
  }
  const Ratings aa = judge.rate(own), ab = judge.rate(others);
  const Ratings ba = second.rate(own), bb = second.rate(others);
  if (!aa.usable() || !bb.usable()) {
    row.reason = (aa.usable() ? bb : aa).complaint();
    return row;
  }
  // Judge by author, after the effects of both: what one gives its own captions beyond the other.
  std::vector<ClusteredValue> interaction;
  for (std::size_t i = 0; i < own.size(); ++i) {
    interaction.push_back({i, (aa.scores[i] - ab.scores[i] - ba.scores[i] + bb.scores[i]) / 2});
  }
  row.measures.push_back(
      named(mean_of(interaction), "points that both give their own captions", {}, 2));
  return row;
}

AuditRow precision_row(const GradedScores& graded, AuditJudge* quantised) {
  AuditRow row{"precision", "Does a checkpoint of lower precision judge alike?", {}, {}};
  if (quantised == nullptr) {
    row.reason = "needs the other checkpoint: --other-precision";
    return row;
  }
  const GradedScores other = grade(*quantised);
  if (!graded.ratings.usable() || !other.ratings.usable()) {
    row.reason = (graded.ratings.usable() ? other : graded).ratings.complaint();
    return row;
  }
  std::vector<ClusteredValue> off, flips;
  const auto& a = graded.ratings.scores;
  const auto& b = other.ratings.scores;
  for (std::size_t i = 0; i < a.size(); ++i) {
    off.push_back({graded.captions[i].image, std::abs(a[i] - b[i])});
    for (std::size_t k = i + 1;
         k < a.size() && graded.captions[k].image == graded.captions[i].image; ++k) {
      const double before = a[i] - a[k], after = b[i] - b[k];
      if (std::isnan(before) || std::isnan(after)) continue;
      flips.push_back({graded.captions[i].image, before * after < 0 ? 100.0 : 0.0});
    }
  }
  row.measures.push_back(named(mean_of(off), "mean distance, points", {}, 3));
  row.measures.push_back(
      named(mean_of(flips), "pairs of captions whose order is another one, %", {}, 3));
  row.measures.push_back(named(tau_of(a, b, graded.images()), "tau-b between both"));
  return row;
}

}  // namespace vernier
