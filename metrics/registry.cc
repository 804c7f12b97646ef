#include "metrics/registry.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "metrics/answers/exact_match.h"
#include "metrics/bleu/bleu.h"
#include "metrics/cider/cider.h"
#include "metrics/cider/df_file.h"
#include "metrics/meteor/meteor.h"
#include "metrics/rouge/rouge_l.h"
#include "metrics/rouge/rouge_lsum.h"
#include "metrics/rouge/rouge_n.h"
#include "metrics/rouge/rouge_score_l.h"
#include "metrics/sacrebleu/ter/ter.h"
#include "metrics/spice/spice.h"

namespace vernier {
namespace {

using Open = std::unique_ptr<Metric> (*)(const MetricOptions&);

struct Known {
  MetricInfo info;
  Open open;
};

std::shared_ptr<const text::Tokenizer> caption_tokenizer(const MetricOptions& options) {
  if (options.tokenizer != "ptb" && options.tokenizer != "icu" && options.tokenizer != "char") {
    throw Error(ExitCode::kUsage,
                fmt::format("--tokenizer {}: expected ptb, icu or char", options.tokenizer));
  }
  return text::open_tokenizer(options.tokenizer);
}

template <bool clipped>
std::unique_ptr<Metric> open_cider(const MetricOptions& options) {
  CiderOptions cider;
  cider.tokenizer = caption_tokenizer(options);
  cider.clipped = clipped;
  if (!options.document_frequencies.empty()) {
    DfFile file = read_df_file(options.document_frequencies);
    if (file.tokenizer != cider.tokenizer->name()) {
      throw Error(
          ExitCode::kUsage,
          fmt::format("{}: made with tokenizer {}, but CIDEr would use {}",
                      options.document_frequencies, file.tokenizer, cider.tokenizer->name()));
    }
    cider.frequencies = std::move(file.frequencies);
    cider.frequencies_name = std::move(file.digest);
  }
  return make_cider(std::move(cider));
}

std::unique_ptr<Metric> open_meteor(const MetricOptions& options) {
  MeteorOptions meteor;
  meteor.data_path = options.meteor_data;
  meteor.paraphrase = options.meteor_paraphrase;
  meteor.tokenizer = text::open_tokenizer("ptb");
  return make_meteor(meteor);
}

std::unique_ptr<Metric> open_spice(const MetricOptions& options) {
  return make_spice({options.spice_grammar, options.meteor_data, text::open_tokenizer("ptb")});
}

std::unique_ptr<Metric> open_spice_fast(const MetricOptions& options) {
  return make_spice_fast({{}, options.meteor_data, text::open_tokenizer("ptb")});
}

template <int n>
std::unique_ptr<Metric> open_rouge_n(const MetricOptions& options) {
  return make_rouge_n(n, {.stem = options.rouge_stem});
}

template <int word_order>
std::unique_ptr<Metric> open_chrf(const MetricOptions& options) {
  ChrfOptions chrf = options.chrf;
  chrf.word_order = word_order;
  return make_chrf(chrf);
}

// The metric that a score belongs to: bleu-4 -> bleu, rouge-1-recall -> rouge-1, spice/color ->
// spice.
std::string_view metric_of_score(std::string_view name) {
  if (name.size() == 6 && name.starts_with("bleu-") && name[5] >= '1' && name[5] <= '4') {
    return "bleu";
  }
  if (const std::size_t slash = name.find('/'); slash != name.npos) return name.substr(0, slash);
  for (const std::string_view part : {"-precision", "-recall"}) {
    if (name.starts_with("rouge-") && name.ends_with(part)) {
      return name.substr(0, name.size() - part.size());
    }
  }
  return name;
}

const std::vector<Known>& known() {
  static const std::vector<Known> list = {
      {{"bleu", "BLEU-1 to BLEU-4 as the COCO caption tools compute it", true},
       [](const MetricOptions& o) { return make_bleu(caption_tokenizer(o)); }},
      {{"rouge-l", "ROUGE-L as the COCO caption tools compute it", true},
       [](const MetricOptions& o) { return make_rouge_l(caption_tokenizer(o)); }},
      {{"meteor", "METEOR 1.5 English: exact, stem, synonym and paraphrase matches", true},
       open_meteor},
      {{"cider", "CIDEr-D, reported as CIDEr by the COCO caption tools", true}, open_cider<true>},
      {{"spice", "SPICE 1.0: F1 over scene graphs, with the Stanford parser's grammar", true},
       open_spice},
      {{"spice-fast", "SPICE with our own parser: needs no grammar, close to spice", true},
       open_spice_fast},
      {{"cider-plain", "CIDEr without clipping and length penalty", false}, open_cider<false>},
      {{"exact-match", "share of answers that equal one of the right ones", false},
       [](const MetricOptions& o) { return make_exact_match(caption_tokenizer(o)); }},
      {{"rouge-1", "ROUGE-1 as rouge_score computes it: F, precision, recall of words", false},
       open_rouge_n<1>},
      {{"rouge-2", "ROUGE-2 of rouge_score: pairs of words", false}, open_rouge_n<2>},
      {{"rouge-3", "ROUGE-3 of rouge_score: triples of words", false}, open_rouge_n<3>},
      {{"rouge-score-l", "ROUGE-L of rouge_score: longest common subsequence", false},
       [](const MetricOptions& o) { return make_rouge_score_l({.stem = o.rouge_stem}); }},
      {{"rouge-lsum", "ROUGE-Lsum of rouge_score: summary level, one sentence a line", false},
       [](const MetricOptions& o) { return make_rouge_lsum({.stem = o.rouge_stem}); }},
      {{"sacrebleu", "BLEU as sacreBLEU computes it, 0 to 100", false},
       [](const MetricOptions& o) { return make_sacrebleu(o.sacrebleu); }},
      {{"chrf", "chrF of sacreBLEU: F of character n-grams, 0 to 100", false}, open_chrf<0>},
      {{"chrf++", "chrF++ of sacreBLEU: words and pairs of words count too", false}, open_chrf<2>},
      {{"ter", "translation edit rate of sacreBLEU; less is better", false},
       [](const MetricOptions& o) { return make_ter(o.ter); }},
  };
  return list;
}

}  // namespace

const std::vector<MetricInfo>& known_metrics() {
  static const std::vector<MetricInfo> list = [] {
    std::vector<MetricInfo> infos;
    for (const Known& k : known()) infos.push_back(k.info);
    return infos;
  }();
  return list;
}

std::unique_ptr<Metric> open_metric(std::string_view name, const MetricOptions& options) {
  const std::string_view wanted = metric_of_score(name);
  std::string names;
  for (const Known& k : known()) {
    if (k.info.name == wanted) return k.open(options);
    names += names.empty() ? "" : ", ";
    names += k.info.name;
  }
  throw Error(ExitCode::kUsage, fmt::format("unknown metric '{}'; known: {}", name, names));
}

std::vector<std::unique_ptr<Metric>> open_metrics(const std::vector<std::string>& names,
                                                  MetricSet otherwise, const MetricOptions& options,
                                                  std::vector<SkippedMetric>& skipped) {
  std::vector<std::unique_ptr<Metric>> metrics;
  const auto add = [&](std::unique_ptr<Metric> metric) {
    const auto same = [&](const auto& other) { return other->name() == metric->name(); };
    if (std::none_of(metrics.begin(), metrics.end(), same)) metrics.push_back(std::move(metric));
  };
  for (const std::string& name : names) add(open_metric(name, options));
  if (!names.empty()) return metrics;
  for (const MetricInfo& info : known_metrics()) {
    if (!info.standard && otherwise == MetricSet::kStandard) continue;
    try {
      add(open_metric(info.name, options));
    } catch (const Error& error) {
      if (error.code() != ExitCode::kResource) throw;
      skipped.push_back({std::string(info.name), error.what()});
    }
  }
  return metrics;
}

}  // namespace vernier
