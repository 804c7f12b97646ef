// Every metric by name.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/metric.h"
#include "metrics/sacrebleu/chrf.h"
#include "metrics/sacrebleu/sacrebleu.h"
#include "metrics/text/sacrebleu/tercom_tokenizer.h"

namespace vernier {

struct MetricOptions {
  /// Tokens of BLEU, ROUGE-L and CIDEr: ptb (the reference tools'), icu or char.
  std::string tokenizer = "ptb";
  /// Stored document frequencies for CIDEr (metrics/cider/df_file.h); empty: those of the corpus.
  std::string document_frequencies;
  /// Porter stems in rouge_score's ROUGE.
  bool rouge_stem = false;
  SacrebleuOptions sacrebleu;
  ChrfOptions chrf;  ///< of chrf and chrf++, which set the word order themselves
  text::TercomOptions ter;
  /// METEOR without its paraphrase table, under another signature.
  bool meteor_paraphrase = true;
  /// The compiled METEOR data; empty: the installed one. SPICE takes its synonyms from it.
  std::string meteor_data;
  /// The grammar of SPICE's exact parser; empty: the installed one.
  std::string spice_grammar;
};

struct MetricInfo {
  std::string_view name;
  std::string_view description;
  bool standard;  ///< computed when no metric is named
};

/// All metrics, in the order in which tables show them.
const std::vector<MetricInfo>& known_metrics();

/// Opens a metric by its name or by one of its score names ("bleu-4" opens bleu). Throws
/// Error(kUsage) for an unknown name, listing the known ones, and Error(kResource) when data that
/// the metric needs is not installed.
std::unique_ptr<Metric> open_metric(std::string_view name, const MetricOptions& options = {});

enum class MetricSet { kStandard, kAll };

struct SkippedMetric {
  std::string name, reason;
};

/// Opens the metrics named, each once, or, when none is named, those of `otherwise` whose data is
/// installed; the others are listed in `skipped`. Throws as open_metric.
std::vector<std::unique_ptr<Metric>> open_metrics(const std::vector<std::string>& names,
                                                  MetricSet otherwise, const MetricOptions& options,
                                                  std::vector<SkippedMetric>& skipped);

}  // namespace vernier
