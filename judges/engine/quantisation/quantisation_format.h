// How checkpoints store weights in few bits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace vernier::engine {

enum class QuantisationLayout : std::uint8_t {
  kAwqGemm,  ///< AutoAWQ, version "gemm"; 4 bits
  kLlmAwq,   ///< the second layout of llm-awq (TinyChat); 4 bits
  kGptq,     ///< GPTQ as AutoGPTQ has it: zero points are stored less 1; 4 or 8 bits
  kGptqV2,   ///< the same with zero points as they are
};

/// "awq", "llm-awq", "gptq", "gptq_v2".
std::string_view name_of(QuantisationLayout layout);

struct QuantisationFormat {
  QuantisationLayout layout = QuantisationLayout::kAwqGemm;
  unsigned bits = 4;
  std::size_t group = 128;  ///< columns with one scale; 0: all of a row
  bool act_order = false;   ///< GPTQ: a file says which group each column is in (desc_act)

  std::size_t group_of(std::size_t columns) const { return group == 0 ? columns : group; }
};

/// For signatures: "int4-g128-awq", "int8-rows-gptq".
std::string text_of(const QuantisationFormat& format);

}  // namespace vernier::engine
