// quantization_config in its spellings, and what is refused.
#include "judges/engine/config/quantisation_config.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/judges/engine/container/refusal.h"

namespace vernier::engine {
namespace {

std::optional<QuantisationFormat> read(const std::string& text) {
  const ConfigFile file(text, "config.json");
  const ConfigObject top(file);
  return read_quantisation_config(top, top.object("text_config"));
}

std::optional<QuantisationFormat> read_block(const std::string& block) {
  return read(fmt::format(R"({{"quantization_config": {}}})", block));
}

std::string text_of_block(const std::string& block) {
  const auto format = read_block(block);
  return text_of(*format) + (format->act_order ? " in order" : "");
}

TEST(QuantisationConfig, PlainCheckpointsHaveNone) {
  EXPECT_FALSE(read("{}"));
  EXPECT_FALSE(read(R"({"quantization_config": null, "text_config": {}})"));
}

TEST(QuantisationConfig, ReadsWhatToolsWrite) {
  EXPECT_EQ(text_of_block(R"({"quant_method": "awq"})"), "int4-g128-awq");
  EXPECT_EQ(text_of_block(R"({"bits": 4, "group_size": 64, "modules_to_not_convert": null,
                              "quant_method": "awq", "version": "gemm", "zero_point": true})"),
            "int4-g64-awq");
  EXPECT_EQ(text_of_block(R"({"zero_point": true, "q_group_size": 32, "w_bit": 4,
                              "version": "GEMM", "quant_method": "awq", "backend": "autoawq",
                              "do_fuse": false, "exllama_config": null})"),
            "int4-g32-awq");
  EXPECT_EQ(text_of_block(R"({"quant_method": "awq", "version": "exllama"})"), "int4-g128-awq");
  EXPECT_EQ(text_of_block(R"({"quant_method": "AWQ", "format": "gemm", "group_size": -1})"),
            "int4-rows-awq");
  EXPECT_EQ(text_of_block(R"({"quant_method": "awq", "backend": "llm-awq", "bits": 4,
                              "group_size": 128, "zero_point": true})"),
            "int4-g128-llm-awq");
  EXPECT_EQ(text_of_block(R"({"quant_method": "awq", "version": "llm-awq"})"), "int4-g128-llm-awq");
  EXPECT_EQ(text_of_block(R"({"bits": 4, "damp_percent": 0.1, "desc_act": true, "group_size": 32,
                              "model_file_base_name": "model", "quant_method": "gptq",
                              "sym": true, "true_sequential": true})"),
            "int4-g32-gptq in order");
  EXPECT_EQ(text_of_block(R"({"bits": 8, "checkpoint_format": "gptq", "desc_act": false,
                              "group_size": -1, "lm_head": false, "pack_dtype": "int32",
                              "meta": {"quantizer": ["gptqmodel:1.4.0"]}, "quant_method": "gptq",
                              "dynamic": {"-:.*vision.*": {}}, "is_marlin_format": false})"),
            "int8-rows-gptq");
  EXPECT_EQ(text_of_block(R"({"bits": 4, "format": "gptq_v2", "quant_method": "gptq"})"),
            "int4-g128-gptq_v2");
}

TEST(QuantisationConfig, TheTextModelsOwnIsReadToo) {
  EXPECT_EQ(text_of(*read(R"({"text_config": {"quantization_config":
                               {"quant_method": "awq", "group_size": 64}}})")),
            "int4-g64-awq");
}

TEST(QuantisationConfig, OtherMethodsAreRefusedByName) {
  for (const char* method : {"bitsandbytes", "compressed-tensors", "fp8", "hqq", "auto-round",
                             "aqlm", "quanto", "torchao", "modelopt"}) {
    expect_refusal(
        [&] { read_block(fmt::format(R"({{"quant_method": "{}", "bits": 4}})", method)); },
        "quantization_config.quant_method", method, "awq (4 bits) or gptq (4 or 8 bits)");
  }
  expect_refusal([] { read_block(R"({"load_in_4bit": true})"); }, "quant_method is absent");
  expect_refusal([] { read_block(R"("awq")"); }, "quantization_config", "an object");
  expect_refusal([] { read_block(R"({"quant_method": 4})"); }, "quant_method is 4", "a string");
}

TEST(QuantisationConfig, OtherLayoutsAreRefusedByName) {
  for (const char* version : {"gemv", "gemv_fast", "marlin", "?"}) {
    expect_refusal(
        [&] { read_block(fmt::format(R"({{"quant_method": "awq", "version": "{}"}})", version)); },
        "quantization_config.version", version, "gemm");
  }
  for (const char* key : {"checkpoint_format", "format"}) {
    expect_refusal(
        [&] { read_block(fmt::format(R"({{"quant_method": "gptq", "{}": "marlin"}})", key)); }, key,
        "marlin", "gptq or gptq_v2");
  }
  expect_refusal([] { read_block(R"({"quant_method": "gptq", "is_marlin_format": true})"); },
                 "is_marlin_format is true");
  expect_refusal([] { read_block(R"({"quant_method": "gptq", "pack_dtype": "int64"})"); },
                 "pack_dtype", "int32");
  expect_refusal([] { read_block(R"({"quant_method": "awq", "zero_point": false})"); },
                 "zero_point is false");
}

TEST(QuantisationConfig, OtherBitsAndGroupsAreRefused) {
  for (const int bits : {2, 3, 5, 16}) {
    expect_refusal(
        [&] { read_block(fmt::format(R"({{"quant_method": "gptq", "bits": {}}})", bits)); },
        fmt::format("bits is {}, expected 4 or 8", bits));
  }
  expect_refusal([] { read_block(R"({"quant_method": "awq", "bits": 8})"); }, "bits is 8");
  expect_refusal([] { read_block(R"({"quant_method": "awq", "w_bit": 3})"); }, "w_bit is 3");
  expect_refusal([] { read_block(R"({"quant_method": "awq", "bits": "4"})"); }, "bits", "whole");
  for (const char* group : {"0", "-2", "1.5", "9999999999"}) {
    expect_refusal(
        [&] { read_block(fmt::format(R"({{"quant_method": "awq", "group_size": {}}})", group)); },
        "group_size", group);
  }
  expect_refusal([] { read_block(R"({"quant_method": "gptq", "desc_act": 1})"); }, "desc_act");
}

}  // namespace
}  // namespace vernier::engine
