// What a config.json says about weights in few bits.
#pragma once

#include <optional>

#include "judges/engine/config/json/config_object.h"
#include "judges/engine/quantisation/quantisation_format.h"

namespace vernier::engine {

/// Reads `quantization_config` of the first of the objects that has one, as AutoAWQ, llm-awq's
/// converter (scripts/convert-llm-awq.py), AutoGPTQ, GPTQModel and transformers write it; nothing
/// where none has. Throws Error(kResource) for methods, versions, bits and group sizes that are not
/// read, with what is.
std::optional<QuantisationFormat> read_quantisation_config(const ConfigObject& top,
                                                           const ConfigObject& text);

}  // namespace vernier::engine
