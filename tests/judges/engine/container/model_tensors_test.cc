// Spellings of tensor names, and checkpoints that do not fit their config.
#include "judges/engine/container/names/model_tensors.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "judges/engine/container/names/canonical_name.h"
#include "judges/engine/container/names/expected_tensors.h"
#include "tests/judges/engine/container/checkpoint.h"
#include "tests/judges/engine/container/folder.h"
#include "tests/judges/engine/container/refusal.h"

namespace vernier::engine {
namespace {

TEST(CanonicalName, IsOneForAllSpellings) {
  const auto lists = nlohmann::json::parse(read_file(golden("..") / "llava_spellings.json"));
  EXPECT_EQ(lists.size(), 4u);
  for (const auto& [spelling, names] : lists.items()) {
    EXPECT_GT(names.size(), 30u);
    for (const auto& [saved, other] : names.items()) {
      for (const Family family : {Family::kLlava, Family::kLlavaNext}) {
        const std::string name = canonical_name(family, saved);
        EXPECT_FALSE(name.empty()) << saved;
        EXPECT_EQ(canonical_name(family, other.get<std::string>()), name) << spelling;
      }
    }
  }
}

TEST(CanonicalName, HasTheNamesOfTheSpecification) {
  const auto expect = [](Family family, const char* stored, const char* name) {
    EXPECT_EQ(canonical_name(family, stored), name) << stored;
  };
  expect(Family::kLlava, "vision_tower.vision_model.embeddings.class_embedding",
         "vit.embeddings.class_embedding");
  expect(Family::kLlava, "multi_modal_projector.linear_2.bias", "proj.2.bias");
  expect(Family::kLlava, "model.mm_projector.0.weight", "proj.0.weight");
  expect(Family::kLlava, "language_model.lm_head.weight", "lm_head.weight");
  expect(Family::kLlava, "language_model.model.norm.weight", "llm.norm.weight");
  expect(Family::kLlava, "model.norm.weight", "llm.norm.weight");
  expect(Family::kLlavaNext, "model.image_newline", "image_newline");
  expect(Family::kLlavaNext, "image_newline", "image_newline");
  expect(Family::kLlavaNext, "image_newline.weight", "");
  expect(Family::kLlava, "adapter.weight", "");
  expect(Family::kSmolVlm, "model.connector.modality_projection.proj.weight", "proj.0.weight");
  expect(Family::kIdefics3, "model.vision_model.post_layernorm.bias", "vit.post_layernorm.bias");
  expect(Family::kIdefics3, "model.text_model.embed_tokens.weight", "llm.embed_tokens.weight");
  expect(Family::kIdefics3, "model.norm.weight", "");
}

TEST(CanonicalName, KnowsWhatIsOfNoUse) {
  for (const char* name :
       {"vision_tower.vision_model.embeddings.position_ids", "vision_tower.vision_model.head.probe",
        "model.vision_tower.head.mlp.fc1.bias", "vision_tower.head.probe",
        "language_model.model.layers.0.self_attn.rotary_emb.inv_freq",
        "text_model.embeddings.token_embedding.weight"}) {
    EXPECT_TRUE(is_of_no_use(name)) << name;
  }
  EXPECT_FALSE(is_of_no_use("language_model.lm_head.weight"));
  EXPECT_FALSE(is_of_no_use("model.text_model.norm.weight"));
}

constexpr const char* kCheckpoints[] = {"llava_saved",       "llava_memory",
                                        "llava_siglip_tied", "llava_next_sharded",
                                        "idefics3",          "smolvlm_tied_sharded"};

TEST(ModelTensors, AllCheckpointsOfTransformersFitTheirConfigs) {
  for (const char* name : kCheckpoints) {
    const TensorStore store = TensorStore::open(golden(name));
    const ModelConfig config = load_model_config(golden(name));
    const ModelTensors tensors(store, config, UnknownTensors::kRefuse);
    EXPECT_TRUE(tensors.unknown().empty()) << name;
    tensors.check_finite();
    for (const ExpectedTensor& expected : expected_tensors(config)) {
      const TensorView* const view = tensors.find(expected.name);
      EXPECT_EQ(view != nullptr, expected.name != "lm_head.weight" || !config.tied)
          << name << ": " << expected.name;
      if (view != nullptr) {
        EXPECT_EQ(view->shape, expected.shape);
      }
    }
  }
}

TEST(ModelTensors, SpellingsLeadToTheSameValues) {
  const TensorStore saved = TensorStore::open(golden("llava_saved"));
  const TensorStore memory = TensorStore::open(golden("llava_memory"));
  const ModelConfig config = load_model_config(golden("llava_saved"));
  const ModelTensors a(saved, config, UnknownTensors::kRefuse);
  const ModelTensors b(memory, config, UnknownTensors::kRefuse);
  ASSERT_EQ(a.tensors().size(), b.tensors().size());
  for (const ModelTensors::Tensor& tensor : a.tensors()) {
    EXPECT_TRUE(std::ranges::equal(tensor.stored->view.bytes, b.at(tensor.name).bytes));
  }
}

/// The checkpoint llava_saved with changes: each tensor goes through `change`, which may rename,
/// reshape or (false) drop it.
class Changed {
 public:
  using Tensor = Checkpoint::Tensor;

  template <class Change>
  explicit Changed(Change change) {
    checkpoint_.add_all(golden("llava_saved"));
    std::erase_if(checkpoint_.tensors(), [&](Tensor& tensor) { return !change(tensor); });
  }

  void add(Tensor tensor) { checkpoint_.add(std::move(tensor)); }

