#include "judges/engine/quantisation/layouts/layout.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "judges/engine/quantisation/layouts/awq_gemm.h"
#include "judges/engine/quantisation/layouts/gptq.h"
#include "judges/engine/quantisation/layouts/llm_awq.h"

namespace vernier::engine {
namespace {

/// What backends take (quantised_matrix.h).
constexpr std::size_t kColumns = 32;

/// The parts of the matrix fit together, and to the format.
bool holds(const QuantisationFormat& format, const QuantisedMatrix& weights) {
  const std::size_t size = weights.rows * weights.columns;
  if (weights.bits != format.bits || weights.group != format.group_of(weights.columns) ||
      misfit(format, weights.rows, weights.columns) || weights.codes.size() != size ||
      weights.scales.size() != weights.rows * weights.groups() ||
      weights.offsets.size() != weights.scales.size()) {
    return false;
  }
  if (std::ranges::any_of(weights.codes,
                          [&](unsigned code) { return code >> weights.bits != 0; })) {
    return false;
  }
  return weights.order.empty() || (format.act_order && weights.order.size() == weights.columns);
}

}  // namespace

std::optional<std::string> misfit(const QuantisationFormat& format, std::size_t rows,
                                  std::size_t columns) {
  const std::size_t group = format.group_of(columns);
  if (columns % group != 0) {
    return fmt::format("group_size {} does not divide its {} columns", group, columns);
  }
  if (group % kColumns != 0) {
    return fmt::format("groups of {} columns, expected a multiple of {}", group, kColumns);
  }
  switch (format.layout) {
    case QuantisationLayout::kAwqGemm:
      return awq_gemm::misfit(format, rows);
    case QuantisationLayout::kLlmAwq:
      return llm_awq::misfit(format, rows, columns);
    case QuantisationLayout::kGptq:
    case QuantisationLayout::kGptqV2:
      break;
  }
  return gptq::misfit(format, rows);
}

std::vector<LayerPart> layer_parts(const QuantisationFormat& format, std::size_t rows,
                                   std::size_t columns) {
  switch (format.layout) {
    case QuantisationLayout::kAwqGemm:
      return awq_gemm::layer_parts(format, rows, columns);
    case QuantisationLayout::kLlmAwq:
      return llm_awq::layer_parts(format, rows, columns);
    case QuantisationLayout::kGptq:
    case QuantisationLayout::kGptqV2:
      break;
  }
  return gptq::layer_parts(format, rows, columns);
}

QuantisedMatrix unpack(const QuantisationFormat& format, std::size_t rows, std::size_t columns,
                       std::span<const StoredPart> parts) {
  QuantisedMatrix weights;
  weights.rows = rows;
  weights.columns = columns;
  weights.bits = format.bits;
  weights.group = format.group_of(columns);
  weights.codes.resize(rows * columns);
  switch (format.layout) {
    case QuantisationLayout::kAwqGemm:
      awq_gemm::unpack(parts, weights);
      break;
    case QuantisationLayout::kLlmAwq:
      llm_awq::unpack(parts, weights);
      break;
    case QuantisationLayout::kGptq:
    case QuantisationLayout::kGptqV2:
      gptq::unpack(format.layout, parts, weights);
      break;
  }
  return weights;
}

std::vector<PackedTensor> pack(const QuantisationFormat& format, const QuantisedMatrix& weights) {
  if (!holds(format, weights)) {
    throw Error(ExitCode::kInternal,
                fmt::format("packing weights in few bits: {} does not hold the matrix [{}, {}]",
                            text_of(format), weights.rows, weights.columns));
  }
  switch (format.layout) {
    case QuantisationLayout::kAwqGemm:
      return awq_gemm::pack(weights);
    case QuantisationLayout::kLlmAwq:
      return llm_awq::pack(weights);
    case QuantisationLayout::kGptq:
    case QuantisationLayout::kGptqV2:
      break;
  }
  return gptq::pack(format.layout, weights);
}

}  // namespace vernier::engine
