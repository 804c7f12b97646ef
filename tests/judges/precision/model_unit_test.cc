// The units of models of all families.
#include "judges/precision/units/model_unit.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "judges/engine/cpu/cpu_backend.h"
#include "judges/precision/units/exchanged_unit.h"
#include "tests/judges/precision/changed_model.h"

namespace vernier::logits {
namespace {

/// Folders of tests/judges/engine/models.
class Families : public testing::TestWithParam<std::string> {
 protected:
  engine::CheckpointModel model_of(const std::string& path) {
    return {config_, engine::TensorStore::open(path), *backend_};
  }
  /// The checkpoint's tensors; `changed` has other bytes.
  std::string file_with(const std::string& changed) {
    const engine::TensorStore source = engine::TensorStore::open(folder_);
    std::vector<engine::SafetensorsWriter::Plan> plans;
    for (const auto& t : source.tensors()) plans.push_back({t.name, t.view.dtype, t.view.shape});
    std::string file = temporary_.path("changed.safetensors");
    engine::SafetensorsWriter writer(file, plans, {});
    for (const auto& plan : writer.order()) {
      const auto bytes = source.find(plan.name)->view.bytes;
      std::vector<std::byte> copy(bytes.begin(), bytes.end());
      if (plan.name == changed) copy.front() ^= std::byte{1};
      writer.write(plan.name, copy);
    }
    writer.commit();
    return file;
  }

  const std::string folder_ =
      std::string(VERNIER_SOURCE) + "/tests/judges/engine/models/" + GetParam();
  const engine::ModelConfig config_ = engine::load_model_config(folder_);
  std::unique_ptr<engine::Backend> backend_ = engine::make_cpu_backend(1);
  tests::TemporaryFolder temporary_;
};

TEST_P(Families, EveryTensorThatIsUsedBelongsToAUnit) {
  const engine::CheckpointModel a = model_of(folder_);
  EXPECT_TRUE(differing_units(a, model_of(folder_)).empty());
  const bool tied = a.tensors().find("lm_head.weight") == nullptr;
  const std::vector<engine::ExpectedTensor> expected = engine::expected_tensors(config_);
  std::set<std::string> units;
  for (const auto& tensor : a.tensors().tensors()) {
    const auto known = std::ranges::find(expected, tensor.name, &engine::ExpectedTensor::name);
    ASSERT_NE(known, expected.end()) << tensor.name;
    const bool used = known->required || tensor.name == "lm_head.weight";
    const std::vector<ModelUnit> found =
        differing_units(a, model_of(file_with(tensor.stored->name)));
    const std::size_t wanted = !used ? 0 : tensor.name == "llm.embed_tokens.weight" && tied ? 2 : 1;
    EXPECT_EQ(found.size(), wanted) << tensor.name;
    for (const ModelUnit& unit : found) units.insert(name_of(unit));
  }
  EXPECT_EQ(units.size(), units_of(config_).size());
}

/// Where all weights of a model lie, those that it has.
std::set<const void*> places(const engine::ModelWeights& weights) {
  std::set<const void*> out;
  const auto add = [&](const auto&... views) { (out.insert(views.data), ...); };
  const engine::VitWeights& tower = weights.tower;
  add(tower.patch, tower.patch_bias, tower.class_token, tower.positions, tower.pre_norm_weight,
      tower.pre_norm_bias, tower.post_norm_weight, tower.post_norm_bias, weights.newline);
  for (const engine::EncoderLayer& l : tower.layers) {
    add(l.norm1_weight, l.norm1_bias, l.norm2_weight, l.norm2_bias, l.q, l.k, l.v, l.out, l.q_bias,
        l.k_bias, l.v_bias, l.out_bias, l.fc1, l.fc2, l.fc1_bias, l.fc2_bias);
  }
  for (const engine::ProjectorStep& step : weights.projector) {
    add(step.matrix, step.weight, step.bias);
  }
  const engine::LanguageWeights& language = weights.language;
  add(language.embedding, language.norm, language.head);
  for (const engine::LanguageLayer& l : language.layers) {
    add(l.norm1, l.norm2, l.q, l.k, l.v, l.o, l.q_bias, l.k_bias, l.v_bias, l.o_bias, l.gate, l.up,
        l.down, l.gate_bias, l.up_bias, l.down_bias);
  }
  out.erase(nullptr);
  return out;
}

TEST_P(Families, AllUnitsTogetherAreAllWeights) {
  // Without the file that names no chat template anyway.
  const std::string folder = temporary_.path("folder");
  std::filesystem::copy(folder_, folder);
  std::filesystem::remove(folder + "/tokenizer_config.json");
  const std::string chat = config_.last_norm ? "smolvlm" : "vicuna-v1";
  const auto a = tests::local_model(folder, 1, chat), b = tests::local_model(folder, 1, chat);
  const std::set<const void*> of_a = places(a->checkpoint().weights());
  const std::set<const void*> of_b = places(b->checkpoint().weights());
  std::vector<const void*> common;
  std::ranges::set_intersection(of_a, of_b, std::back_inserter(common));
  EXPECT_TRUE(common.empty());
  std::vector<std::unique_ptr<ExchangedUnit>> exchanged;
  for (const ModelUnit& unit : units_of(config_)) {
    exchanged.push_back(std::make_unique<ExchangedUnit>(*a, *b, unit));
  }
  EXPECT_EQ(places(a->checkpoint().weights()), of_b);
  while (!exchanged.empty()) exchanged.pop_back();
  EXPECT_EQ(places(a->checkpoint().weights()), of_a);
}

INSTANTIATE_TEST_SUITE_P(All, Families,
                         testing::Values("llava_clip", "llava_siglip", "llava_qwen2", "llava_pad",
                                         "llava_next", "idefics3", "smolvlm"));

}  // namespace
}  // namespace vernier::logits
