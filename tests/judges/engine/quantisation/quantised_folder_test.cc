// Folders that vernier writes in few bits, read again.
#include "judges/engine/quantisation/quantised_folder.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "judges/engine/container/values/convert.h"
#include "tests/judges/engine/container/refusal.h"
#include "tests/judges/engine/golden_model.h"
#include "tests/judges/engine/quantisation/quantised_golden.h"

namespace vernier::engine {
namespace {

using Json = nlohmann::json;

/// A golden in few bits, and the same model plain, in the spelling of the hub.
class QuantisedFolders : public testing::Test {
 protected:
  void take(const std::string& model, const std::string& layout) {
    golden_ = std::make_unique<QuantisedGolden>(model, layout);
    quantised_ = std::make_unique<OpenedFolder>(golden_->write());
    Checkpoint& tensors = golden_->checkpoint;
    const Checkpoint before = tensors;
    for (const std::string& name : quantised_names(quantised_->tensors)) {
      const QuantisedMatrix weights = quantised_->tensors.quantised(name);
      std::vector<float> plain(weights.codes.size());
      for (std::size_t i = 0; i < plain.size(); ++i) {
        plain[i] = weights.at(i / weights.columns, i % weights.columns);
      }
      std::vector<std::byte> bytes(plain.size() * sizeof(float));
      from_float(plain, DType::kF32, bytes);
      tensors.add({stored_name(name), DType::kF32, {weights.rows, weights.columns}, bytes});
    }
    std::erase_if(tensors.tensors(), [](const Checkpoint::Tensor& tensor) {
      return tensor.name.ends_with(".qweight") || tensor.name.ends_with(".qzeros") ||
             tensor.name.ends_with(".scales") || tensor.name.ends_with(".g_idx");
    });
    // Of no use to the engine, but to be kept.
    tensors.add({kUseless, DType::kI64, {1}, std::vector<std::byte>(8, std::byte{7})});
    golden_->config.erase("quantization_config");
    tensors.write(source_.path());
    write_companions();
    plain_ = std::make_unique<OpenedFolder>(source_.path());
    golden_->checkpoint = before;
  }

  void write_companions() {
    source_.write("config.json", golden_->config.dump(1));
    for (const char* name : {"tokenizer.json", "processor_config.json", "generation_config.json"}) {
      source_.write(name, read_file(golden_->folder.file(name)));
    }
    source_.write("LICENSE", "free");
    source_.write("README.md", "of the other model");
    source_.write("pytorch_model.bin", "weights");
  }

  std::string stored_name(const std::string& canonical) const {
    const std::string prefix =
        golden_->config["model_type"] == "idefics3" ? "model.text_model." : "language_model.model.";
    return prefix + canonical.substr(std::string("llm.").size());
  }

  QuantisedFolder folder(const QuantisationFormat& format) const {
    return {plain_->tensors, plain_->config, source_.path(), format};
  }

  static constexpr const char* kUseless = "vision_tower.vision_model.embeddings.position_ids";

