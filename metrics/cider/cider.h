// CIDEr as the COCO caption tools compute it: CIDEr-D (Vedantam et al. 2015, section 5) with n = 4
// and sigma = 6, or the unclipped CIDEr of vrama91/cider.
#pragma once

#include <memory>

#include "metrics/cider/document_frequencies.h"
#include "metrics/metric.h"

namespace vernier {

struct CiderOptions {
  std::shared_ptr<const text::Tokenizer> tokenizer;
  /// CIDEr-D: clipped similarity with a Gaussian length penalty ("cider"); false: "cider-plain".
  bool clipped = true;
  /// Stored document frequencies; null: those of the evaluated references.
  std::shared_ptr<const DocumentFrequencies> frequencies;
  /// How the signature names stored frequencies, e.g. their digest.
  std::string frequencies_name;
};

/// Row: the sample's score. The corpus value is the mean; NaN for fewer than two documents, where
/// every inverse document frequency is 0.
std::unique_ptr<Metric> make_cider(CiderOptions options);

/// Counts documents into `table`; what make_cider uses on the evaluated references.
std::unique_ptr<MetricObserver> make_frequency_observer(DocumentFrequencies& table,
                                                        const Vocabulary& vocabulary);

}  // namespace vernier
