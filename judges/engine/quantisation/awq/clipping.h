// Cutting the largest weights of a group off before it is rounded: the others get finer steps.
#pragma once

#include "judges/engine/backend/backend.h"
#include "judges/engine/quantisation/awq/layer/decoder_layer.h"
#include "judges/engine/quantisation/rounding.h"

namespace vernier::engine {

/// For each row and group of `linear` the bound m * (1 - i / 20), i = 0 ... 9, of its largest |w| =
/// m under which the group's part of the output is off least, over the inputs x [rows, columns]
/// (AWQ's search; by the inputs' products with each other, so over all of them at the cost of
/// `group` of them). Cuts the weights there. On the processor. Returns the share of groups that
/// were cut.
double clip_weights(Backend& backend, Rows x, const Rounding& rounding, unsigned threads,
                    Linear& linear);

}  // namespace vernier::engine
