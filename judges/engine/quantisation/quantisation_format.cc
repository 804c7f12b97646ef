#include "judges/engine/quantisation/quantisation_format.h"

#include <fmt/format.h>

namespace vernier::engine {

std::string_view name_of(QuantisationLayout layout) {
  switch (layout) {
    case QuantisationLayout::kAwqGemm:
      return "awq";
    case QuantisationLayout::kLlmAwq:
      return "llm-awq";
    case QuantisationLayout::kGptq:
      return "gptq";
    case QuantisationLayout::kGptqV2:
      return "gptq_v2";
  }
  return "";
}

std::string text_of(const QuantisationFormat& format) {
  const std::string group = format.group == 0 ? "rows" : fmt::format("g{}", format.group);
  return fmt::format("int{}-{}-{}", format.bits, group, name_of(format.layout));
}

}  // namespace vernier::engine
