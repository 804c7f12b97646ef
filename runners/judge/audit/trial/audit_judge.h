// The judge under audit, and the arithmetic of what it says.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "judges/visce/comparer.h"
#include "judges/visce/rater.h"
#include "runners/commands/commands.h"
#include "runners/judge/audit/rows/audit_row.h"
#include "runners/judge/audit/trial/audit_scenes.h"
#include "runners/pipeline/progress.h"

namespace vernier {

/// Numbers of images; the image is the cluster of every interval.
struct ClusteredValue {
  std::size_t image;
  double value;
};

/// Scores of captions, 0 to 100; NaN where there is none.
struct Ratings {
  std::vector<double> scores;
  std::vector<double> raw;   ///< the likeliest number, as on 0 to 100
  std::vector<double> mass;  ///< NaN where there is no distribution

  /// Whether at least half of the captions got a score.
  bool usable() const;
  /// "the model does not answer in this form (mean mass 0.03)"
  std::string complaint() const;
};

class AuditJudge {
 public:
  /// All must outlive it. `how`: mode and layout under audit.
  AuditJudge(chat::ChatModel& model, const prompts::PromptSet& prompts,
             const visce::RaterOptions& how, const std::vector<AuditScene>& scenes,
             const GlobalOptions& global);

  const std::vector<AuditScene>& scenes() const { return scenes_; }
  chat::ChatModel& model() { return model_; }
  const prompts::PromptSet& prompts() const { return prompts_; }
  const visce::RaterOptions& how() const { return how_; }
  std::string signature() const { return rater_.signature(); }

  struct Asked {
    std::size_t image;  ///< which scene's picture is shown
    std::string caption;
    visce::Seen other = {};  ///< this picture instead
    std::shared_ptr<const visce::VisualContext> context = nullptr;
  };
  Ratings rate(const std::vector<Asked>& asked);
  /// In another way: `how`'s scale, paraphrase or mode.
  Ratings rate(const std::vector<Asked>& asked, const visce::RaterOptions& how);
  std::vector<visce::Comparison> compare(const std::vector<visce::ComparisonCase>& cases);
  /// P(yes) among yes and no; NaN where the model says neither.
  std::vector<double> ask_yes(const std::vector<Asked>& questions);
  /// The model's own context of an image.
  std::shared_ptr<const visce::VisualContext> context(std::size_t image);

 private:
  Ratings rate_by(visce::Rater& rater, const std::vector<Asked>& asked);

  chat::ChatModel& model_;
  const prompts::PromptSet& prompts_;
  visce::RaterOptions how_;
  const std::vector<AuditScene>& scenes_;
  visce::Rater rater_;
  Progress progress_;
  std::uint64_t done_ = 0;
};

/// Mean with its interval by images (bootstrap, BCa). `name`, yardstick and n are left to the
/// caller; values that are NaN do not count.
AuditMeasure mean_of(std::span<const ClusteredValue> values);
/// Any statistic of two lists whose pairs belong to images: `statistic` gets the weights of images.
using WeightedStatistic = std::function<double(std::span<const std::uint16_t> weights)>;
AuditMeasure statistic_of(std::size_t images, const WeightedStatistic& statistic);
/// tau-b of two lists, with its interval.
AuditMeasure tau_of(std::span<const double> x, std::span<const double> y,
                    std::span<const std::uint32_t> images);

}  // namespace vernier
