// Folders that hold no CLIP checkpoint, or one that is broken: one clear message each.
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "judges/clip/clip_scorer.h"
#include "judges/engine/container/file/safetensors_writer.h"
#include "judges/engine/container/tensor_store.h"
#include "tests/judges/engine/container/folder.h"
#include "tests/judges/engine/container/refusal.h"

namespace vernier::clip {
namespace {

namespace fs = std::filesystem;
using engine::Folder;
using engine::read_file;
using nlohmann::json;

const std::string kHub = std::string(VERNIER_SOURCE) + "/tests/judges/clip/models/hub";

void copy_hub(const Folder& folder) {
  for (const auto& entry : fs::directory_iterator(kHub)) {
    fs::copy(entry.path(), folder.file(entry.path().filename().string()));
  }
}

/// A copy with one JSON file changed.
void change(const Folder& folder, const std::string& name, const std::function<void(json&)>& f) {
  json value = json::parse(read_file(folder.file(name)));
  f(value);
  folder.write(name, value.dump());
}

/// Writes the weights anew without, or with other bytes of, some tensors.
void rewrite_weights(const Folder& folder,
                     const std::function<bool(const std::string&, std::vector<std::byte>&)>& keep) {
  const auto store = engine::TensorStore::open(kHub);
  std::vector<engine::SafetensorsWriter::Plan> plan;
  std::vector<std::vector<std::byte>> data;
  for (const auto& tensor : store.tensors()) {
    std::vector<std::byte> bytes(tensor.view.bytes.begin(), tensor.view.bytes.end());
    if (!keep(tensor.name, bytes)) continue;
    plan.push_back({tensor.name, tensor.view.dtype, tensor.view.shape});
    data.push_back(std::move(bytes));
  }
  engine::SafetensorsWriter writer(folder.file("model.safetensors"), plan, {});
  for (const auto& next : writer.order()) {
    for (std::size_t i = 0; i < plan.size(); ++i) {
      if (plan[i].name == next.name) writer.write(next.name, data[i]);
    }
  }
  writer.commit();
}

template <class... Words>
void expect_refused(const std::string& folder, Words... words) {
  engine::expect_refusal([&] { ClipScorer({folder, 1}); }, words...);
}

template <class... Words>
void expect_refused_config(const std::function<void(json&)>& f, Words... words) {
  Folder folder;
  copy_hub(folder);
  change(folder, "config.json", f);
  expect_refused(folder.path(), "config.json", words...);
}

TEST(ClipFolder, OtherModelsAreNamed) {
  const std::string models = std::string(VERNIER_SOURCE) + "/tests/judges/engine/models/";
  expect_refused(models + "llava_clip", "config.json", "model_type", "llava", "clip");
  expect_refused(models + "idefics3", "config.json", "model_type", "idefics3", "clip");
  expect_refused_config([](json& c) { c = c["vision_config"]; }, "clip_vision_model", "towers");
  expect_refused_config([](json& c) { c["model_type"] = "siglip"; }, "siglip");
  expect_refused_config([](json& c) { c["vision_config"]["model_type"] = "siglip_vision_model"; },
                        "vision_config.model_type", "clip_vision_model");
  expect_refused_config([](json& c) { c["text_config"]["model_type"] = "roberta"; },
                        "text_config.model_type", "clip_text_model");
}

TEST(ClipFolder, MissingFilesAreNamed) {
  expect_refused("/nowhere/at/all", "/nowhere/at/all");
  for (const char* name :
       {"config.json", "tokenizer.json", "preprocessor_config.json", "model.safetensors"}) {
    Folder folder;
    copy_hub(folder);
    fs::remove(folder.file(name));
    expect_refused(folder.path(), name);
  }
}

TEST(ClipFolder, MissingTensorsAreNamed) {
  for (const char* missing :
       {"visual_projection.weight", "text_projection.weight", "text_model.final_layer_norm.bias",
        "vision_model.post_layernorm.weight"}) {
    Folder folder;
    copy_hub(folder);
    rewrite_weights(folder, [&](const std::string& name, auto&) { return name != missing; });
    const std::string_view end = std::string_view(missing).substr(std::string(missing).find('.'));
    expect_refused(folder.path(), "lacks tensor", end);
  }
}

TEST(ClipFolder, TheLogitScaleIsNotNeeded) {
  Folder folder;
  copy_hub(folder);
  rewrite_weights(folder, [](const std::string& name, auto&) { return name != "logit_scale"; });
  const std::vector<std::string_view> texts{"a red circle"};
  EXPECT_EQ(ClipScorer({folder.path(), 1}).embed_texts(texts),
            ClipScorer({kHub, 1}).embed_texts(texts));
}

TEST(ClipFolder, WeightsThatAreNoNumbersAreRefused) {
  Folder folder;
  copy_hub(folder);
  rewrite_weights(folder, [](const std::string& name, std::vector<std::byte>& bytes) {
    const std::uint16_t nan = 0x7E00;
    if (name == "text_projection.weight") std::memcpy(bytes.data() + 8, &nan, sizeof nan);
    return true;
  });
  expect_refused(folder.path(), "text_projection.weight", "4");
}

TEST(ClipFolder, NumbersThatDoNotFitAreRefused) {
  expect_refused_config([](json& c) { c["text_config"]["num_attention_heads"] = 5; },
                        "text_config.num_attention_heads", "36");
  expect_refused_config([](json& c) { c["text_config"]["hidden_act"] = "relu"; },
                        "text_config.hidden_act", "quick_gelu");
  expect_refused_config([](json& c) { c["projection_dim"] = 0; }, "projection_dim");
  const auto expect_other_weights = [](const char* key, int value, const char* tensor) {
    Folder folder;
    copy_hub(folder);
    change(folder, "config.json", [&](json& c) {
      (std::string(key) == "projection_dim" ? c : c["text_config"])[key] = value;
    });
    expect_refused(folder.path(), tensor, "shape");
  };
  expect_other_weights("projection_dim", 25, "text_projection.weight");
  expect_other_weights("max_position_embeddings", 76, "position_embedding");
  Folder folder;
  copy_hub(folder);
  change(folder, "preprocessor_config.json", [](json& c) { c["crop_size"] = 30; });
  expect_refused(folder.path(), "30 x 30", "28 x 28", "preprocessor_config.json");
}

TEST(ClipFolder, OlderFilesMayDescribeTheTowersElsewhere) {
  Folder folder;
  copy_hub(folder);
  change(folder, "config.json", [](json& c) {
    c["text_config_dict"] = c["text_config"];
    c["vision_config_dict"] = c["vision_config"];
    c["text_config"] = json::object();
    c["vision_config"] = nullptr;
  });
  const std::vector<std::string_view> texts{"a red circle"};
  EXPECT_EQ(ClipScorer({folder.path(), 1}).embed_texts(texts),
            ClipScorer({kHub, 1}).embed_texts(texts));
}

TEST(ClipFolder, TokenizersOfOtherModelsAreRefused) {
  const auto expect = [](const std::function<void(json&)>& f, auto... words) {
    Folder folder;
    copy_hub(folder);
    change(folder, "tokenizer.json", f);
    expect_refused(folder.path(), "tokenizer.json", words...);
  };
  expect([](json& t) { t["post_processor"] = nullptr; }, "begin and end");
  expect([](json& t) { t["post_processor"]["sep"][1] = 5; }, "token 5");
  expect([](json& t) { t["post_processor"]["sep"] = json::array({"x"}); }, "post_processor.sep");
  expect([](json& t) { t["post_processor"]["cls"][1] = 100000; }, "post_processor.cls");
  expect([](json& t) { t["model"]["vocab"]["another"] = 700; }, "701", "604");
  Folder folder;
  copy_hub(folder);
  change(folder, "config.json", [](json& c) { c["text_config"]["eos_token_id"] = 602; });
  expect_refused(folder.path(), "tokenizer.json", "603", "602");
}

}  // namespace
}  // namespace vernier::clip
