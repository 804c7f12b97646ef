#include "judges/engine/config/quantisation_config.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "judges/engine/config/limits.h"

namespace vernier::engine {
namespace {

constexpr const char* kKey = "quantization_config";

/// In small letters: AutoAWQ's own files say "GEMM".
std::optional<std::string> word(const ConfigObject& object, std::string_view key) {
  auto text = object.text(key);
  if (!text) return text;
  std::ranges::transform(*text, text->begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

/// Of two spellings the one that is there.
std::string_view spelling(const ConfigObject& object, std::string_view usual,
                          std::string_view other) {
  return !object.has(usual) && object.has(other) ? other : usual;
}

std::size_t read_group(const ConfigObject& object) {
  const auto key = spelling(object, "group_size", "q_group_size");
  const std::int64_t group = object.whole(key, {-1, limits::kMlp.most}).value_or(128);
  if (group == 0) object.refuse(key, "a number of columns, or -1 for all of a row");
  return group < 0 ? 0 : static_cast<std::size_t>(group);
}

unsigned read_bits(const ConfigObject& object, std::string_view key, std::string_view expected) {
  const std::int64_t bits = object.whole(key, {1, 64}).value_or(4);
  if (bits != 4 && (bits != 8 || expected == "4")) object.refuse(key, expected);
  return static_cast<unsigned>(bits);
}

QuantisationFormat read_awq(const ConfigObject& object) {
  QuantisationFormat format;
  const std::string_view key = spelling(object, "version", "format");
  const std::string version = word(object, key).value_or("gemm");
  if (word(object, "backend") == "llm-awq" || version == "llm-awq") {
    format.layout = QuantisationLayout::kLlmAwq;
  } else if (version != "gemm" && version != "exllama" && version != "ipex") {
    object.refuse(key,
                  "gemm, AutoAWQ's common layout (gemv, gemv_fast and marlin are laid out for "
                  "single programs), or llm-awq; quantise the model anew with version GEMM");
  }
  format.bits = read_bits(object, spelling(object, "bits", "w_bit"), "4");
  format.group = read_group(object);
  if (!object.flag("zero_point", true)) {
    object.refuse("zero_point", "true: AWQ with zero points");
  }
  return format;
}

QuantisationFormat read_gptq(const ConfigObject& object) {
  QuantisationFormat format;
  format.layout = QuantisationLayout::kGptq;
  const std::string_view key = spelling(object, "checkpoint_format", "format");
  const std::string version = word(object, key).value_or("gptq");
  if (version == "gptq_v2") {
    format.layout = QuantisationLayout::kGptqV2;
  } else if (version != "gptq") {
    object.refuse(key,
                  "gptq or gptq_v2 (marlin, bitblas and the like are laid out for single "
                  "programs); take the checkpoint it was made of");
  }
  if (object.flag("is_marlin_format", false)) {
    object.refuse("is_marlin_format",
                  "false: GPTQ's own layout; take the checkpoint it was made of");
  }
  if (word(object, "pack_dtype").value_or("int32") != "int32") object.refuse("pack_dtype", "int32");
  format.bits = read_bits(object, "bits", "4 or 8");
  format.group = read_group(object);
  format.act_order = object.flag("desc_act", false);
  return format;
}

}  // namespace

std::optional<QuantisationFormat> read_quantisation_config(const ConfigObject& top,
                                                           const ConfigObject& text) {
  const ConfigObject object = top.has(kKey) ? top.object(kKey) : text.object(kKey);
  if (!object.present()) return std::nullopt;
  const std::string method = word(object, "quant_method").value_or("");
  if (method == "awq") return read_awq(object);
  if (method == "gptq") return read_gptq(object);
  object.refuse(
      "quant_method",
      "awq (4 bits) or gptq (4 or 8 bits); other quantised checkpoints are not read: take "
      "the model in 16 or 32 bits and quantise that (vernier quantize)");
}

}  // namespace vernier::engine