  std::unique_ptr<QuantisedGolden> golden_;
  std::unique_ptr<OpenedFolder> quantised_, plain_;
  Folder source_, target_;
};

std::vector<float> first_logits(const std::string& folder, const Json& cases) {
  GoldenModel model(folder);
  return model.logits_of(model.prompt_of(cases["cases"][0]));
}

TEST_F(QuantisedFolders, EveryLayoutIsReadAsTheSameModel) {
  take("llava_llama", "awq-g64");
  const std::vector<float> expected = first_logits(golden_->folder.path(), golden_->cases);
  for (const auto layout : {QuantisationLayout::kAwqGemm, QuantisationLayout::kLlmAwq,
                            QuantisationLayout::kGptq, QuantisationLayout::kGptqV2}) {
    const Folder target;
    QuantisedFolder folder = this->folder({layout, 4, 64, false});
    const std::vector<std::string> names = quantisable(plain_->tensors, folder.format());
    EXPECT_EQ(names, quantised_names(quantised_->tensors));
    for (const std::string& name : names) folder.put(name, quantised_->tensors.quantised(name));
    folder.write(target.path(), "vernier test");
    EXPECT_EQ(first_logits(target.path(), golden_->cases), expected) << name_of(layout);
    const OpenedFolder opened(target.path());
    EXPECT_EQ(text_of(*opened.config.quantisation), fmt::format("int4-g64-{}", name_of(layout)));
    EXPECT_EQ(opened.store.metadata(), (std::vector<std::pair<std::string, std::string>>{
                                           {"format", "pt"}, {"made_by", "vernier test"}}));
  }
}

TEST_F(QuantisedFolders, TheFolderIsTheOracles) {
  take("llava_llama", "awq-g64");
  QuantisedFolder folder = this->folder({QuantisationLayout::kAwqGemm, 4, 64, false});
  for (const std::string& name : quantised_names(quantised_->tensors)) {
    folder.put(name, quantised_->tensors.quantised(name));
  }
  folder.write(target_.path(), "vernier test");
  const TensorStore written = TensorStore::open(target_.path());
  EXPECT_EQ(written.tensors().size(), golden_->checkpoint.tensors().size() + 1);
  for (const Checkpoint::Tensor& tensor : golden_->checkpoint.tensors()) {
    const TensorStore::Tensor* const other = written.find(tensor.name);
    ASSERT_NE(other, nullptr) << tensor.name;
    EXPECT_EQ(other->view.dtype, tensor.dtype) << tensor.name;
    EXPECT_EQ(other->view.shape, tensor.shape) << tensor.name;
    EXPECT_TRUE(std::ranges::equal(other->view.bytes, tensor.bytes)) << tensor.name;
  }
  EXPECT_NE(written.find(kUseless), nullptr);
}

TEST_F(QuantisedFolders, CompanionsComeAlong) {
  take("llava_llama", "awq-g64");
  this->folder({}).write(target_.path(), "vernier test");
  for (const char* name :
       {"tokenizer.json", "processor_config.json", "generation_config.json", "LICENSE"}) {
    EXPECT_EQ(read_file(target_.file(name)), read_file(source_.file(name))) << name;
  }
  for (const char* name : {"README.md", "pytorch_model.bin"}) {
    EXPECT_FALSE(std::filesystem::exists(target_.file(name))) << name;
  }
}

/// The config after every layer but `left` was put.
Json config_without(const QuantisedFolder& empty, const ModelTensors& weights,
                    const std::string& left, const std::string& target) {
  QuantisedFolder folder = empty;
  for (const std::string& name : quantised_names(weights)) {
    if (name != left) folder.put(name, weights.quantised(name));
  }
  folder.write(target, "vernier test");
  return Json::parse(read_file(target + "/config.json"));
}

TEST_F(QuantisedFolders, TheConfigIsKeptAndSaysTheFormat) {
  take("llava_llama", "awq-g64");
  const auto written = [&](QuantisationLayout layout, const std::string& left) {
    Json config =
        config_without(folder({layout, 4, 64, false}), quantised_->tensors, left, target_.path());
    Json block = config["quantization_config"];
    config.erase("quantization_config");
    EXPECT_EQ(config, golden_->config);
    return block;
  };
  const Json modules = {"vision_tower", "model.vision_tower", "multi_modal_projector",
                        "model.multi_modal_projector", "lm_head"};
  Json more = modules;
  more.push_back("layers.0.mlp.down_proj");
  EXPECT_EQ(written(QuantisationLayout::kAwqGemm, ""), (Json{{"bits", 4},
                                                             {"group_size", 64},
                                                             {"modules_to_not_convert", modules},
                                                             {"quant_method", "awq"},
                                                             {"version", "gemm"},
                                                             {"zero_point", true}}));
  EXPECT_EQ(written(QuantisationLayout::kLlmAwq, "llm.layers.0.mlp.down_proj.weight"),
            (Json{{"backend", "llm-awq"},
                  {"bits", 4},
                  {"group_size", 64},
                  {"modules_to_not_convert", more},
                  {"quant_method", "awq"},
                  {"zero_point", true}}));
  const Json gptq = written(QuantisationLayout::kGptqV2, "llm.layers.0.mlp.down_proj.weight");
  EXPECT_EQ(gptq["checkpoint_format"], "gptq_v2");
  EXPECT_EQ(gptq["sym"], false);
  EXPECT_EQ(gptq["lm_head"], false);
  EXPECT_TRUE(gptq["dynamic"].contains("-:.*layers\\.0\\.mlp\\.down_proj"));
  // In their order, the new one last.
  std::string text = read_file(target_.file("config.json"));
  EXPECT_GT(text.find("\"quantization_config\""), text.find("\"vision_config\""));
}

TEST_F(QuantisedFolders, SymmetricIsWhatHasItsZeroInTheMiddle) {
  take("llava_llama", "awq-g64");
  const std::string name = "llm.layers.0.mlp.down_proj.weight";
  QuantisedFolder folder = this->folder({QuantisationLayout::kGptq, 4, 64, false});
  QuantisedMatrix weights = quantised_->tensors.quantised(name);
  for (std::size_t n = 0; n < weights.scales.size(); ++n) {
    weights.offsets[n] = -8 * weights.scales[n];
  }
  folder.put(name, weights);
  folder.write(target_.path(), "vernier test");
  const Json config = Json::parse(read_file(target_.file("config.json")));
  EXPECT_EQ(config["quantization_config"]["sym"], true);
}

TEST_F(QuantisedFolders, AHeadAndRowsAsOneGroupCanBeWritten) {
  take("idefics3", "awq-g128");
  const std::string name = "lm_head.weight";
  const TensorView& head = plain_->tensors.at(name);
  QuantisedMatrix weights;
  weights.rows = head.shape[0];
  weights.columns = head.shape[1];
  weights.bits = 8;
  weights.group = weights.columns;
  weights.codes.resize(weights.rows * weights.columns);
  for (std::size_t n = 0; n < weights.codes.size(); ++n) {
    weights.codes[n] = static_cast<std::uint8_t>(n * 37);
  }
  weights.scales.assign(weights.rows, 0.25F);
  weights.offsets.assign(weights.rows, -0.25F * 255);
  QuantisedFolder folder = this->folder({QuantisationLayout::kGptq, 8, 0, false});
  folder.put(name, weights);
  folder.write(target_.path(), "vernier test");
  const OpenedFolder opened(target_.path());
  EXPECT_EQ(text_of(*opened.config.quantisation), "int8-rows-gptq");
  EXPECT_EQ(opened.tensors.quantised(name).codes, weights.codes);
  EXPECT_EQ(opened.tensors.quantised(name).offsets, weights.offsets);
  const Json config = Json::parse(read_file(target_.file("config.json")));
  EXPECT_EQ(config["quantization_config"]["lm_head"], true);
  EXPECT_EQ(config["quantization_config"]["group_size"], -1);
  GoldenModel model(target_.path());  // a head in few bits is one
  EXPECT_EQ(model.model().language().shape().vocabulary, weights.rows);
}

TEST_F(QuantisedFolders, OtherValuesAreRoundedToTheirType) {
  take("llava_llama", "awq-g64");
  const std::string name = "llm.layers.0.input_layernorm.weight";
  QuantisedFolder folder = this->folder({QuantisationLayout::kAwqGemm, 4, 64, false});
  const std::string put = "llm.layers.0.mlp.down_proj.weight";
  folder.put(put, quantised_->tensors.quantised(put));
  std::vector<float> values(64, 1.0F / 3);
  folder.replace(name, values);
  values.assign(64, 2.0F / 3);
  folder.replace(name, values);  // the last one counts
  folder.write(target_.path(), "vernier test");
  const OpenedFolder opened(target_.path());
  const TensorView& view = opened.tensors.at(name);
  EXPECT_EQ(view.dtype, DType::kF16);
  std::vector<float> read(64);
  to_float(view.dtype, view.bytes, read);
  EXPECT_EQ(read, std::vector<float>(64, float_of_half(half_of(2.0F / 3))));
}

TEST_F(QuantisedFolders, WhatCannotBeWrittenIsRefused) {
  take("llava_llama", "awq-g64");
  const auto refused = [&](const std::string& target, const char* what) {
    try {
      folder({}).write(target, "vernier test");
      ADD_FAILURE() << target;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ExitCode::kOutput);
      EXPECT_NE(std::string(error.what()).find(what), std::string::npos) << error.what();
    }
  };
  refused(source_.path(), "is the folder of the weights");
  refused(source_.file("LICENSE") + "/model", "LICENSE/model");
  target_.write("model.safetensors.index.json", "{}");
  refused(target_.path(), "holds model.safetensors.index.json");
  EXPECT_FALSE(std::filesystem::exists(target_.file("config.json")));
  expect_refusal(
      [&] {
        const QuantisedFolder again(quantised_->tensors, quantised_->config, golden_->folder.path(),
                                    {});
      },
      "is quantised already (int4-g64-awq)");
}

TEST_F(QuantisedFolders, WhatTheFormatDoesNotHoldIsABug) {
  take("llava_llama", "awq-g64");
  const std::string name = "llm.layers.0.mlp.down_proj.weight";
  const QuantisedMatrix weights = quantised_->tensors.quantised(name);
  QuantisedFolder folder = this->folder({QuantisationLayout::kAwqGemm, 4, 64, false});
  const auto is_a_bug = [&](const std::string& put, auto change) {
    QuantisedMatrix changed = weights;
    change(changed);
    try {
      folder.put(put, changed);
      ADD_FAILURE();
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ExitCode::kInternal) << error.what();
    }
  };
  is_a_bug(name, [](QuantisedMatrix& w) { w.group = 32; });
  is_a_bug(name, [](QuantisedMatrix& w) { w.bits = 8; });
  is_a_bug(name, [](QuantisedMatrix& w) { w.codes[3] = 16; });
  is_a_bug(name, [](QuantisedMatrix& w) { w.codes.pop_back(); });
  is_a_bug(name, [](QuantisedMatrix& w) { w.scales[0] = 1.0F / 3; });
  is_a_bug(name, [](QuantisedMatrix& w) { w.offsets[0] = -w.scales[0] * 2.5F; });
  is_a_bug(name, [](QuantisedMatrix& w) { w.offsets[0] = -w.scales[0] * 16; });
  is_a_bug(name, [](QuantisedMatrix& w) { w.order.assign(w.columns, 0); });
  is_a_bug("llm.layers.0.mlp.up_proj.weight", [](QuantisedMatrix&) {});
  is_a_bug("llm.embed_tokens.weight", [](QuantisedMatrix&) {});
  is_a_bug("llm.layers.7.mlp.down_proj.weight", [](QuantisedMatrix&) {});
}

TEST_F(QuantisedFolders, WeightsThatDoNotFitAreNoneOfTheQuantisable) {
  take("llava_llama", "awq-g64");
  // 128 columns has down_proj only.
  EXPECT_EQ(quantisable(plain_->tensors, {QuantisationLayout::kAwqGemm, 4, 128, false}),
            std::vector<std::string>{"llm.layers.0.mlp.down_proj.weight"});
  EXPECT_TRUE(quantisable(plain_->tensors, {QuantisationLayout::kAwqGemm, 8, 64, false}).empty());
  EXPECT_TRUE(quantisable(plain_->tensors, {QuantisationLayout::kGptq, 4, 48, false}).empty());
}

}  // namespace
}  // namespace vernier::engine
