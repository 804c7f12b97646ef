#include "metrics/meteor/meteor.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/printable.h"
#include "metrics/explain/explanation.h"
#include "metrics/meteor/score/parameters.h"
#include "metrics/meteor/segment.h"

namespace vernier {
namespace {

constexpr std::array<std::string_view, 1> kNames = {"meteor"};
constexpr std::array<std::string_view, meteor::kModuleCount> kStages = {"exact", "stem", "synonym",
                                                                        "paraphrase"};

std::shared_ptr<const meteor::MeteorData> open_data(const MeteorOptions& options) {
  const std::string path =
      options.data_path.empty() ? default_meteor_data_path() : options.data_path;
  auto data = meteor::MeteorData::open(path);
  if (options.paraphrase && !data->has_paraphrases()) {
    throw Error(ExitCode::kResource,
                fmt::format("{}: was built without paraphrases; add them with: vernier data "
                            "--build-meteor {} --paraphrases paraphrase-en.gz (or: make data), or "
                            "score without them: --meteor-no-paraphrase",
                            printable(path), printable(path)));
  }
  return data;
}

/// Measures a sample and says how it was aligned.
MeteorAlignment explain_segment(meteor::Segment& segment, const SampleView& sample) {
  MeteorAlignment out;
  for (const auto& reference : sample.references) {
    SampleView alone = sample;
    alone.references = {&reference, 1};
    out.reference_scores.push_back(meteor::meteor_score(segment.measure(alone)));
  }
  const meteor::Statistics counts = segment.measure(sample);
  const meteor::ScoreParts parts = meteor::score_parts(counts);
  out.score = meteor::meteor_score(counts);
  out.precision = parts.precision;
  out.recall = parts.recall;
  out.mean = parts.mean;
  out.fragmentation = parts.fragmentation;
  out.penalty = parts.penalty;
  for (std::size_t module = 0; module < kStages.size(); ++module) {
    const double* const words = counts.data() + meteor::kFirstMatch + 4 * module;
    out.stages[module] = {kStages[module], meteor::kWeights[module], words[0], words[2], words[1],
                          words[3]};
  }
  meteor::Segment::Alignment best = segment.best_alignment();
  out.reference = best.reference;
  out.candidate_words.assign(best.candidate_words.begin(), best.candidate_words.end());
  out.reference_words.assign(best.reference_words.begin(), best.reference_words.end());
  out.candidate_function = std::move(best.candidate_function);
  out.reference_function = std::move(best.reference_function);
  const meteor::AlignedMatch* before = nullptr;
  for (const meteor::AlignedMatch& aligned : best.matches) {
    const auto& [ref, match] = aligned;
    out.chunks += before == nullptr || before->ref + before->match.ref_words != ref ||
                  before->match.hyp + before->match.hyp_words != match.hyp;
    out.matches.push_back(
        {kStages[match.module], match.hyp, match.hyp_words, ref, match.ref_words, out.chunks});
    before = &aligned;
  }
  return out;
}

class MeteorWorker final : public MetricWorker {
 public:
  MeteorWorker(std::shared_ptr<const meteor::MeteorData> data, const Vocabulary& vocabulary,
               bool paraphrase)
      : segment_(std::move(data), vocabulary, paraphrase) {}

  void measure(const SampleView& sample, std::span<double> row) override {
    const meteor::Statistics counts = segment_.measure(sample);
    std::copy(counts.begin(), counts.end(), row.begin());
  }
  void explain(const SampleView& sample, Explanation& out) override {
    out.how = explain_segment(segment_, sample);
  }

 private:
  meteor::Segment segment_;
};

/// What a metric and an aggregator of METEOR have in common.
template <class Base>
class MeteorScores : public Base {
 public:
  std::string_view name() const override { return kNames[0]; }
  std::span<const std::string_view> columns() const override { return meteor::kCountNames; }
  std::span<const std::string_view> score_names() const override { return kNames; }
  void aggregate(std::span<const double> sums, double, std::span<double> scores) const override {
    scores[0] = meteor::meteor_score(sums.first<meteor::kCountTotal>());
  }
};

class Meteor final : public MeteorScores<Metric> {
 public:
  explicit Meteor(const MeteorOptions& options)
      : data_(open_data(options)), paraphrase_(options.paraphrase), tokenizer_(options.tokenizer) {}

  const text::Tokenizer& tokenizer() const override { return *tokenizer_; }
  bool english_only() const override { return true; }
  std::string signature() const override {
    return fmt::format("meteor|ver:1.5-en|norm:yes|wordnet:{:016x}|para:{}|tok:{}|v:1.0.0",
                       data_->wordnet_digest(),
                       paraphrase_ ? fmt::format("{:016x}", data_->paraphrase_digest()) : "off",
                       tokenizer_->name());
  }
  std::unique_ptr<MetricWorker> make_worker(const Vocabulary& vocabulary) const override {
    return std::make_unique<MeteorWorker>(data_, vocabulary, paraphrase_);
  }

 private:
  std::shared_ptr<const meteor::MeteorData> data_;
  const bool paraphrase_;
  std::shared_ptr<const text::Tokenizer> tokenizer_;
};

}  // namespace

std::unique_ptr<Metric> make_meteor(const MeteorOptions& options) {
  return std::make_unique<Meteor>(options);
}

std::unique_ptr<Aggregator> make_meteor_aggregator() {
  return std::make_unique<MeteorScores<Aggregator>>();
}

MeteorAlignment align_meteor(const MeteorOptions& options, std::string_view candidate,
                             const std::vector<std::string>& references) {
  Vocabulary vocabulary;
  std::vector<std::vector<WordId>> texts;
  const auto tokenize = [&](std::string_view text, std::string_view following) {
    text::TokenList tokens;
    options.tokenizer->tokenize(text, following, tokens);
    auto& words = texts.emplace_back();
    for (std::size_t i = 0; i < tokens.size(); ++i) words.push_back(vocabulary.intern(tokens[i]));
  };
  tokenize(candidate, {});
  for (std::size_t r = 0; r < references.size(); ++r) {
    tokenize(references[r], r + 1 < references.size() ? std::string_view(references[r + 1]) : "");
  }
  const std::vector<std::span<const WordId>> spans(texts.begin() + 1, texts.end());
  meteor::Segment segment(open_data(options), vocabulary, options.paraphrase);
  return explain_segment(segment, {texts[0], spans});
}

}  // namespace vernier
