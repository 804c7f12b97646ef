#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <memory>
#include <unordered_map>

#include "base/error.h"
#include "base/printable.h"
#include "datasets/ratings/rating_fields.h"
#include "runners/commands/commands.h"
#include "runners/meta/meta_options.h"
#include "runners/meta/meta_output.h"
#include "runners/meta/scores/caption_scores.h"
#include "runners/pipeline/progress.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
Does a metric agree with people? Kendall's tau-b and tau-c, Spearman, Pearson and pairwise accuracy
of scores with human ratings, with bootstrap intervals over images; is one metric better than another?
RATINGS: Flickr8k-Expert and -CF, Composite, Pascal-50S, THumB, or any table or JSON of image,
candidate, rating and references (docs/meta.md).

Examples:
  vernier meta flickr8k_expert.json -m bleu-4,rouge-l,cider
  vernier meta ExpertAnnotations.txt -r Flickr8k.token.txt --all -f markdown
  vernier meta flickr8k_expert.json --scores fleur.tsv:fleur_score --ratings mean
  vernier meta pascal50s_HC.json -m cider --scores fleur_HC.tsv:fleur --ties half
  vernier meta thumb.jsonl -r references.jsonl --rating P --exclude sys=Human -m cider -f json
  vernier meta ratings.csv --scores run.jsonl:cider
)";

constexpr std::uint64_t kManyRatings = 200'000;
constexpr std::uint32_t kGone = 0xFFFFFFFFu;

void require_even_ratings(const RatedSet& set) {
  const RatedCaption* const uneven = first_uneven(set);
  if (uneven == nullptr) return;
  throw Error(ExitCode::kBadInput,
              fmt::format("{}:{}: image {}: expected {} ratings as of the first caption, found {}; "
                          "a caption with more ratings would weigh more: --ratings mean",
                          set.name, uneven->line, printable(uneven->image, 60),
                          set.captions.front().ratings.size(), uneven->ratings.size()));
}

void take(std::vector<ScoreColumn>& columns, ScoreColumn column, const std::string& file) {
  const auto same = [&](const ScoreColumn& other) { return other.name == column.name; };
  if (std::ranges::any_of(columns, same)) column.name = file + ":" + column.name;
  if (std::ranges::any_of(columns, same)) {
    throw Error(ExitCode::kUsage, fmt::format("'{}' is given twice", column.name));
  }
  columns.push_back(std::move(column));
}

std::vector<ScoreColumn> gather_scores(const MetaOptions& options, const GlobalOptions& global,
                                       MetaReport& report) {
  std::vector<ScoreColumn> columns;
  if (options.all || !options.metrics.empty() || options.scores.empty()) {
    CaptionScoreOptions measure;
    measure.metrics = options.metrics;
    measure.otherwise = options.all ? MetricSet::kAll : MetricSet::kStandard;
    measure.metric = options.metric;
    measure.threads = thread_count(options.threads);
    Progress progress("scoring", global.quiet);
    measure.progress = [&](std::uint64_t done, std::uint64_t total) {
      progress.update(done, total);
    };
    CaptionScores measured = caption_scores(report.set, measure);
    progress.clear();
    columns = std::move(measured.columns);
    report.signatures = std::move(measured.signatures);
    report.skipped = std::move(measured.skipped);
  }
  for (const std::string& what : options.scores) {
    report.joined.push_back(join_scores(report.set, options.ratings, what, options.join));
    const JoinedScores& joined = report.joined.back();
    take(columns, {joined.column, joined.values, false}, joined.file);
  }
  if (columns.empty()) throw Error(ExitCode::kResource, "no metric has its data installed");
  return columns;
}

