// A model's language layers in few bits, one after the other. Vision tower, projector, embedding,
// norms and head stay as they are.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "judges/engine/model/checkpoint_model.h"
#include "judges/engine/quantisation/awq/awq.h"
#include "judges/engine/quantisation/awq/calibration.h"
#include "judges/engine/quantisation/quantised_folder.h"

namespace vernier::engine {

/// AWQ: what the layers add is compared on what the model reads (`calibration`, which becomes what
/// leaves the last layer). Puts every layer into `folder`. `done(n)` after layer n; it may throw.
/// The same bits for any number of threads. On the processor.
std::vector<LayerReport> quantise_awq(CheckpointModel& model, Calibration& calibration,
                                      const AwqSettings& settings, QuantisedFolder& folder,
                                      const std::function<void(std::size_t)>& done);

/// Every weight to the nearest.
void quantise_to_nearest(const CheckpointModel& model, const Rounding& rounding, unsigned threads,
                         QuantisedFolder& folder, const std::function<void(std::size_t)>& done);

}  // namespace vernier::engine
