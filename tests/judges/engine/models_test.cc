// Small random checkpoints of every family: what the engine computes equals what transformers does
// (tests/oracles/engine_models.py).
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "judges/engine/config/images/image_processor_config.h"
#include "judges/engine/container/values/convert.h"
#include "judges/engine/cpu/cpu_backend.h"
#include "judges/engine/model/checkpoint_model.h"
#include "judges/engine/model/prompt_builder.h"
#include "judges/engine/model/vision_inputs.h"
#include "judges/engine/serve/engine.h"
#include "tests/datasets/images/drawn.h"

namespace vernier::engine {
namespace {

using Json = nlohmann::json;

std::string folder_of(const std::string& name) {
  return std::string(VERNIER_SOURCE) + "/tests/judges/engine/models/" + name;
}

class Models : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    const std::string folder = folder_of(GetParam());
    config_ = load_model_config(folder);
    backend_ = make_cpu_backend(2);
    model_ = std::make_unique<CheckpointModel>(config_, TensorStore::open(folder), *backend_,
                                               UnknownTensors::kRefuse);
    inputs_ = std::make_unique<VisionInputs>(config_,
                                             load_image_processor_config(folder, config_.family));
    builder_ = std::make_unique<PromptBuilder>(config_, Tokenizer::load(folder + "/tokenizer.json"),
                                               "<image>");
    golden_ = std::make_unique<TensorStore>(TensorStore::open(folder + "/golden.safetensors"));
    std::ifstream file(folder + "/cases.json");
    cases_ = Json::parse(file)["cases"];
  }

  std::vector<std::shared_ptr<const VisionInput>> pictures_of(const Json& c) const {
    std::vector<std::shared_ptr<const VisionInput>> out;
    for (const Json& p : c["pictures"]) {
      out.push_back(inputs_->prepare(images::test::picture({p[0], p[1]}, p[2])));
    }
    return out;
  }

  Prompt prompt_of(const Json& c) const {
    const std::string text = c["text"];
    std::vector<std::size_t> at;
    for (std::size_t i = text.find("<image>"); i != std::string::npos;
         i = text.find("<image>", i + 1)) {
      at.push_back(i);
    }
    ChatPrompt chat;
    chat.text = text;
    chat.images = at;
    chat.add_special = false;
    return builder_->build(chat, pictures_of(c));
  }

  template <class Number>
  std::vector<Number> golden(const std::string& name) const {
    const TensorView& view = golden_->find(name)->view;
    std::vector<Number> out(view.elements());
    std::memcpy(out.data(), view.bytes.data(), view.bytes.size());
    return out;
  }

  ModelConfig config_;
  std::unique_ptr<Backend> backend_;
  std::unique_ptr<CheckpointModel> model_;
  std::unique_ptr<VisionInputs> inputs_;
  std::unique_ptr<PromptBuilder> builder_;
  std::unique_ptr<TensorStore> golden_;
  Json cases_;
};

TEST_P(Models, PixelsAndTokensAreThoseOfTheProcessor) {
  for (const Json& c : cases_) {
    EXPECT_EQ(prompt_of(c).ids, c["ids"].get<std::vector<std::uint32_t>>()) << c["text"];
    std::vector<float> pixels;
    for (const auto& input : pictures_of(c)) {
      pixels.insert(pixels.end(), input->pixels.begin(), input->pixels.end());
    }
    if (!pixels.empty()) {
      EXPECT_EQ(fmt::format("{:016x}", images::test::hash_of(pixels)),
                c["pixels"].get<std::string>())
          << c["text"];
    }
  }
}

TEST_P(Models, LogitsAreThoseOfTransformers) {
  const std::size_t vocabulary = config_.text.vocabulary;
  for (std::size_t i = 0; i < cases_.size(); ++i) {
    const Prompt prompt = prompt_of(cases_[i]);
    const std::size_t n = prompt.ids.size();
    // All places at once through the parts themselves.
    const PageLayout layout = model_->language().shape().pages();
    std::vector<std::unique_ptr<Memory>> memory;
    std::vector<float*> pages;
    for (std::size_t p = 0; p * kPageTokens < n; ++p) {
      pages.push_back(memory.emplace_back(backend_->allocate(layout.floats()))->data());
    }
    const auto rows = backend_->allocate(n * config_.text.width);
    const Rows x{rows->data(), n, config_.text.width};
    backend_->embed(model_->language().embedding(), prompt.ids, x);
    for (const PromptImage& image : prompt.images) {
      const auto seen = backend_->allocate(image.input->tokens * x.width);
      const Rows features{seen->data(), image.input->tokens, x.width};
      model_->look(*image.input, features);
      std::vector<std::uint32_t> from(features.count);
      for (std::uint32_t k = 0; k < from.size(); ++k) from[k] = k;
      backend_->scatter(features, from, image.places, x);
    }
    std::vector<std::uint32_t> wanted(n);
    for (std::uint32_t k = 0; k < n; ++k) wanted[k] = k;
    const std::vector<Stretch> stretches{{0, n, 0, pages}};
    const Rows hidden = model_->language().run(x, stretches, wanted);
    const auto out = backend_->allocate(n * vocabulary);
    const Rows logits{out->data(), n, vocabulary};
    model_->language().head(hidden, logits);

    std::vector<std::uint32_t> best(n);
    backend_->argmax(logits, best);
    EXPECT_EQ(best, cases_[i]["best"].get<std::vector<std::uint32_t>>());
    const auto places = golden<std::int32_t>("places." + std::to_string(i));
    const auto theirs = golden<float>("logits." + std::to_string(i));
    float worst = 0;
    for (std::size_t k = 0; k < places.size(); ++k) {
      for (std::size_t v = 0; v < vocabulary; ++v) {
        const float ours = logits.data[static_cast<std::size_t>(places[k]) * vocabulary + v];
        worst = std::max(worst, std::abs(ours - theirs[k * vocabulary + v]));
      }
    }
    EXPECT_LE(worst, 2e-4F) << "case " << i;
    RecordProperty("worst_logit_" + std::to_string(i), std::to_string(worst));
  }
}

INSTANTIATE_TEST_SUITE_P(Engine, Models,
                         testing::Values("llava_clip", "llava_pad", "llava_siglip", "llava_qwen2",
                                         "llava_next", "idefics3", "smolvlm"),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace vernier::engine
