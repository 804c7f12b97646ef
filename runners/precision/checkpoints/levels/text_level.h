// What both models expect at every place of captions that people wrote.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "judges/precision/logit_drift.h"
#include "results/precision/logit_summary.h"
#include "runners/commands/commands.h"
#include "runners/precision/checkpoints/input/checkpoints_data.h"
#include "runners/precision/checkpoints/side.h"

namespace vernier {

/// Requests of some of `data.texts`, each forced to be answered by its text.
std::vector<chat::ChatRequest> text_requests(const CheckpointsData& data,
                                             std::span<const std::size_t> which,
                                             const CheckpointsOptions& options);

struct TextLevel {
  std::vector<LogitPlace> places;  ///< cluster: the number of the picture
  LogitSummary summary;
  std::vector<std::string> errors;  ///< of texts that could not be read
};

/// Writes the runs (kl, top-changed, perplexity, of each text), one sample a picture. Throws
/// Error(kIncomplete) for models that cannot be compared logit by logit.
TextLevel compare_texts(const SidePair& pair, const CheckpointsData& data,
                        const CheckpointsOptions& options, const GlobalOptions& global);

}  // namespace vernier
