#include "metrics/scorer.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/error.h"
#include "metrics/aggregate/column_sums.h"
#include "metrics/evaluation.h"
#include "metrics/text/unicode/unicode.h"

namespace vernier {
namespace {

std::vector<std::unique_ptr<Metric>> open_all(const std::vector<std::string>& names,
                                              const MetricOptions& options) {
  std::vector<std::unique_ptr<Metric>> metrics;
  metrics.reserve(names.size());
  for (const std::string& name : names) metrics.push_back(open_metric(name, options));
  return metrics;
}

struct HeldSample {
  std::string candidate;
  std::vector<std::string> references;
};

}  // namespace

// Holds the last sample back as text: the PTB tokeniser may look at the one that follows.
class Scorer::State {
 public:
  State(const std::vector<std::string>& names, const MetricOptions& options)
      : evaluation(open_all(names, options)), tokenizing(evaluation), observing(evaluation) {}

  void tokenize_held(const HeldSample* following) {
    if (!held) return;
    block_begins.push_back(tokens.text_count());
    tokenizing.add_candidate(held->candidate,
                             following ? std::string_view(following->candidate) : "", tokens);
    for (std::size_t r = 0; r < held->references.size(); ++r) {
      std::string_view next;
      if (r + 1 < held->references.size()) {
        next = held->references[r + 1];
      } else if (following) {
        next = following->references[0];
      }
      tokenizing.add_reference(held->references[r], next, tokens);
    }
    observing.document(references_of(block_begins.size() - 1));
    held.reset();
  }

  std::vector<std::vector<std::span<const WordId>>> references_of(std::size_t sample) const {
    const std::size_t begin = block_begins[sample];
    const std::size_t end =
        sample + 1 < block_begins.size() ? block_begins[sample + 1] : tokens.text_count();
    std::vector<std::vector<std::span<const WordId>>> references(evaluation.stream_count());
    for (std::size_t s = 0; s < references.size(); ++s) {
      for (std::size_t t = begin + 1; t < end; ++t) references[s].push_back(tokens.text(s, t));
    }
    return references;
  }

  Evaluation evaluation;
  Evaluation::Tokenizing tokenizing;
  Evaluation::Observing observing;
  TokenBlock tokens;
  std::vector<std::size_t> block_begins;  // by sample: the number of its candidate's text
  std::optional<HeldSample> held;
};

Scorer::Scorer(const std::vector<std::string>& metrics, const MetricOptions& options)
    : state_(std::make_unique<State>(metrics, options)) {}
Scorer::~Scorer() = default;
Scorer::Scorer(Scorer&&) noexcept = default;
Scorer& Scorer::operator=(Scorer&&) noexcept = default;

void Scorer::add(std::string_view candidate, std::initializer_list<std::string_view> references) {
  add(candidate, std::vector<std::string_view>(references));
}

void Scorer::add(std::string_view candidate, const std::vector<std::string_view>& references) {
  const auto check = [](std::string_view text) {
    const std::size_t at = text::find_invalid_utf8(text);
    if (at != std::string_view::npos) {
      throw Error(ExitCode::kBadInput, fmt::format("invalid UTF-8 at byte {} of a text", at));
    }
  };
  if (references.empty()) throw Error(ExitCode::kBadInput, "a sample without references");
  check(candidate);
  HeldSample sample{std::string(candidate), {}};
  for (const std::string_view reference : references) {
    check(reference);
    sample.references.emplace_back(reference);
  }
  state_->tokenize_held(&sample);
  state_->held = std::move(sample);
}

ScoreResult Scorer::finish() {
  State& state = *state_;
  state.tokenize_held(nullptr);
  state.observing.finish();
  const Evaluation& evaluation = state.evaluation;
  ScoreResult result;
  for (const std::string_view name : evaluation.score_names()) {
    result.score_names_.emplace_back(name);
  }
  std::size_t row_begin = 0;
  for (const auto& metric : evaluation.metrics()) {
    result.parts_.push_back({std::string(metric->name()),
                             metric->signature(),
                             {metric->columns().begin(), metric->columns().end()},
                             row_begin});
    row_begin += metric->columns().size();
  }
  Evaluation::Measuring measuring(evaluation);
  ColumnSums sums(evaluation.row_width());
  std::vector<std::span<const WordId>> candidate(evaluation.stream_count());
  for (std::size_t n = 0; n < state.block_begins.size(); ++n) {
    for (std::size_t s = 0; s < candidate.size(); ++s) {
      candidate[s] = state.tokens.text(s, state.block_begins[n]);
    }
    std::vector<double>& row = result.rows_.emplace_back(evaluation.row_width());
    measuring.sample(candidate, state.references_of(n), row);
    sums.add(row);
    evaluation.sentence_scores(row, result.sentence_.emplace_back(evaluation.score_count()));
  }
  result.corpus_.resize(evaluation.score_count());
  evaluation.aggregate(sums.total(), static_cast<double>(result.rows_.size()), result.corpus_);
  return result;
}

std::size_t ScoreResult::score_index(std::string_view score) const {
  const auto at = std::find(score_names_.begin(), score_names_.end(), score);
  if (at == score_names_.end()) {
    throw Error(ExitCode::kUsage, fmt::format("no score '{}' in this result; there are {}", score,
                                              fmt::join(score_names_, ", ")));
  }
  return static_cast<std::size_t>(at - score_names_.begin());
}

const ScoreResult::MetricPart& ScoreResult::part(std::string_view metric) const {
  for (const MetricPart& p : parts_) {
    if (p.name == metric) return p;
  }
  throw Error(ExitCode::kUsage, fmt::format("no metric '{}' in this result", metric));
}

double ScoreResult::corpus(std::string_view score) const { return corpus_[score_index(score)]; }

double ScoreResult::sample(std::size_t n, std::string_view score) const {
  return sentence_.at(n)[score_index(score)];
}

std::vector<double> ScoreResult::row(std::size_t n, std::string_view metric) const {
  const MetricPart& p = part(metric);
  const auto begin = rows_.at(n).begin() + static_cast<std::ptrdiff_t>(p.row_begin);
  return {begin, begin + static_cast<std::ptrdiff_t>(p.columns.size())};
}

const std::vector<std::string>& ScoreResult::columns(std::string_view metric) const {
  return part(metric).columns;
}

const std::string& ScoreResult::signature(std::string_view metric) const {
  return part(metric).signature;
}

}  // namespace vernier
