// What `vernier quantize` prints.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "judges/engine/model/checkpoint_model.h"
#include "judges/engine/quantisation/awq/awq.h"
#include "runners/output/output_format.h"

namespace vernier {

struct QuantizeReport {
  std::string source;                       ///< the model's signature
  std::string output;                       ///< printable
  std::string weights;                      ///< a digest of what was written, as signatures have it
  std::string calibration;                  ///< empty: none
  std::vector<engine::LayerReport> layers;  ///< of AWQ
  std::uint64_t bytes_before = 0, bytes_after = 0;  ///< of all tensors
  double layer_bits = 0;  ///< a weight of the layers, scales and zero points included
};

/// Opens what was written, as whoever loads it will, and takes its size and digest.
void finish_report(const std::string& folder, const engine::CheckpointModel& source,
                   QuantizeReport& report);

/// A table each, or JSON of schema vernier.quantize/1.
std::string quantize_text(const std::vector<QuantizeReport>& reports, OutputFormat format);

}  // namespace vernier
