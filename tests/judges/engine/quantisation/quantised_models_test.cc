// Checkpoints in few bits: what the engine reads and computes is what independent packers wrote and
// transformers computes from the weights that they stand for (tests/oracles/quantised_models.py).
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <string>
#include <vector>

#include "judges/chat/local/local_model.h"
#include "judges/engine/container/names/canonical_name.h"
#include "judges/engine/quantisation/layouts/layout.h"
#include "tests/judges/engine/golden_model.h"
#include "tests/judges/engine/quantisation/quantised_golden.h"

namespace vernier::engine {
namespace {

using Json = nlohmann::json;

struct Case {
  const char* model;
  const char* layout;
};

constexpr Case kCases[] = {
    {"llava_llama", "awq-g64"},     {"llava_llama", "llm-awq-g64"},
    {"llava_llama", "gptq-g64"},    {"llava_llama", "gptq_v2-g64"},
    {"llava_llama", "awq-g32"},     {"llava_llama", "gptq-8bit-g32-order"},
    {"llava_qwen2", "awq-g32"},     {"llava_qwen2", "gptq_v2-g32-order"},
    {"idefics3", "awq-g128"},       {"idefics3", "llm-awq-g128"},
    {"idefics3", "gptq-rows-head"},
};

class QuantisedModels : public testing::TestWithParam<Case> {
 protected:
  QuantisedGolden golden_{GetParam().model, GetParam().layout};
};

/// [rows, columns] as the model multiplies them.
std::vector<float> dequantised(const QuantisedMatrix& weights) {
  std::vector<float> out(weights.rows * weights.columns);
  for (std::size_t n = 0; n < weights.rows; ++n) {
    for (std::size_t k = 0; k < weights.columns; ++k) {
      const std::size_t column = weights.order.empty() ? k : weights.order[k];
      out[n * weights.columns + column] = weights.at(n, k);
    }
  }
  return out;
}

TEST_P(QuantisedModels, WeightsAreThoseThatWerePacked) {
  const OpenedFolder opened(golden_.write());
  std::size_t seen = 0;
  for (const auto& [stored, crc] : golden_.about["crc"].items()) {
    const std::string name = canonical_name(opened.config.family, stored);
    ASSERT_TRUE(opened.tensors.is_quantised(name)) << name;
    EXPECT_EQ(opened.tensors.find(name), nullptr);
    std::vector<float> weights = dequantised(opened.tensors.quantised(name));
    for (float& weight : weights) weight += 0.0F;  // no zero below zero
    EXPECT_EQ(::crc32(0, reinterpret_cast<const Bytef*>(weights.data()),
                      static_cast<uInt>(weights.size() * sizeof weights[0])),
              crc.get<std::uint32_t>())
        << name;
    ++seen;
  }
  EXPECT_EQ(seen, quantised_names(opened.tensors).size());
  EXPECT_GE(seen, 7u);
}

TEST_P(QuantisedModels, PackingIsTheInverseOfUnpacking) {
  const OpenedFolder opened(golden_.write());
  for (const std::string& name : quantised_names(opened.tensors)) {
    const std::string stem = name.substr(0, name.size() - std::string("weight").size());
    for (const PackedTensor& part :
         pack(*opened.config.quantisation, opened.tensors.quantised(name))) {
      const TensorView& stored = opened.tensors.at(stem + part.name);
      EXPECT_EQ(part.shape, stored.shape) << name;
      if (stored.dtype != part.dtype) {
        EXPECT_EQ(part.dtype, DType::kF16) << "scales of other types become halves";
        continue;
      }
      EXPECT_TRUE(std::ranges::equal(part.bytes, stored.bytes)) << stem << part.name;
    }
  }
}

TEST_P(QuantisedModels, LogitsAreThoseOfTransformers) {
  GoldenModel model(golden_.write());
  const TensorStore goldens = golden_.goldens();
  const Json& answers = golden_.cases["answers"][golden_.about["weights"].get<std::string>()];
  for (std::size_t i = 0; i < golden_.cases["cases"].size(); ++i) {
    const Prompt prompt = model.prompt_of(golden_.cases["cases"][i]);
    EXPECT_EQ(prompt.ids, answers[i]["ids"].get<std::vector<std::uint32_t>>());
    const std::vector<float> logits = model.logits_of(prompt);
    EXPECT_EQ(model.best_of(logits), answers[i]["best"].get<std::vector<std::uint32_t>>());
    float largest = 0;
    for (const float logit : golden_numbers<float>(goldens, "logits." + std::to_string(i))) {
      largest = std::max(largest, std::abs(logit));
    }
    const float worst = worst_logit(logits, model.config().text.vocabulary, goldens, i);
    EXPECT_LE(worst, 2e-4F * largest) << "case " << i;
    RecordProperty("worst_logit_" + std::to_string(i), fmt::format("{:.2g}", worst / largest));
  }
}

INSTANTIATE_TEST_SUITE_P(Engine, QuantisedModels, testing::ValuesIn(kCases), [](const auto& test) {
  std::string name = std::string(test.param.model) + "_" + test.param.layout;
  std::ranges::replace(name, '-', '_');
  return name;
});

void expect_same_weights(const char* model, std::initializer_list<const char*> layouts) {
  std::vector<QuantisedMatrix> first;
  std::vector<float> first_logits;
  for (const char* layout : layouts) {
    const QuantisedGolden golden(model, layout);
    const std::string folder = golden.write();
    const OpenedFolder opened(folder);
    const std::vector<std::string> names = quantised_names(opened.tensors);
    GoldenModel loaded(folder);
    const auto logits = loaded.logits_of(loaded.prompt_of(golden.cases["cases"][0]));
    if (first.empty()) {
      for (const std::string& name : names) first.push_back(opened.tensors.quantised(name));
      first_logits = logits;
      continue;
    }
    ASSERT_EQ(names.size(), first.size());
    for (std::size_t n = 0; n < names.size(); ++n) {
      const QuantisedMatrix weights = opened.tensors.quantised(names[n]);
      EXPECT_EQ(weights.codes, first[n].codes) << layout << " " << names[n];
      EXPECT_EQ(weights.scales, first[n].scales) << layout << " " << names[n];
      EXPECT_EQ(weights.offsets, first[n].offsets) << layout << " " << names[n];
      EXPECT_EQ(weights.group, first[n].group);
      EXPECT_TRUE(weights.order.empty());
    }
    EXPECT_EQ(logits, first_logits) << layout;
  }
}

TEST(QuantisedModels, LayoutsOfTheSameWeightsGiveTheSameBits) {
  expect_same_weights("llava_llama", {"awq-g64", "llm-awq-g64", "gptq-g64", "gptq_v2-g64"});
  expect_same_weights("idefics3", {"awq-g128", "llm-awq-g128"});
}

TEST(QuantisedModels, SignaturesSayTheFormatAndDigestAllParts) {
  QuantisedGolden golden("llava_llama", "awq-g64");
  const auto signature = [&] {
    return chat::LocalModel({golden.write(), "llava-1.5", 1, {}}).signature();
  };
  const std::string before = signature();
  EXPECT_NE(before.find("|dtype:int4-g64-awq|"), std::string::npos) << before;
  std::byte& zeros =
      golden.checkpoint.at("language_model.model.layers.0.mlp.up_proj.qzeros").bytes[0];
  zeros ^= std::byte{1};
  EXPECT_NE(signature(), before);
  zeros ^= std::byte{1};
  golden.config["quantization_config"]["bits"] = 4;  // says what it said
  EXPECT_EQ(signature().substr(signature().find("|weights")),
            before.substr(before.find("|weights")));
}

TEST(QuantisedModels, LayersThatStayPlainAreRead) {
  const QuantisedGolden golden("llava_qwen2", "awq-g32");
  const OpenedFolder opened(golden.write());
  EXPECT_FALSE(opened.tensors.is_quantised("llm.layers.1.mlp.down_proj.weight"));
  EXPECT_EQ(opened.tensors.at("llm.layers.1.mlp.down_proj.weight").dtype, DType::kBf16);
  EXPECT_THROW(opened.tensors.quantised("llm.layers.1.mlp.down_proj.weight"), Error);
}

}  // namespace
}  // namespace vernier::engine
