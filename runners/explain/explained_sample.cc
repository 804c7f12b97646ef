#include "runners/explain/explained_sample.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <optional>

#include "base/error.h"
#include "metrics/aggregate/signature_options.h"
#include "metrics/evaluation.h"
#include "runners/explain/run_texts.h"

namespace vernier {
namespace {

bool names(const MetricDescription& metric, const std::string& name) {
  return metric.name == name ||
         std::find(metric.scores.begin(), metric.scores.end(), name) != metric.scores.end();
}

/// The metrics of a run that are wanted, and where their values lie in its rows and scores.
struct ChosenMetric {
  const MetricDescription* metric;
  std::size_t row_begin, score_begin;
  std::string unexplained;
};

std::vector<ChosenMetric> chosen_metrics(const Run& run, const std::vector<std::string>& wanted) {
  const std::vector<MetricDescription>& all = run.header().metrics;
  for (const std::string& name : wanted) {
    const auto has = [&](const MetricDescription& metric) { return names(metric, name); };
    if (std::none_of(all.begin(), all.end(), has)) {
      throw Error(ExitCode::kUsage, fmt::format("{}: has no metric '{}'; it has {}", run.name(),
                                                name, fmt::join(run.header().score_names(), ", ")));
    }
  }
  std::vector<ChosenMetric> out;
  std::size_t column = 0, score = 0;
  for (const MetricDescription& metric : all) {
    const auto named = [&](const std::string& name) { return names(metric, name); };
    if (wanted.empty() || std::any_of(wanted.begin(), wanted.end(), named)) {
      out.push_back({&metric, column, score, {}});
    }
    column += metric.columns.size();
    score += metric.scores.size();
  }
  return out;
}

/// The metric as the run's signature describes it; null, with the reason, where that is beyond this
/// program.
std::unique_ptr<Metric> open(const MetricDescription& metric, const ExplainOptions& options,
                             std::string& reason) {
  std::optional<MetricOptions> with = measuring_options(metric.signature);
  if (!with) {
    reason = "its signature is not one that this version writes";
    return nullptr;
  }
  with->meteor_data = options.meteor_data;
  with->spice_grammar = options.spice_grammar;
  if (signature_field(metric.signature, "df").value_or("").starts_with("file(")) {
    if (options.document_frequencies.empty()) {
      reason = "it was scored with stored document frequencies; give that file: --df FILE";
      return nullptr;
    }
    with->document_frequencies = options.document_frequencies;
  }
  try {
    return open_metric(metric.name, *with);
  } catch (const Error& error) {  // data that is not installed, a metric of a later version
    reason = error.what();
    return nullptr;
  }
}

std::vector<std::string> words_of(const Vocabulary& vocabulary, std::span<const WordId> ids) {
  std::vector<std::string> words;
  words.reserve(ids.size());
  for (const WordId id : ids) words.emplace_back(vocabulary.word(id));
  return words;
}

// Bit for bit, but one NaN is as good as another.
bool equal(std::span<const double> a, std::span<const double> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](double x, double y) {
    return std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y) || (x != x && y != y);
  });
}

void require_texts(const Run& run) {
  const auto whole = [](const Run::Sample& sample) { return sample.references > 0; };
  if (!run.has_texts() || !std::all_of(run.samples().begin(), run.samples().end(), whole)) {
    throw Error(ExitCode::kIncomplete,
                fmt::format("{}: does not hold the texts and references of its samples, so nothing "
                            "can be explained; score again without --compact",
                            run.name()));
  }
}

}  // namespace

