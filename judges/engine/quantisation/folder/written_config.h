// config.json of a folder with weights in few bits.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "judges/engine/config/family.h"
#include "judges/engine/quantisation/quantisation_format.h"

namespace vernier::engine {

struct WrittenQuantisation {
  QuantisationFormat format;
  Family family = Family::kLlava;
  std::vector<std::string> plain;  ///< matrices of layers that stay, as "layers.0.mlp.down_proj"
  bool head = false;               ///< the head is in few bits, too
  bool symmetric = false;          ///< every zero point is in the middle
};

/// The text of a config.json with `quantization_config` behind its other keys, as AutoAWQ,
/// GPTQModel or scripts/convert-llm-awq.py write it. Names of modules are there as transformers
/// 4 and 5 and vLLM match them.
std::string with_quantisation(std::string_view config, const WrittenQuantisation& quantisation);

}  // namespace vernier::engine
