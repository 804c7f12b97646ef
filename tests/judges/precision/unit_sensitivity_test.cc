// Which unit of a model was changed? Tests know it.
#include "judges/precision/units/unit_sensitivity.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "judges/engine/cpu/cpu_backend.h"
#include "judges/engine/quantisation/quantise.h"
#include "judges/precision/logit_drift.h"
#include "judges/precision/units/exchanged_unit.h"
#include "tests/judges/precision/changed_model.h"

namespace vernier::logits {
namespace {

using chat::ChatRequest;
using chat::LocalModel;
using tests::captioned;
using tests::changed_copy;
using tests::language_layer;
using tests::local_model;

/// Means over all tokens of two models.
struct Means {
  double kl = 0, same_top = 0;
  std::size_t tokens = 0;
};

Means drift(LocalModel& a, LocalModel& b, const std::vector<ChatRequest>& requests) {
  Means out;
  logit_drift(a, b, requests, {}, [&](std::size_t, const RequestDrift& one) {
    double kl = 0;  // as sums are made: a request at a time
    for (const TokenDrift& token : one.tokens) {
      kl += token.kl;
      out.same_top += token.same_top() ? 1 : 0;
      ++out.tokens;
    }
    out.kl += kl;
  });
  out.kl /= static_cast<double>(out.tokens);
  out.same_top /= static_cast<double>(out.tokens);
  return out;
}

class UnitSensitivityTest : public testing::Test {
 protected:
  std::unique_ptr<LocalModel> changed(const std::string& name, const tests::WeightChange& change) {
    return local_model(changed_copy(tests::default_folder(), folder_.path(name), change));
  }
  tests::TemporaryFolder folder_;
  std::unique_ptr<LocalModel> a_ = local_model(tests::default_folder());
};

TEST_F(UnitSensitivityTest, OfEqualModelsNothingIsComputed) {
  const auto twin = local_model(tests::default_folder());
  bool stepped = false;
  const Sensitivity found = unit_sensitivity(*a_, *twin, captioned(2), {},
                                             [&](std::size_t, std::size_t) { stepped = true; });
  EXPECT_TRUE(found.units.empty());
  // Embeddings, 4 layers, projector; embedding, twice 5 layers, head.
  EXPECT_EQ(found.equal.size(), 1U + 4 + 1 + 1 + 10 + 1);
  EXPECT_FALSE(stepped);
}

// One changed tensor, whichever it is, makes one unit differ; with it A is B.
TEST_F(UnitSensitivityTest, TheUnitThatWasChangedIsNamedAndIsAllTheDifference) {
  const std::string tower = "vision_tower.vision_model.";
  const std::vector<std::pair<std::string, std::string>> changes = {
      {tower + "embeddings.patch_embedding.bias", "vision embeddings"},
      {tower + "embeddings.position_embedding.weight", "vision embeddings"},
      {tower + "encoder.layers.2.self_attn.v_proj.weight", "vision layer 2"},
      {tower + "encoder.layers.3.mlp.fc2.bias", "vision layer 3"},
      {"multi_modal_projector.linear_2.weight", "projector"},
      {language_layer(0, "input_layernorm.weight"), "language layer 0, attention"},
      {language_layer(4, "self_attn.o_proj.weight"), "language layer 4, attention"},
      {language_layer(3, "mlp.gate_proj.weight"), "language layer 3, mlp"},
      {language_layer(1, "post_attention_layernorm.weight"), "language layer 1, mlp"},
      {"language_model.model.norm.weight", "language last norm and head"},
  };
  const std::vector<ChatRequest> requests = captioned(6);
  for (std::size_t n = 0; n < changes.size(); ++n) {
    const auto& [tensor, unit] = changes[n];
    const auto b = changed(std::to_string(n), tests::times(tensor, 0));
    const Sensitivity found = unit_sensitivity(*a_, *b, requests, {});
    ASSERT_EQ(found.units.size(), 1U) << tensor;
    EXPECT_EQ(found.units[0].name, unit) << tensor;
    EXPECT_EQ(found.equal.size(), 17U);
    const Means whole = drift(*a_, *b, requests);
    EXPECT_EQ(found.units[0].kl, whole.kl) << tensor;
    EXPECT_EQ(found.units[0].same_top, whole.same_top) << tensor;
    EXPECT_GT(whole.kl, 0) << tensor;
  }
  // A is what it was.
  const auto twin = local_model(tests::default_folder());
  EXPECT_EQ(drift(*a_, *twin, requests).kl, 0);
}

TEST_F(UnitSensitivityTest, ATiedTableIsTwoUnits) {
  const auto b = changed("tied", tests::times("language_model.model.embed_tokens.weight", 0.9F));
  const std::vector<ChatRequest> requests = captioned(4);
  const Sensitivity found = unit_sensitivity(*a_, *b, requests, {});
  ASSERT_EQ(found.units.size(), 2U);
  // Norms undo nine tenths of what is read, but not those of the logits.
  EXPECT_EQ(found.units[0].name, "language last norm and head");
  EXPECT_EQ(found.units[1].name, "language embedding");
  EXPECT_GT(found.units[1].kl, 0);
  // Both together are B.
  const ExchangedUnit table(*a_, *b, {UnitKind::kEmbedding});
  const ExchangedUnit head(*a_, *b, {UnitKind::kHead});
  EXPECT_EQ(drift(*a_, *b, requests).kl, 0);
}

TEST_F(UnitSensitivityTest, UnitsComeByTheirDivergenceHoweverMuchMemoryThereIs) {
  const auto b = changed("two", [](const std::string& name, std::vector<float>& values) {
    if (name == language_layer(0, "self_attn.q_proj.weight")) values[5] *= 1.5F;
    if (name == language_layer(2, "mlp.down_proj.weight")) std::ranges::fill(values, 0.0F);
    if (name.find("encoder.layers.1.mlp.fc1.bias") != std::string::npos) values[0] += 0.5F;
  });
  std::vector<ChatRequest> requests = captioned(9);
  auto broken = std::make_shared<chat::Picture>();
  broken->name = "error.jpg";
  requests[4].pictures = {broken};
  std::size_t steps = 0;
  const Sensitivity found =
      unit_sensitivity(*a_, *b, requests, {}, [&](std::size_t done, std::size_t all) {
        EXPECT_EQ(done, ++steps);
        EXPECT_EQ(all, 27U);
      });
  EXPECT_EQ(steps, 27U);
  ASSERT_EQ(found.units.size(), 3U);
  EXPECT_EQ(found.units[0].name, "language layer 2, mlp");
  EXPECT_GE(found.units[0].kl, found.units[1].kl);
  EXPECT_GT(found.units[1].kl, found.units[2].kl);
  EXPECT_GT(found.units[2].kl, 0);
  EXPECT_LT(found.units[0].same_top, 1);
  EXPECT_NE(found.errors[4].find("error.jpg"), std::string::npos);
  EXPECT_EQ(found.units[0].requests[4].tokens, 0U);
  EXPECT_EQ(found.errors[3], "");
  // 12 rows of logits and 1 picture of 64 tokens, 30 and none.
  const std::size_t row = 704 * sizeof(float), picture = 64 * std::size_t{128} * sizeof(float);
  for (const SensitivityOptions& options :
       {SensitivityOptions{12 * row, picture}, SensitivityOptions{30 * row, 0}}) {
    const Sensitivity again = unit_sensitivity(*a_, *b, requests, options);
    for (std::size_t u = 0; u < 3; ++u) {
      EXPECT_EQ(again.units[u].name, found.units[u].name);
      EXPECT_EQ(std::bit_cast<std::uint64_t>(again.units[u].kl),
                std::bit_cast<std::uint64_t>(found.units[u].kl));
    }
  }
}

TEST_F(UnitSensitivityTest, WhatIsSeenIsKeptWhereTheUnitDoesNotSee) {
  const auto b = changed("blind", [](const std::string& name, std::vector<float>& values) {
    if (name.starts_with("multi_modal_projector")) std::ranges::fill(values, 0.0F);
    if (name == language_layer(2, "mlp.down_proj.weight")) std::ranges::fill(values, 0.0F);
  });
  const std::vector<ChatRequest> requests = captioned(2);
  engine::CheckpointModel& model = a_->checkpoint();
  engine::KeptLooks looks(std::size_t{1} << 20);
  model.keep_looks(&looks);
  const auto twin = local_model(tests::default_folder());
  EXPECT_EQ(drift(*a_, *twin, requests).kl, 0);
  {
    const ExchangedUnit projector(*a_, *b, {UnitKind::kProjector});
    EXPECT_EQ(model.kept_looks(), nullptr);
    EXPECT_GT(drift(*a_, *twin, requests).kl, 0);
  }
  EXPECT_EQ(model.kept_looks(), &looks);
  {
    const ExchangedUnit mlp(*a_, *b, {UnitKind::kMlp, 2});
    EXPECT_EQ(model.kept_looks(), &looks);
    EXPECT_GT(drift(*a_, *twin, requests).kl, 0);
  }
  // It is kept indeed: a projector that makes nothing of pictures goes unnoticed.
  engine::ModelWeights weights = model.weights();
  weights.projector = b->checkpoint().weights().projector;
  model.use(std::move(weights));
  a_->forget();
  EXPECT_EQ(drift(*a_, *twin, requests).kl, 0);
  model.keep_looks(nullptr);
  a_->forget();
  EXPECT_GT(drift(*a_, *twin, requests).kl, 0);
}

TEST_F(UnitSensitivityTest, AnExchangeEndsAlsoWhereTheWorkDoes) {
  const auto b = changed("zeros", tests::times(language_layer(2, "mlp.down_proj.weight"), 0));
  const auto stop = [](std::size_t, std::size_t) { throw Error(ExitCode::kInterrupted, "stop"); };
  EXPECT_THROW(unit_sensitivity(*a_, *b, captioned(3), {}, stop), Error);
  const auto twin = local_model(tests::default_folder());
  EXPECT_EQ(drift(*a_, *twin, captioned(3)).kl, 0);
}

TEST_F(UnitSensitivityTest, ModelsOfOtherShapesAreRefused) {
  nlohmann::json config =
      nlohmann::json::parse(tests::read_file(tests::default_folder() + "/config.json"));
  config["text_config"]["rope_theta"] = 5000.0;
  const std::string other = folder_.path("theta");
  std::filesystem::copy(tests::default_folder(), other);
  std::ofstream(other + "/config.json") << config.dump();
  try {
    unit_sensitivity(*a_, *local_model(other), captioned(1), {});
    FAIL() << "not refused";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kIncomplete);
    EXPECT_STREQ(error.what(),
                 "weights of one model do not fit the other: rope_theta is 10000000 in A's "
                 "config.json and 5000 in B's");
  }
}

/// The model with the weights of its language layers in few bits, to the nearest.
std::string in_few_bits(const std::string& folder, engine::QuantisationFormat format) {
  const std::string source = tests::default_folder();
  const engine::ModelConfig config = engine::load_model_config(source);
  const auto backend = engine::make_cpu_backend(1);
  const engine::CheckpointModel model(config, engine::TensorStore::open(source), *backend);
  engine::QuantisedFolder target(model.tensors(), config, source, format);
  engine::Rounding rounding;
  rounding.bits = format.bits;
  rounding.group = format.group;
  rounding.least_zero = 1;  // GPTQ stores zero points less one
  engine::quantise_to_nearest(model, rounding, 1, target, [](std::size_t) {});
  target.write(folder, "test");
  return folder;
}

TEST_F(UnitSensitivityTest, WeightsInFewBitsAreExchangedToo) {
  using engine::QuantisationLayout;
  const auto awq =
      local_model(in_few_bits(folder_.path("awq"), {QuantisationLayout::kAwqGemm, 4, 32}));
  const std::vector<ChatRequest> requests = captioned(8);
  const Sensitivity found = unit_sensitivity(*a_, *awq, requests, {});
  // Layers of the language model, nothing else.
  ASSERT_EQ(found.units.size(), 10U);
  for (const UnitSensitivity& unit : found.units) {
    EXPECT_TRUE(unit.name.starts_with("language layer ")) << unit.name;
    EXPECT_GT(unit.kl, 0) << unit.name;
  }
  // All of them together are the other model.
  {
    std::vector<std::unique_ptr<ExchangedUnit>> all;
    for (const UnitSensitivity& unit : found.units) {
      all.push_back(std::make_unique<ExchangedUnit>(*a_, *awq, unit.unit));
    }
    EXPECT_EQ(drift(*a_, *awq, requests).kl, 0);
    while (!all.empty()) all.pop_back();
  }
  EXPECT_GT(drift(*a_, *awq, requests).kl, found.units[0].kl);
  // In eight bits there is little left of it.
  const auto gptq =
      local_model(in_few_bits(folder_.path("gptq"), {QuantisationLayout::kGptq, 8, 32}));
  EXPECT_LT(drift(*a_, *gptq, requests).kl, 0.1 * drift(*a_, *awq, requests).kl);
  // The same bytes mean other zero points in another version of a format.
  const std::string config = tests::read_file(folder_.path("gptq") / "config.json");
  const std::string other = folder_.path("gptq_v2");
  std::filesystem::copy(folder_.path("gptq"), other);
  nlohmann::json json = nlohmann::json::parse(config);
  json["quantization_config"]["checkpoint_format"] = "gptq_v2";
  std::ofstream(other + "/config.json") << json.dump();
  EXPECT_EQ(differing_units(gptq->checkpoint(), local_model(other)->checkpoint()).size(), 10U);
}

}  // namespace
}  // namespace vernier::logits
