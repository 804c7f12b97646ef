#include "judges/engine/quantisation/folder/written_config.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "judges/engine/families/profile.h"

namespace vernier::engine {
namespace {

using Json = nlohmann::ordered_json;

/// What is not in few bits, by the names of modules in files and in memory.
std::vector<std::string> plain_modules(const WrittenQuantisation& quantisation) {
  const auto plain = profile_of(quantisation.family).plain_modules;
  std::vector<std::string> names(plain.begin(), plain.end());
  if (!quantisation.head) names.emplace_back("lm_head");
  names.insert(names.end(), quantisation.plain.begin(), quantisation.plain.end());
  return names;
}

Json awq_block(const WrittenQuantisation& quantisation, int group) {
  Json block;
  if (quantisation.format.layout == QuantisationLayout::kLlmAwq) block["backend"] = "llm-awq";
  block["bits"] = quantisation.format.bits;
  block["group_size"] = group;
  block["modules_to_not_convert"] = plain_modules(quantisation);
  block["quant_method"] = "awq";
  if (quantisation.format.layout == QuantisationLayout::kAwqGemm) block["version"] = "gemm";
  block["zero_point"] = true;
  return block;
}

/// GPTQModel's way to leave modules out: patterns behind "-:".
Json left_out(const WrittenQuantisation& quantisation) {
  Json patterns = Json::object();
  for (const std::string& name : plain_modules(quantisation)) {
    std::string pattern;
    for (const char c : name) pattern += c == '.' ? std::string("\\.") : std::string(1, c);
    patterns["-:.*" + pattern] = Json::object();
  }
  return patterns;
}

Json gptq_block(const WrittenQuantisation& quantisation, int group) {
  Json block;
  block["bits"] = quantisation.format.bits;
  block["checkpoint_format"] = name_of(quantisation.format.layout);
  block["desc_act"] = quantisation.format.act_order;
  block["dynamic"] = left_out(quantisation);
  block["group_size"] = group;
  block["lm_head"] = quantisation.head;
  block["pack_dtype"] = "int32";
  block["quant_method"] = "gptq";
  block["sym"] = quantisation.symmetric;
  return block;
}

}  // namespace

std::string with_quantisation(std::string_view config, const WrittenQuantisation& quantisation) {
  Json json = Json::parse(config);
  const QuantisationFormat& format = quantisation.format;
  const int group = format.group == 0 ? -1 : static_cast<int>(format.group);
  const bool is_gptq =
      format.layout == QuantisationLayout::kGptq || format.layout == QuantisationLayout::kGptqV2;
  json["quantization_config"] =
      is_gptq ? gptq_block(quantisation, group) : awq_block(quantisation, group);
  return json.dump(2) + '\n';
}

}  // namespace vernier::engine
