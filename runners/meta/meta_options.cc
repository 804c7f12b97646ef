#include "runners/meta/meta_options.h"

#include <CLI/CLI.hpp>

#include "runners/commands/commands.h"
#include "runners/score/score_options.h"

namespace vernier {
namespace {

void add_rating_options(CLI::App& command, MetaOptions& options) {
  constexpr const char* kGroup = "Ratings";
  command.add_option("ratings", options.ratings, "What people said of captions (docs/meta.md)")
      ->type_name("RATINGS")
      ->required();
  command
      .add_option("-r,--references", options.read.references,
                  "Reference captions, when the ratings' file does not hold them")
      ->type_name("FILE");
  command
      .add_option("--rating", options.read.ratings,
                  "Fields that hold the ratings, separated by commas; each is one more rating")
      ->type_name("NAMES")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->group(kGroup);
  add_choice_option<RatingUse>(command, "--ratings", options.agreement.use,
                               {{"each", RatingUse::kEach}, {"mean", RatingUse::kMean}},
                               "each: a score stands beside every rating of its caption; mean: "
                               "beside their mean")
      ->group(kGroup);
  command
      .add_option("--exclude", options.read.exclude,
                  "Captions to leave out, e.g. sys=Human (repeatable)")
      ->type_name("FIELD=VALUE")
      ->allow_extra_args(false)
      ->group(kGroup);
  add_choice_option<OwnCaptions>(
      command, "--own-captions", options.read.own,
      {{"auto", OwnCaptions::kAuto},
       {"keep", OwnCaptions::kKeep},
       {"drop", OwnCaptions::kDrop},
       {"unreference", OwnCaptions::kUnreference}},
      "Captions that are references of their image: as the data set's protocol has it, keep, drop "
      "the caption, or drop the reference")
      ->group(kGroup);
  command
      .add_flag("--several-ratings", options.read.several_ratings,
                "Records of one caption are ratings of several people")
      ->group(kGroup);
  command
      .add_flag("--replace-invalid", options.read.replace_invalid,
                "Replace invalid UTF-8 by U+FFFD and count it")
      ->group(kGroup);
}

void add_score_source_options(CLI::App& command, MetaOptions& options) {
  add_metrics_option(command, options.metrics,
                     "Metrics or scores to measure, separated by commas (vernier list); default: "
                     "all caption metrics whose data is installed, or none with --scores");
  command.add_flag("--all", options.all, "Every metric whose data is installed");
  command
      .add_option("--scores", options.scores,
                  "Scores from a file, joined by image and caption (repeatable); :COLUMN takes "
                  "them from RATINGS")
      ->type_name("FILE:COLUMN")
      ->allow_extra_args(false);
  command.add_flag("--subset", options.join.subset,
                   "Leave out captions that some score is missing for, and count them");
  command.add_flag("--ignore-extra", options.join.ignore_extra,
                   "Leave out scores of captions that nobody rated, and count them");
}

void add_statistic_options(CLI::App& command, MetaOptions& options) {
  constexpr const char* kGroup = "Statistics";
  add_choice_option<TieRule>(
      command, "--ties", options.agreement.ties,
      {{"wrong", TieRule::kWrong}, {"half", TieRule::kHalf}, {"skip", TieRule::kSkip}},
      "What equal scores of a pair count in the accuracy: wrong, half "
      "right, or skip the pair")
      ->group(kGroup);
  command
      .add_option("--resamples", options.resamples,
                  "Of images, for the intervals; 0: none. Default: 2000, above 200,000 ratings 200")
      ->check(CLI::Range(std::size_t{0}, std::size_t{10'000'000}).description(""))
      ->group(kGroup);
  command.add_option("--seed", options.agreement.seed, "Of the random numbers")
      ->capture_default_str()
      ->group(kGroup);
  command.add_option("--alpha", options.agreement.alpha, "1 - confidence of the intervals")
      ->capture_default_str()
      ->check(CLI::Range(1e-6, 0.5))
      ->group(kGroup);
  command
      .add_option("--against", options.against,
                  "The score that tables compare the others with (default: the best)")
      ->type_name("SCORE")
      ->group(kGroup);
  add_choice_option<std::optional<Statistic>>(command, "--headline", options.headline,
                                              {{"auto", std::nullopt},
                                               {"tau_c", kTauC},
                                               {"tau_b", kTauB},
                                               {"spearman", kSpearman},
                                               {"pearson", kPearson},
                                               {"accuracy", kAccuracy}},
                                              "By what tables compare: tau_b, tau_c, spearman, "
                                              "pearson, accuracy; auto: accuracy of preferences, "
                                              "else tau_c")
      ->group(kGroup);
}

}  // namespace

void add_meta_options(CLI::App& command, MetaOptions& options) {
  add_rating_options(command, options);
  add_score_source_options(command, options);
  add_statistic_options(command, options);
  add_format_option(
      command, options.format,
      {OutputFormat::kTable, OutputFormat::kJson, OutputFormat::kMarkdown, OutputFormat::kCsv});
  add_threads_option(command, options.threads);
  add_metric_options(command, options.metric);
}

}  // namespace vernier
