// A small vision-language model with random weights, made in memory.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <random>
#include <utility>
#include <vector>

#include "judges/engine/cpu/cpu_backend.h"
#include "judges/engine/model/model.h"

namespace vernier::engine {

class TinyModel final : public Model {
 public:
  explicit TinyModel(unsigned threads = 1, std::size_t kv_heads = 2)
      : backend_(make_cpu_backend(threads)) {
    LanguageShape shape;
    shape.width = 48;
    shape.heads = 4;
    shape.kv_heads = kv_heads;
    shape.size = 12;  // not a whole vector
    shape.hidden = 72;
    shape.vocabulary = 101;
    shape.layers = 3;
    LanguageWeights weights;
    weights.embedding = matrix(shape.vocabulary, shape.width);
    weights.head = weights.embedding;
    weights.norm = vector(shape.width);
    for (std::size_t l = 0; l < shape.layers; ++l) {
      LanguageLayer layer;
      layer.norm1 = vector(shape.width);
      layer.norm2 = vector(shape.width);
      layer.q = matrix(shape.heads * shape.size, shape.width);
      layer.k = matrix(kv_heads * shape.size, shape.width);
      layer.v = matrix(kv_heads * shape.size, shape.width);
      layer.o = matrix(shape.width, shape.heads * shape.size);
      layer.gate = matrix(shape.hidden, shape.width);
      layer.up = matrix(shape.hidden, shape.width);
      layer.down = matrix(shape.width, shape.hidden);
      weights.layers.push_back(layer);
    }
    language_ = std::make_unique<LanguageModel>(*backend_, shape, std::move(weights),
                                                Rope(default_frequencies(shape.size, 1e4)));
  }

  Backend& backend() override { return *backend_; }
  LanguageModel& language() override { return *language_; }
  std::size_t context() const override { return 512; }

  /// A token is a slice of the pixels.
  void look(const VisionInput& input, Rows out) override {
    ++looks;
    for (std::size_t i = 0; i < out.size(); ++i)
      out.data[i] = input.pixels[i % input.pixels.size()];
  }

  int looks = 0;

 private:
  std::vector<float>& numbers(std::size_t n) {
    std::vector<float>& out = storage_.emplace_back(n);
    for (float& x : out) x = (static_cast<float>(random_() % 2001) / 1000.0F - 1.0F) * 0.3F;
    return out;
  }
  Matrix matrix(std::size_t rows, std::size_t columns) {
    return {numbers(rows * columns).data(), DType::kF32, rows, columns};
  }
  Vector vector(std::size_t n) {
    std::vector<float>& out = numbers(n);
    for (float& x : out) x += 1.0F;
    return {out.data(), n};
  }

  std::mt19937 random_{1};
  std::deque<std::vector<float>> storage_;
  std::unique_ptr<Backend> backend_;
  std::unique_ptr<LanguageModel> language_;
};

/// `tokens` of an image of random numbers.
inline std::shared_ptr<const VisionInput> tiny_image(std::size_t tokens, unsigned seed) {
  std::mt19937 random(seed);
  auto image = std::make_shared<VisionInput>();
  for (std::size_t i = 0; i < tokens * 48; ++i) {
    image->pixels.push_back(static_cast<float>(random() % 2001) / 1000.0F - 1.0F);
  }
  image->tokens = tokens;
  image->hash = seed;
  return image;
}

/// Text tokens, then the image's, then text tokens.
inline Prompt tiny_prompt(std::vector<std::uint32_t> before,
                          const std::shared_ptr<const VisionInput>& image,
                          const std::vector<std::uint32_t>& after) {
  Prompt prompt;
  prompt.ids = std::move(before);
  if (image != nullptr) {
    PromptImage& placed = prompt.images.emplace_back();
    placed.input = image;
    for (std::size_t i = 0; i < image->tokens; ++i) {
      placed.places.push_back(static_cast<std::uint32_t>(prompt.ids.size()));
      prompt.ids.push_back(7);
    }
  }
  prompt.ids.insert(prompt.ids.end(), after.begin(), after.end());
  return prompt;
}

}  // namespace vernier::engine