  /// Binds it to the config of llava_saved, changed by `change`.
  template <class Change>
  std::vector<std::string> bind(UnknownTensors unknown, Change change, bool finite = false) const {
    const Folder folder;
    checkpoint_.write(folder.path());
    ModelConfig config = load_model_config(golden("llava_saved"));
    change(config);
    const TensorStore store = TensorStore::open(folder.path());
    const ModelTensors tensors(store, config, unknown);
    if (finite) tensors.check_finite();
    return tensors.unknown();
  }
  std::vector<std::string> bind(UnknownTensors unknown = UnknownTensors::kReport) const {
    return bind(unknown, [](ModelConfig&) {});
  }

 private:
  Checkpoint checkpoint_;
};

constexpr const char* kDown = "language_model.model.layers.1.mlp.down_proj.weight";
constexpr const char* kHead = "language_model.lm_head.weight";

TEST(ModelTensors, NamesAMissingTensor) {
  for (const auto& [stored, name] :
       {std::pair(kDown, "llm.layers.1.mlp.down_proj.weight"),
        {"vision_tower.embeddings.class_embedding", "vit.embeddings.class_embedding"},
        {"vision_tower.encoder.layers.0.mlp.fc1.bias", "vit.encoder.layers.0.mlp.fc1.bias"},
        {"multi_modal_projector.linear_2.weight", "proj.2.weight"}}) {
    const Changed changed([kept = stored](const Changed::Tensor& t) { return t.name != kept; });
    expect_refusal([&] { changed.bind(); }, "lacks tensor ", name);
  }
}

TEST(ModelTensors, TheHeadMayBeAbsentWhereItIsTied) {
  const Changed changed([](const Changed::Tensor& t) { return t.name != kHead; });
  expect_refusal([&] { changed.bind(); }, "lacks tensor lm_head.weight", "tie_word_embeddings");
  EXPECT_TRUE(changed.bind(UnknownTensors::kRefuse, [](ModelConfig& config) { config.tied = true; })
                  .empty());
}

TEST(ModelTensors, LayersThatAreNotRunMayBeAbsent) {
  const Changed changed([](const Changed::Tensor& t) {
    return t.name.find("vision_tower.encoder.layers.1.") == std::string::npos &&
           t.name.find("post_layernorm") == std::string::npos;
  });
  EXPECT_TRUE(changed.bind(UnknownTensors::kRefuse).empty()) << "features of layer -2";
  expect_refusal(
      [&] {
        changed.bind(UnknownTensors::kReport, [](ModelConfig& c) { c.feature_layers = {2}; });
      },
      "lacks tensor vit.encoder.layers.1.");
}

TEST(ModelTensors, NamesATensorOfAnotherShape) {
  const Changed changed([](Changed::Tensor& t) {
    if (t.name == kDown) std::swap(t.shape[0], t.shape[1]);
    return true;
  });
  expect_refusal([&] { changed.bind(); }, "model.safetensors", kDown, "[12, 8]",
                 "expected [8, 12]");
  const Changed same([](Changed::Tensor&) { return true; });
  expect_refusal(
      [&] { same.bind(UnknownTensors::kReport, [](ModelConfig& c) { c.text.vocabulary = 12; }); },
      "[11, 8]", "expected [12, 8]");
}

TEST(ModelTensors, NamesATensorOfAnotherType) {
  const Changed changed([](Changed::Tensor& t) {
    if (t.name == kDown) t.dtype = DType::kI32;
    return true;
  });
  expect_refusal([&] { changed.bind(); }, kDown, "I32", "X.qweight");
}

TEST(ModelTensors, ReportsOrRefusesWhatItDoesNotKnow) {
  Changed changed([](Changed::Tensor&) { return true; });
  EXPECT_TRUE(changed.bind(UnknownTensors::kRefuse).empty());
  const std::vector<std::byte> bytes(4);
  changed.add({"vision_tower.embeddings.position_ids", DType::kI32, {1}, bytes});
  EXPECT_TRUE(changed.bind(UnknownTensors::kRefuse).empty()) << "of no use";
  changed.add({"language_model.model.layers.2.mlp.up_proj.weight", DType::kF32, {1}, bytes});
  changed.add({"adapter", DType::kI32, {1}, bytes});
  EXPECT_EQ(changed.bind(), (std::vector<std::string>{
                                "adapter", "language_model.model.layers.2.mlp.up_proj.weight"}));
  expect_refusal([&] { changed.bind(UnknownTensors::kRefuse); }, "adapter", "2 such tensors");
}

TEST(ModelTensors, RefusesTwoSpellingsAtOnce) {
  Changed changed([](Changed::Tensor&) { return true; });
  changed.add({"lm_head.weight", DType::kF32, {11, 8}, std::vector<std::byte>(4 * 11 * 8)});
  expect_refusal([&] { changed.bind(); }, "lm_head.weight", kHead, "keep one");
}

TEST(ModelTensors, NamesATensorWithNan) {
  const Changed changed([](Changed::Tensor& t) {
    if (t.name == kDown) std::fill_n(t.bytes.begin() + 8, 4, std::byte{0xFF});
    return true;
  });
  EXPECT_TRUE(changed.bind().empty()) << "values are not read";
  expect_refusal(
      [&] {
        changed.bind(
            UnknownTensors::kReport, [](ModelConfig&) {}, true);
      },
      kDown, "element 2 of 96");
}

TEST(ModelTensors, AskingForWhatIsNotThereIsABug) {
  const TensorStore store = TensorStore::open(golden("idefics3"));
  const ModelTensors tensors(store, load_model_config(golden("idefics3")), UnknownTensors::kReport);
  EXPECT_EQ(tensors.find("image_newline"), nullptr);
  EXPECT_THROW(tensors.at("image_newline"), Error);
}

}  // namespace
}  // namespace vernier::engine
