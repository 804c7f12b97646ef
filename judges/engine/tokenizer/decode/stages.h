// The steps of decoders.
#pragma once

#include <memory>

#include "judges/engine/tokenizer/decode/decoder.h"

namespace vernier::engine {

/// `step` must outlive the stage.
std::unique_ptr<DecoderStage> make_stage(const DecoderStep& step, DecoderStage* next);

}  // namespace vernier::engine