class SampleExplainer::State {
 public:
  State(const Run& run, const ExplainOptions& options)
      : run_(run),
        chosen_(chosen_metrics(run, options.metrics)),
        evaluation_(open_all(options)),
        texts_(run, evaluation_) {
    texts_.observe();
    measuring_.emplace(evaluation_);
    for (std::size_t m = 0; m < opened_.size(); ++m) {
      ChosenMetric& chosen = chosen_[opened_[m]];
      const MetricDescription now = describe(*evaluation_.metrics()[m]);
      if (now.signature != chosen.metric->signature) {
        chosen.unexplained = fmt::format("this program would compute {}", now.signature);
      } else if (now.columns != chosen.metric->columns || now.scores != chosen.metric->scores) {
        chosen.unexplained = "its rows or scores are not those that this program makes";
      }
    }
  }

  ExplainedSample explain(std::size_t sample) {
    texts_.read(sample);
    std::vector<double> row(evaluation_.row_width()), scores(evaluation_.score_count());
    measuring_->sample(texts_.candidate(), texts_.references(), row);
    evaluation_.sentence_scores(row, scores);
    std::vector<Explanation> explanations =
        measuring_->explain(texts_.candidate(), texts_.references());

    ExplainedSample out{&run_, sample, tokens(), {}};
    for (const ChosenMetric& chosen : chosen_) {
      ExplainedMetric& one = out.metrics.emplace_back();
      one.metric = chosen.metric;
      one.row = run_.row(sample).subspan(chosen.row_begin, chosen.metric->columns.size());
      one.scores = run_.scores(sample).subspan(chosen.score_begin, chosen.metric->scores.size());
      one.unexplained = chosen.unexplained;
    }
    auto row_rest = row.begin(), scores_rest = scores.begin();
    const auto take = [](auto& rest, std::size_t count) {
      const auto begin = rest;
      rest += static_cast<std::ptrdiff_t>(count);
      return std::vector<double>(begin, rest);
    };
    for (std::size_t m = 0; m < opened_.size(); ++m) {
      const Metric& metric = *evaluation_.metrics()[m];
      ExplainedMetric& one = out.metrics[opened_[m]];
      one.new_row = take(row_rest, metric.columns().size());
      one.new_scores = take(scores_rest, metric.score_names().size());
      one.tokens = evaluation_.stream_of(m);
      if (!one.unexplained.empty()) continue;
      one.differs = !equal(one.new_row, one.row) || !equal(one.new_scores, one.scores);
      one.explanation = std::move(explanations[m]);
    }
    return out;
  }

 private:
  std::vector<std::unique_ptr<Metric>> open_all(const ExplainOptions& options) {
    std::vector<std::unique_ptr<Metric>> metrics;
    for (std::size_t c = 0; c < chosen_.size(); ++c) {
      if (auto metric = open(*chosen_[c].metric, options, chosen_[c].unexplained)) {
        metrics.push_back(std::move(metric));
        opened_.push_back(c);
      }
    }
    return metrics;
  }

  // What was read last, by stream.
  std::vector<SampleTokens> tokens() const {
    const Vocabulary& vocabulary = evaluation_.vocabulary();
    std::vector<SampleTokens> out(evaluation_.stream_count());
    for (std::size_t m = 0; m < opened_.size(); ++m) {
      const std::size_t s = evaluation_.stream_of(m);
      if (!out[s].tokenizer.empty()) continue;
      out[s].tokenizer = evaluation_.metrics()[m]->tokenizer().name();
      out[s].candidate = words_of(vocabulary, texts_.candidate()[s]);
      for (const auto& reference : texts_.references()[s]) {
        out[s].references.push_back(words_of(vocabulary, reference));
      }
    }
    return out;
  }

  const Run& run_;
  std::vector<ChosenMetric> chosen_;
  std::vector<std::size_t> opened_;  // by metric of the evaluation: index into chosen_
  Evaluation evaluation_;
  RunTexts texts_;
  std::optional<Evaluation::Measuring> measuring_;
};

SampleExplainer::SampleExplainer(const Run& run, const ExplainOptions& options) {
  require_texts(run);
  state_ = std::make_unique<State>(run, options);
}
SampleExplainer::~SampleExplainer() = default;

ExplainedSample SampleExplainer::explain(std::size_t sample) { return state_->explain(sample); }

}  // namespace vernier
