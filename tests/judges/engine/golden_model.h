// A checkpoint beside what transformers computes from it (tests/oracles/engine_models.py).
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "judges/engine/config/images/image_processor_config.h"
#include "judges/engine/cpu/cpu_backend.h"
#include "judges/engine/model/checkpoint_model.h"
#include "judges/engine/model/files/model_texts.h"
#include "judges/engine/model/prompt_builder.h"
#include "judges/engine/model/vision_inputs.h"
#include "judges/engine/serve/embedding.h"
#include "tests/datasets/images/drawn.h"

namespace vernier::engine {

class GoldenModel {
 public:
  using Json = nlohmann::json;

  explicit GoldenModel(const std::string& folder,
                       std::unique_ptr<Backend> backend = make_cpu_backend(2))
      : config_(load_model_config(folder)),
        backend_(std::move(backend)),
        model_(config_, TensorStore::open(folder), *backend_, UnknownTensors::kRefuse),
        inputs_(config_, load_image_processor_config(folder, config_.family)),
        builder_(config_, load_tokenizer(folder, config_), "<image>") {}

  const ModelConfig& config() const { return config_; }
  CheckpointModel& model() { return model_; }

  std::vector<std::shared_ptr<const VisionInput>> pictures_of(const Json& c) const {
    std::vector<std::shared_ptr<const VisionInput>> out;
    for (const Json& p : c["pictures"]) {
      out.push_back(
          inputs_.prepare(images::test::picture({p[0], p[1]}, p[2]), c["pictures"].size() == 1));
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
    return builder_.build(chat, pictures_of(c));
  }

  /// Of all places at once, through the parts themselves: [tokens, vocabulary].
  std::vector<float> logits_of(const Prompt& prompt) {
    const std::size_t n = prompt.ids.size(), vocabulary = config_.text.vocabulary;
    const PageLayout layout = model_.language().shape().pages();
    std::vector<std::unique_ptr<Memory>> memory;
    std::vector<float*> pages;
    for (std::size_t p = 0; p * kPageTokens < n; ++p) {
      pages.push_back(memory.emplace_back(backend_->allocate(layout.floats()))->data());
    }
    const auto rows = backend_->allocate(n * config_.text.width);
    const Rows x{rows->data(), n, config_.text.width};
    const Matrix& table = model_.language().embedding();
    backend_->embed(table, table_ids(prompt.ids, table.rows), x);
    for (const PromptImage& image : prompt.images) {
      const auto seen = backend_->allocate(image.input->tokens * x.width);
      const Rows features{seen->data(), image.input->tokens, x.width};
      model_.look(*image.input, features);
      std::vector<std::uint32_t> from(features.count);
      for (std::uint32_t k = 0; k < from.size(); ++k) from[k] = k;
      backend_->scatter(features, from, image.places, x);
    }
    std::vector<std::uint32_t> wanted(n);
    for (std::uint32_t k = 0; k < n; ++k) wanted[k] = k;
    const std::vector<Stretch> stretches{{0, n, 0, pages}};
    const Rows hidden = model_.language().run(x, stretches, wanted);
    const auto out = backend_->allocate(n * vocabulary);
    model_.language().head(hidden, {out->data(), n, vocabulary});
    std::vector<float> logits(n * vocabulary);
    backend_->to_host(out->data(), logits);
    return logits;
  }

  /// The likeliest token of each place.
  std::vector<std::uint32_t> best_of(std::span<const float> logits) const {
    const std::size_t vocabulary = config_.text.vocabulary;
    std::vector<std::uint32_t> best;
    for (; !logits.empty(); logits = logits.subspan(vocabulary)) {
      const auto row = logits.first(vocabulary);
      best.push_back(static_cast<std::uint32_t>(std::ranges::max_element(row) - row.begin()));
    }
    return best;
  }

 private:
  ModelConfig config_;
  std::unique_ptr<Backend> backend_;
  CheckpointModel model_;
  VisionInputs inputs_;
  PromptBuilder builder_;
};

/// The numbers of a tensor of a file of goldens.
template <class Number>
std::vector<Number> golden_numbers(const TensorStore& goldens, const std::string& name) {
  const TensorView& view = goldens.find(name)->view;
  std::vector<Number> out(view.elements());
  std::memcpy(out.data(), view.bytes.data(), view.bytes.size());
  return out;
}

/// How far logits are off those of case number `i` at most, of all places that are stored.
inline float worst_logit(const std::vector<float>& logits, std::size_t vocabulary,
                         const TensorStore& goldens, std::size_t i) {
  const auto places = golden_numbers<std::int32_t>(goldens, "places." + std::to_string(i));
  const auto theirs = golden_numbers<float>(goldens, "logits." + std::to_string(i));
  float worst = 0;
  for (std::size_t k = 0; k < places.size(); ++k) {
    for (std::size_t v = 0; v < vocabulary; ++v) {
      const float ours = logits[static_cast<std::size_t>(places[k]) * vocabulary + v];
      worst = std::max(worst, std::abs(ours - theirs[k * vocabulary + v]));
    }
  }
  return worst;
}

}  // namespace vernier::engine
