#include "metrics/spice/spice.h"

#include <fmt/format.h>

#include "base/paths/data_files.h"
#include "metrics/explain/explanation.h"
#include "metrics/meteor/data/meteor_data.h"
#include "metrics/meteor/meteor.h"
#include "metrics/spice/caption/caption_parser.h"
#include "metrics/spice/chart/constituency_parser.h"
#include "metrics/spice/exact_parser.h"
#include "metrics/spice/fast_parser.h"
#include "metrics/spice/graph/multigraph/graph.h"
#include "metrics/spice/score/explain_scenes.h"
#include "metrics/spice/score/spice_row.h"
#include "metrics/spice/score/tuple_memory.h"

namespace vernier {
namespace {

using spice::CaptionTuples;

std::string sentence_beyond(std::size_t words) {
  return fmt::format("hold a sentence of more than {} words", words);
}

const spice::SpiceNames kExactNames("spice", sentence_beyond(spice::kMostParsedWords));
const spice::SpiceNames kFastNames("spice-fast", sentence_beyond(spice::kMaxWords));

class SpiceWorker final : public MetricWorker {
 public:
  SpiceWorker(const spice::Parser& parser, std::shared_ptr<const meteor::MeteorData> synonyms,
              const Vocabulary& vocabulary)
      : parser_(parser), texts_(std::move(synonyms)), vocabulary_(vocabulary) {}

  void measure(const SampleView& sample, std::span<double> row) override {
    if (read(sample)) {
      spice::fill_row(scorer_.compare(candidate_, references_), row);
    } else {
      spice::fill_undefined_row(row);
    }
  }

  void explain(const SampleView& sample, Explanation& out) override {
    SpiceExplanation how;
    if (read(sample)) {
      how = spice::explain_scenes(candidate_, references_, texts_, scorer_);
    } else {
      how.refused = true;
    }
    out.how = std::move(how);
  }

 private:
  // Makes both graphs; false where a text cannot be parsed.
  bool read(const SampleView& sample) {
    candidate_.clear();
    references_.clear();
    bool whole = add(sample.candidate, candidate_);
    for (const auto& reference : sample.references) whole = add(reference, references_) && whole;
    return whole;
  }

  // Puts a caption's tuples into a graph; false where it cannot be parsed.
  bool add(std::span<const WordId> caption, spice::SceneGraph& graph) {
    const CaptionTuples* tuples = memory_.find(caption);
    if (tuples == nullptr) {
      words_.clear();
      for (const WordId id : caption) words_.push_back(vocabulary_.word(id));
      CaptionTuples fresh;
      if (parser_.parse(words_, list_)) {
        fresh.assign(list_, texts_);
      } else {
        fresh.refuse();
      }
      tuples = &memory_.add(caption, std::move(fresh));
    }
    if (tuples->refused()) return false;
    tuples->for_each([&](std::span<const spice::TextId> tuple) { graph.add(tuple); });
    return true;
  }

  spice::CaptionParser parser_;
  spice::ConceptTexts texts_;
  const Vocabulary& vocabulary_;
  spice::TupleMemory memory_;
  spice::SceneGraph candidate_{texts_}, references_{texts_};
  spice::SceneScorer scorer_;
  spice::TupleList list_;
  std::vector<std::string_view> words_;
};

/// What a metric and an aggregator of SPICE have in common.
template <class Base>
class SpiceScores : public Base {
 public:
  explicit SpiceScores(const spice::SpiceNames& names) : names_(names) {}

  std::string_view name() const override { return names_.scores()[0]; }
  std::span<const std::string_view> columns() const override { return names_.columns(); }
  std::span<const std::string_view> score_names() const override { return names_.scores(); }
  void aggregate(std::span<const double> sums, double, std::span<double> scores) const override {
    spice::spice_scores(sums, scores);
  }
  double unscored(std::span<const double> sums, double samples) const override {
    return spice::undefined_rows(sums, samples);
  }
  std::string_view unscored_reason() const override { return names_.refused(); }

 private:
  const spice::SpiceNames& names_;
};

class Spice final : public SpiceScores<Metric> {
 public:
  Spice(const spice::SpiceNames& names, std::shared_ptr<const spice::Parser> parser,
        const SpiceOptions& options)
      : SpiceScores(names),
        parser_(std::move(parser)),
        synonyms_(meteor::MeteorData::open(options.synonyms.empty() ? default_meteor_data_path()
                                                                    : options.synonyms)),
        tokenizer_(options.tokenizer) {}

  const text::Tokenizer& tokenizer() const override { return *tokenizer_; }
  bool english_only() const override { return true; }
  std::string signature() const override {
    return fmt::format("{}|ver:1.0|{}|wordnet:{:016x}|tok:{}|v:1.0.0", name(), parser_->signature(),
                       synonyms_->wordnet_digest(), tokenizer_->name());
  }
  std::unique_ptr<MetricWorker> make_worker(const Vocabulary& vocabulary) const override {
    return std::make_unique<SpiceWorker>(*parser_, synonyms_, vocabulary);
  }

 private:
  std::shared_ptr<const spice::Parser> parser_;
  std::shared_ptr<const meteor::MeteorData> synonyms_;
  std::shared_ptr<const text::Tokenizer> tokenizer_;
};

}  // namespace

std::unique_ptr<Metric> make_spice(const SpiceOptions& options) {
  const std::string grammar = spice::find_grammar(options.grammar);
  return std::make_unique<Spice>(kExactNames, spice::open_exact_parser(grammar), options);
}

std::unique_ptr<Metric> make_spice_fast(const SpiceOptions& options) {
  return std::make_unique<Spice>(kFastNames, spice::open_fast_parser(), options);
}

std::unique_ptr<Aggregator> make_spice_aggregator(std::string_view metric) {
  if (metric == "spice") return std::make_unique<SpiceScores<Aggregator>>(kExactNames);
  if (metric == "spice-fast") return std::make_unique<SpiceScores<Aggregator>>(kFastNames);
  return nullptr;
}

}  // namespace vernier
