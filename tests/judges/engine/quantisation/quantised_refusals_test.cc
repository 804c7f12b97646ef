// Checkpoints in few bits that are refused, each with what is wrong and what was expected.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstring>
#include <functional>
#include <limits>

#include "judges/engine/container/values/convert.h"
#include "tests/judges/engine/container/refusal.h"
#include "tests/judges/engine/quantisation/quantised_golden.h"

namespace vernier::engine {
namespace {

constexpr const char* kDown = "language_model.model.layers.0.mlp.down_proj.";
constexpr const char* kCanonical = "llm.layers.0.mlp.down_proj.weight";

/// Names of down_proj's parts as the layout's file spells them.
std::string down(const char* part) { return std::string(kDown) + part; }

void open(const QuantisedGolden& golden) { const OpenedFolder opened(golden.write()); }

/// Of the values: opens the folder, which succeeds, and unpacks the weight.
void unpack_down(const QuantisedGolden& golden) {
  const OpenedFolder opened(golden.write());
  opened.tensors.quantised(kCanonical);
}

template <class Number>
void set(Checkpoint::Tensor& tensor, std::size_t n, Number number) {
  std::memcpy(tensor.bytes.data() + n * sizeof number, &number, sizeof number);
}

TEST(QuantisedRefusals, NamesAMissingCompanion) {
  for (const char* part : {"qzeros", "scales"}) {
    QuantisedGolden golden("llava_llama", "awq-g64");
    golden.checkpoint.erase(down(part));
    expect_refusal([&] { open(golden); }, "lacks tensor llm.layers.0.mlp.down_proj.", part);
  }
  QuantisedGolden order("llava_llama", "gptq-8bit-g32-order");
  order.checkpoint.erase(down("g_idx"));
  expect_refusal([&] { open(order); }, "lacks tensor", "down_proj.g_idx");
  QuantisedGolden codes("llava_llama", "awq-g64");
  codes.checkpoint.erase(down("qweight"));
  expect_refusal([&] { open(codes); }, "lacks tensor", "down_proj.weight");
  QuantisedGolden zeros("llava_llama", "llm-awq-g64");
  zeros.checkpoint.erase("model.layers.0.mlp.down_proj.scaled_zeros");
  expect_refusal([&] { open(zeros); }, "lacks tensor", "down_proj.scaled_zeros");
}

TEST(QuantisedRefusals, GroupsInOrderNeedNoIndex) {
  QuantisedGolden golden("llava_llama", "gptq-g64");
  const std::vector<std::uint8_t> before =
      OpenedFolder(golden.write()).tensors.quantised(kCanonical).codes;
  golden.checkpoint.erase(down("g_idx"));
  EXPECT_EQ(OpenedFolder(golden.write()).tensors.quantised(kCanonical).codes, before);
}

TEST(QuantisedRefusals, NamesShapesThatContradictEachOther) {
  for (const auto& [layout, part] : {std::pair("awq-g64", "qweight"),
                                     {"awq-g64", "qzeros"},
                                     {"awq-g64", "scales"},
                                     {"gptq-8bit-g32-order", "qweight"},
                                     {"gptq-8bit-g32-order", "qzeros"},
                                     {"gptq-8bit-g32-order", "scales"},
                                     {"gptq-8bit-g32-order", "g_idx"}}) {
    QuantisedGolden golden("llava_llama", layout);
    Shape& shape = golden.checkpoint.at(down(part)).shape;
    shape.insert(shape.begin(), 1);
    expect_refusal([&] { open(golden); }, "model.safetensors", down(part), "[1, ", "expected");
  }
}

TEST(QuantisedRefusals, NamesTypesThatAreNotTheLayouts) {
  for (const auto& [part, type] :
       {std::pair("qweight", DType::kF32), {"qzeros", DType::kU32}, {"scales", DType::kI16}}) {
    QuantisedGolden golden("llava_llama", "awq-g64");
    golden.checkpoint.at(down(part)).dtype = type;
    expect_refusal([&] { open(golden); }, down(part), name_of(type), "expected ");
  }
}

TEST(QuantisedRefusals, TheConfigMustSayTheLayout) {
  QuantisedGolden golden("llava_llama", "gptq-g64");
  golden.config["quantization_config"] = {{"quant_method", "awq"}, {"group_size", 64}};
  expect_refusal([&] { open(golden); }, ".qweight is I32 [16, 64], expected I32 [128, 8]",
                 "int4-g64-awq", "looks like int4-g64-gptq");
  golden.config["quantization_config"] = {
      {"quant_method", "gptq"}, {"bits", 8}, {"group_size", 64}};
  expect_refusal([&] { open(golden); }, "int8-g64-gptq", "looks like int4-g64-gptq");
  QuantisedGolden awq("llava_llama", "awq-g64");
  awq.config["quantization_config"] = {{"quant_method", "gptq"}, {"group_size", 64}};
  expect_refusal([&] { open(awq); }, "int4-g64-gptq", "looks like int4-g64-awq");
  awq.config["quantization_config"]["quant_method"] = "awq";
  awq.config["quantization_config"]["backend"] = "llm-awq";
  expect_refusal([&] { open(awq); }, "I16", "int4-g64-llm-awq", "looks like int4-g64-awq");
  awq.config["quantization_config"].erase("backend");
  awq.config["quantization_config"]["group_size"] = 32;
  expect_refusal([&] { open(awq); }, "qzeros has shape [2, 8], expected [4, 8]");
}

TEST(QuantisedRefusals, TheConfigMustSayThatItIsQuantised) {
  QuantisedGolden golden("llava_llama", "awq-g64");
  golden.config.erase("quantization_config");
  expect_refusal([&] { open(golden); }, ".qweight", "lacks quantization_config", "quant_method");
}

TEST(QuantisedRefusals, NothingInFewBitsIsNoQuantisedModel) {
  QuantisedGolden golden("llava_llama", "awq-g64");
  std::erase_if(golden.checkpoint.tensors(),
                [](const auto& tensor) { return tensor.name.ends_with(".qweight"); });
  expect_refusal([&] { open(golden); }, "holds no tensor X.qweight", "quantization_config");
}

TEST(QuantisedRefusals, OneWeightTwiceIsRefused) {
  QuantisedGolden golden("llava_llama", "awq-g64");
  golden.checkpoint.add({down("weight"), DType::kF16, {64, 128}, std::vector<std::byte>(16384)});
  expect_refusal([&] { open(golden); }, down("qweight"), down("weight"), "keep one of them");
}

TEST(QuantisedRefusals, OtherPartsOfTheModelAreRefused) {
  QuantisedGolden golden("llava_llama", "awq-g64");
  golden.checkpoint.add({"multi_modal_projector.linear_1.qweight", DType::kI32, {1}, {}});
  golden.checkpoint.tensors().back().bytes.resize(4);
  expect_refusal([&] { open(golden); }, "multi_modal_projector.linear_1.qweight",
                 "language model's layers only");
}

TEST(QuantisedRefusals, GroupsMustFitTheWeights) {
  const auto refused = [](int group, const char* what) {
    QuantisedGolden golden("llava_llama", "awq-g64");
    golden.config["quantization_config"]["group_size"] = group;
    expect_refusal([&] { open(golden); }, "qweight", what);
  };
  refused(96, "group_size 96 does not divide its");
  refused(16, "groups of 16 columns, expected a multiple of 32");
  refused(1024, "group_size 1024 does not divide its");
}

TEST(QuantisedRefusals, ScalesMustBeNumbersAboveZero) {
  const auto refused = [](float scale, const char* what) {
    QuantisedGolden golden("llava_llama", "awq-g64");
    set(golden.checkpoint.at(down("scales")), 64 + 5, half_of(scale));
    expect_refusal([&] { unpack_down(golden); }, "model.safetensors", down("scales"),
                   "row 5, group 1", what);
  };
  refused(std::numeric_limits<float>::quiet_NaN(), "nan");
  refused(std::numeric_limits<float>::infinity(), "inf");
  refused(-0.5F, "-0.5");
}

TEST(QuantisedRefusals, ScaledZerosMustBeZeroPoints) {
  for (const float offset : {0.25F, -0x1p15F, std::numeric_limits<float>::infinity()}) {
    QuantisedGolden golden("llava_llama", "llm-awq-g64");
    const std::string name = "model.layers.0.mlp.down_proj.scaled_zeros";
    set(golden.checkpoint.at(name), 64 + 5, half_of(offset));
    expect_refusal([&] { unpack_down(golden); }, name, "row 5, group 1", "expected");
  }
}

TEST(QuantisedRefusals, GroupsOfColumnsMustBeEquallyLarge) {
  const auto refused = [](std::int32_t group, const char* what) {
    QuantisedGolden golden("llava_llama", "gptq-8bit-g32-order");
    Checkpoint::Tensor& index = golden.checkpoint.at(down("g_idx"));
    std::int32_t now = 0;
    std::memcpy(&now, index.bytes.data(), sizeof now);
    set(index, 0, group < 0 || group > 3 ? group : (now + 1) % 4);
    expect_refusal([&] { unpack_down(golden); }, down("g_idx"), what);
  };
  refused(-1, "puts column 0 into group -1, expected 0 to 3");
  refused(4, "puts column 0 into group 4, expected 0 to 3");
  refused(0, "expected group_size 32");
}

}  // namespace
}  // namespace vernier::engine