// Captions without some score are left out for all scores, so that all are judged by the same.
void leave_out_unscored(const MetaOptions& options, std::vector<ScoreColumn>& columns,
                        MetaReport& report) {
  std::vector<std::uint32_t> number(report.set.captions.size(), 0);
  std::uint32_t kept = 0;
  for (std::size_t c = 0; c < number.size(); ++c) {
    const auto open = std::ranges::find_if(
        columns, [&](const ScoreColumn& column) { return std::isnan(column.values[c]); });
    if (open == columns.end()) {
      number[c] = kept++;
      continue;
    }
    const RatedCaption& caption = report.set.captions[c];
    if (!options.join.subset) {
      throw Error(ExitCode::kBadInput,
                  fmt::format("{}:{}: image {}: {} cannot score \"{}\"; --subset judges by the "
                              "others",
                              report.set.name, caption.line, printable(caption.image, 60),
                              open->name, printable(caption.text, 60)));
    }
    number[c] = kGone;
    ++report.unscored;
  }
  if (report.unscored == 0) return;
  const auto keep = [&](auto& values) {
    for (std::size_t c = 0; c < number.size(); ++c) {
      if (number[c] < c) values[number[c]] = std::move(values[c]);  // kGone is above all
    }
    values.resize(kept);
  };
  keep(report.set.captions);
  for (ScoreColumn& column : columns) keep(column.values);
  const auto gone = [&](const Preference& pair) {
    return number[pair.better] == kGone || number[pair.worse] == kGone;
  };
  std::vector<Preference>& pairs = report.set.preferences;
  const bool preferences = !pairs.empty();
  std::erase_if(pairs, gone);
  for (Preference& pair : pairs) pair = {number[pair.better], number[pair.worse]};
  if (kept == 0 || (preferences && pairs.empty())) {
    throw Error(ExitCode::kBadInput,
                fmt::format("{}: no judged caption has all its scores", report.set.name));
  }
}

std::uint32_t number_of(std::unordered_map<std::string, std::uint32_t>& known,
                        const std::string& name) {
  return known.try_emplace(name, static_cast<std::uint32_t>(known.size())).first->second;
}

HumanJudgements judgements(const RatedSet& set) {
  HumanJudgements out;
  std::unordered_map<std::string, std::uint32_t> images, systems;
  const bool named = std::ranges::none_of(set.captions, &std::string::empty, &RatedCaption::system);
  for (const RatedCaption& caption : set.captions) {
    out.images.push_back(number_of(images, caption.image));
    if (set.preferences.empty()) out.ratings.push_back(caption.ratings);
    if (!named) continue;
    out.systems.push_back(number_of(systems, caption.system));
    if (systems.size() > out.system_names.size()) out.system_names.push_back(caption.system);
  }
  for (const auto& [better, worse] : set.preferences) out.preferences.push_back({better, worse});
  return out;
}

std::size_t compared_with(const std::string& wanted, const MetaReport& report) {
  const std::vector<ScoreAgreement>& scores = report.agreement.scores;
  std::vector<std::string> names;
  std::size_t best = 0;
  const auto value = [&](std::size_t k) { return scores[k].estimates[report.headline].value; };
  for (std::size_t k = 0; k < scores.size(); ++k) {
    if (scores[k].name == wanted) return k;
    names.push_back(scores[k].name);
    if (value(k) > value(best) || std::isnan(value(best))) best = k;
  }
  if (wanted.empty()) return best;
  throw Error(ExitCode::kUsage,
              fmt::format("--against {}: no such score{}", wanted, known_names(wanted, names)));
}

int meta(MetaOptions& options, const GlobalOptions& global) {
  MetaReport report;
  options.join.replace_invalid = options.read.replace_invalid;
  report.set = read_ratings(options.ratings, options.read);
  if (options.agreement.use == RatingUse::kEach) require_even_ratings(report.set);
  std::vector<ScoreColumn> columns = gather_scores(options, global, report);
  leave_out_unscored(options, columns, report);
  report.human = judgements(report.set);
  std::uint64_t ratings = report.set.preferences.size();
  for (const auto& one : report.human.ratings) ratings += one.size();
  options.agreement.threads = thread_count(options.threads);
  options.agreement.resamples =
      options.resamples.value_or(ratings > kManyRatings ? 200 : options.agreement.resamples);
  report.agreement = agreement(report.human, columns, options.agreement);
  report.use = options.agreement.use;
  report.ties = options.agreement.ties;
  report.alpha = options.agreement.alpha;
  report.headline = options.headline.value_or(report.set.preferences.empty() ? kTauC : kAccuracy);
  if (options.format != OutputFormat::kTable) {  // which says so itself
    for (const std::string& line : differing_labels(report)) remark(global, "warning: " + line);
  }
  report.against = compared_with(options.against, report);
  print(meta_text(report, options.format));
  return 0;
}

}  // namespace

void add_meta_command(const CommandContext& context) {
  auto options = std::make_shared<MetaOptions>();
  CLI::App* command = context.app.add_subcommand("meta", "Does a metric agree with people?");
  command->footer(kExamples);
  add_meta_options(*command, *options);
  command->callback([options, context] {
    context.action = [options, &global = context.global] { return meta(*options, global); };
  });
}

}  // namespace vernier
