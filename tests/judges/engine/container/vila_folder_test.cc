// A folder of VILA is three folders: tensors of all of them, and what is refused.
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>

#include "judges/engine/config/images/image_processor_config.h"
#include "judges/engine/container/names/canonical_name.h"
#include "judges/engine/container/names/model_tensors.h"
#include "judges/engine/model/files/model_texts.h"
#include "tests/judges/engine/container/checkpoint.h"
#include "tests/judges/engine/container/folder.h"
#include "tests/judges/engine/container/refusal.h"

namespace vernier::engine {
namespace {

namespace fs = std::filesystem;

/// A copy of a golden.
class VilaFolder : public Folder {
 public:
  explicit VilaFolder(const char* name) {
    fs::copy(golden("../../models") / name, path(), fs::copy_options::recursive);
  }

  /// Writes the tensors of a part anew after `change`.
  void change(const std::string& part, const std::function<void(Checkpoint&)>& change) const {
    Checkpoint tensors;
    tensors.add_all(file(part));
    for (const char* other : {"model.safetensors", "model.safetensors.index.json"}) {
      fs::remove(file(part) + "/" + other);
    }
    change(tensors);
    tensors.write(file(part));
  }

  std::vector<std::string> bind(UnknownTensors unknown = UnknownTensors::kReport) const {
    const TensorStore store = TensorStore::open(path());
    return ModelTensors(store, load_model_config(path()), unknown).unknown();
  }
};

TEST(VilaFolder, TensorsAreNamedByTheirFolder) {
  const VilaFolder folder("vila15");
  const TensorStore store = TensorStore::open(folder.path());
  EXPECT_EQ(store.parts(), (std::vector<std::string>{"llm", "mm_projector", "vision_tower"}));
  EXPECT_TRUE(std::ranges::is_sorted(store.tensors(), {}, &TensorStore::Tensor::name));
  for (const char* name :
       {"llm.model.layers.1.mlp.up_proj.weight", "llm.lm_head.weight", "mm_projector.layers.1.bias",
        "vision_tower.vision_model.embeddings.patch_embedding.weight"}) {
    const TensorStore::Tensor* const tensor = store.find(name);
    ASSERT_NE(tensor, nullptr) << name;
    const std::string part(name, std::string_view(name).find('.'));
    EXPECT_NE(store.file_of(*tensor).find("/" + part + "/"), std::string::npos) << name;
  }
  EXPECT_TRUE(folder.bind(UnknownTensors::kRefuse).empty()) << "the pooling head is of no use";
}

TEST(VilaFolder, NamesOfBothTransformersLeadToTheSame) {
  EXPECT_EQ(
      canonical_name(Family::kVila, "vision_tower.vision_model.encoder.layers.0.mlp.fc1.bias"),
      "vit.encoder.layers.0.mlp.fc1.bias");
  EXPECT_EQ(canonical_name(Family::kVila, "vision_tower.encoder.layers.0.mlp.fc1.bias"),
            "vit.encoder.layers.0.mlp.fc1.bias");
  EXPECT_EQ(canonical_name(Family::kVila, "mm_projector.layers.5.weight"), "proj.5.weight");
  EXPECT_EQ(canonical_name(Family::kVila, "mm_projector.layers.weight"), "proj.0.weight");
  EXPECT_EQ(canonical_name(Family::kVila, "llm.model.norm.weight"), "llm.norm.weight");
  EXPECT_EQ(canonical_name(Family::kVila, "llm.lm_head.weight"), "lm_head.weight");
  EXPECT_EQ(canonical_name(Family::kVila, "llm.score.weight"), "");
}

TEST(VilaFolder, EveryFolderMustBeThere) {
  for (const char* part : {"llm", "mm_projector", "vision_tower"}) {
    const VilaFolder folder("nvila");
    fs::remove_all(folder.file(part));
    expect_refusal([&] { TensorStore::open(folder.path()); }, folder.path(),
                   std::string("lacks the folder ") + part, "llm, mm_projector and vision_tower");
    fs::create_directory(folder.file(part));
    expect_refusal([&] { TensorStore::open(folder.path()); }, folder.file(part),
                   "holds neither model.safetensors");
  }
  const VilaFolder folder("nvila");
  fs::remove(folder.file("vision_tower/preprocessor_config.json"));
  expect_refusal([&] { load_image_processor_config(folder.path(), Family::kVila); },
                 folder.file("vision_tower"), "preprocessor_config.json");
}

TEST(VilaFolder, MissingAndUnknownTensorsAreNamed) {
  const VilaFolder folder("nvila_lite");
  folder.change("mm_projector", [](Checkpoint& tensors) {
    EXPECT_EQ(tensors.erase("layers.4.bias"), 1U);
    tensors.add({"layers.9.weight", DType::kF32, {1}, std::vector<std::byte>(4)});
  });
  expect_refusal([&] { folder.bind(); }, folder.path(), "lacks tensor proj.4.bias");
  folder.change("mm_projector", [](Checkpoint& tensors) {
    tensors.add({"layers.4.bias", DType::kF32, {72}, std::vector<std::byte>(4 * 72)});
  });
  EXPECT_EQ(folder.bind(), std::vector<std::string>{"mm_projector.layers.9.weight"});
  expect_refusal([&] { folder.bind(UnknownTensors::kRefuse); },
                 folder.file("mm_projector/model.safetensors"), "mm_projector.layers.9.weight");
  folder.change("llm",
                [](Checkpoint& tensors) { tensors.erase("model.layers.1.self_attn.k_proj.bias"); });
  expect_refusal([&] { folder.bind(); }, "lacks tensor llm.layers.1.self_attn.k_proj.bias");
}

TEST(VilaFolder, ATokenizerOfAnotherFormatCanBeMadeAnew) {
  const VilaFolder folder("nvila");
  ModelConfig config = load_model_config(folder.path());
  fs::rename(folder.file("llm/tokenizer.json"), folder.file("llm/vocab.json"));
  expect_refusal([&] { load_model_texts(folder.path(), config, ""); }, folder.file("llm"),
                 "has vocab.json, but no tokenizer.json", "save_pretrained");
  fs::remove(folder.file("llm/vocab.json"));
  expect_refusal([&] { load_model_texts(folder.path(), config, ""); },
                 folder.file("llm/tokenizer.json"), "no such file");
}

TEST(VilaFolder, TextsAreReadAsTheFolderSays) {
  const auto texts_of = [](const char* name, ModelConfig& config) {
    const VilaFolder folder(name);
    config = load_model_config(folder.path());
    return load_model_texts(folder.path(), config, "");
  };
  ModelConfig config;
  const ModelTexts vicuna = texts_of("vila15", config);
  EXPECT_EQ(vicuna.chat.name(), "vicuna-v1");
  EXPECT_EQ(*vicuna.tokenizer.id_of("<image>"), config.text.vocabulary) << "added, as VILA does";
  EXPECT_TRUE(vicuna.tokenizer.is_special(config.text.vocabulary));
  EXPECT_EQ(config.end_tokens, std::vector<std::uint32_t>{2});
  EXPECT_EQ(texts_of("nvila", config).chat.name(), "nvila");
  EXPECT_EQ(config.image_end, "\n");
  EXPECT_EQ(texts_of("nvila_lite", config).chat.name(), "nvila") << "Qwen2";
  // Llama with ChatML, whose template ends lines behind images, and answers with <|im_end|>.
  const ModelTexts yi = texts_of("nvila_middle", config);
  EXPECT_EQ(yi.chat.name(), "hermes-2");
  EXPECT_EQ(config.image_end, "");
  EXPECT_EQ(config.end_tokens, std::vector<std::uint32_t>{*yi.tokenizer.id_of("<|im_end|>")});
}

TEST(VilaFolder, TheTemplatesEndOfAnswersEndsThem) {
  const VilaFolder folder("nvila");
  folder.write("llm/generation_config.json", R"({"eos_token_id": 0})");
  ModelConfig config = load_model_config(folder.path());
  EXPECT_EQ(config.end_tokens, std::vector<std::uint32_t>{0});
  load_model_texts(folder.path(), config, "");
  EXPECT_EQ(config.end_tokens, (std::vector<std::uint32_t>{0, 2})) << "<|im_end|>";
}

}  // namespace
}  // namespace vernier::engine
