// Models of true sizes with random weights: for speeds, where no checkpoint is at hand.
#pragma once

#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "judges/engine/model/model.h"

namespace vernier::engine {

/// The sizes of a published model (vlm-engine specification, "Profiles").
struct ModelSizes {
  std::string name;
  VitShape tower;
  LanguageShape language;
  double theta = 10000;
  bool qkv_bias = false;

  /// Weights that a step reads: of the layers and of the head.
  std::size_t layer_weights() const;
  std::size_t head_weights() const { return language.width * language.vocabulary; }
  /// Of the tower's layers that are run and of the projector.
  std::size_t tower_weights() const;

  /// "7b", "13b" (LLaVA 1.5), "qwen-7b" (Qwen2.5's language model behind the same tower), or
  /// "tiny". Throws Error(kUsage) for another name.
  static ModelSizes of(std::string_view name);
};

class RandomModel final : public Model {
 public:
  /// bits: 16 (F16), 8 or 4 (groups of 128) of the layers' matrices; the rest is F16.
  RandomModel(Backend& backend, const ModelSizes& sizes, unsigned bits);

  Backend& backend() override { return backend_; }
  LanguageModel& language() override { return *language_; }
  std::size_t context() const override { return 32768; }
  void look(const VisionInput& input, Rows out) override;

  /// Random pixels, and as many tokens as the tower makes of them.
  std::shared_ptr<const VisionInput> picture(std::uint32_t seed) const;
  std::size_t picture_tokens() const { return tower_->tokens(); }

 private:
  Matrix matrix(std::size_t rows, std::size_t columns);
  Matrix layer_matrix(std::size_t rows, std::size_t columns);
  Vector vector(std::size_t size, float around);
  LanguageLayer layer();
  EncoderLayer encoder_layer();

  Backend& backend_;
  ModelSizes sizes_;
  unsigned bits_;
  std::mt19937 random_{1};
  std::vector<std::uint16_t> halves_;  ///< N(0, 0.02), used for all matrices
  std::unique_ptr<LanguageModel> language_;
  std::unique_ptr<Vit> tower_;
  std::unique_ptr<Projector> projector_;
};

}  // namespace vernier::engine
