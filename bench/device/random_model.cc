#include "bench/device/random_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

#include "base/error.h"
#include "base/hash.h"
#include "judges/engine/container/values/convert.h"

namespace vernier::engine {
namespace {

/// Random numbers that are made; more are the same again.
constexpr std::size_t kDifferent = std::size_t{1} << 22;
constexpr std::size_t kGroup = 128;

VitShape clip_l_336() {
  VitShape tower;
  tower.width = 1024;
  tower.heads = 16;
  tower.hidden = 4096;
  tower.eps = 1e-5F;
  tower.activation = Activation::kQuickGelu;
  tower.image = 336;
  tower.patch = 14;
  tower.taken_after = {23};
  tower.drop_first_token = true;
  return tower;
}

}  // namespace

ModelSizes ModelSizes::of(std::string_view name) {
  ModelSizes s{std::string(name), clip_l_336(), {}, 10000, false};
  LanguageShape& l = s.language;
  l.eps = 1e-5F;
  if (name == "7b") {
    l = {4096, 32, 32, 128, 11008, 32064, 32, 1e-5F};
  } else if (name == "13b") {
    l = {5120, 40, 40, 128, 13824, 32064, 40, 1e-5F};
  } else if (name == "qwen-7b") {
    l = {3584, 28, 4, 128, 18944, 152064, 28, 1e-6F};
    s.theta = 1e6;
    s.qkv_bias = true;
  } else if (name == "tiny") {
    l = {256, 4, 2, 64, 512, 1024, 2, 1e-5F};
    s.tower.width = 128;
    s.tower.heads = 2;
    s.tower.hidden = 256;
    s.tower.image = 56;
    s.tower.taken_after = {2};
  } else {
    throw Error(ExitCode::kUsage, fmt::format("{}: sizes are 7b, 13b, qwen-7b or tiny", name));
  }
  return s;
}

std::size_t ModelSizes::layer_weights() const {
  const std::size_t q = language.heads * language.size, kv = language.kv_heads * language.size;
  return language.layers *
         (language.width * (2 * q + 2 * kv) + 3 * language.width * language.hidden);
}

std::size_t ModelSizes::tower_weights() const {
  const std::size_t layers = tower.taken_after[0];
  return layers * (4 * tower.width * tower.width + 2 * tower.width * tower.hidden) +
         language.width * (tower.width + language.width);
}

RandomModel::RandomModel(Backend& backend, const ModelSizes& sizes, unsigned bits)
    : backend_(backend), sizes_(sizes), bits_(bits) {
  const LanguageShape& l = sizes.language;
  std::normal_distribution<float> normal(0, 0.02F);
  halves_.resize(l.vocabulary * l.width);
  for (std::size_t i = 0; i < halves_.size(); ++i) {
    halves_[i] = i < kDifferent ? half_of(normal(random_)) : halves_[i - kDifferent];
  }
  VitWeights tower;
  const VitShape& t = sizes.tower;
  tower.patch = matrix(t.width, 3 * t.patch * t.patch);
  tower.class_token = vector(t.width, 0);
  tower.positions = matrix(t.patches() + 1, t.width);
  tower.pre_norm_weight = vector(t.width, 1);
  tower.pre_norm_bias = vector(t.width, 0);
  for (std::size_t i = 0; i < t.taken_after[0]; ++i) tower.layers.push_back(encoder_layer());
  tower_ = std::make_unique<Vit>(backend, t, std::move(tower));
  std::vector<ProjectorStep> steps(3);
  steps[0].matrix = matrix(l.width, t.width);
  steps[0].bias = vector(l.width, 0);
  steps[1].kind = ProjectorStep::Kind::kActivation;
  steps[2].matrix = matrix(l.width, l.width);
  steps[2].bias = vector(l.width, 0);
  projector_ = std::make_unique<Projector>(backend, t.side(), 1, std::move(steps));
  LanguageWeights weights;
  weights.embedding = matrix(l.vocabulary, l.width);
  for (std::size_t i = 0; i < l.layers; ++i) weights.layers.push_back(layer());
  weights.norm = vector(l.width, 1);
  weights.head = matrix(l.vocabulary, l.width);
  language_ = std::make_unique<LanguageModel>(backend, l, std::move(weights),
                                              Rope(default_frequencies(l.size, sizes.theta)));
}

Matrix RandomModel::matrix(std::size_t rows, std::size_t columns) {
  const auto bytes = std::as_bytes(std::span(halves_).first(rows * columns));
  return backend_.matrix({DType::kF16, {rows, columns}, bytes}, rows, columns);
}

Matrix RandomModel::layer_matrix(std::size_t rows, std::size_t columns) {
  if (bits_ == 16) return matrix(rows, columns);
  QuantisedMatrix weights;
  weights.rows = rows;
  weights.columns = columns;
  weights.bits = bits_;
  weights.group = kGroup;
  weights.codes.resize(rows * columns);
  const auto mask = static_cast<std::uint8_t>((1U << bits_) - 1);
  for (std::size_t i = 0; i < weights.codes.size(); ++i) {
    weights.codes[i] = static_cast<std::uint8_t>(halves_[i % kDifferent] & mask);
  }
  // Codes are spread evenly: of this scale they are as far from their middle as N(0, 0.02).
  const float scale = 0.02F / (static_cast<float>(1U << bits_) / std::sqrt(12.0F));
  const float middle = static_cast<float>(1U << (bits_ - 1));
  weights.scales.assign(rows * weights.groups(), float_of_half(half_of(scale)));
  weights.offsets.assign(rows * weights.groups(), -middle * weights.scales[0]);
  return backend_.matrix(weights);
}

Vector RandomModel::vector(std::size_t size, float around) {
  std::vector<float> numbers(size);
  for (float& x : numbers) x = around + 0.01F * (static_cast<float>(random_() % 101) - 50) / 50;
  return backend_.vector({DType::kF32, {size}, std::as_bytes(std::span(numbers))});
}

LanguageLayer RandomModel::layer() {
  const LanguageShape& l = sizes_.language;
  const std::size_t q = l.heads * l.size, kv = l.kv_heads * l.size;
  LanguageLayer out;
  out.norm1 = vector(l.width, 1);
  out.norm2 = vector(l.width, 1);
  out.q = layer_matrix(q, l.width);
  out.k = layer_matrix(kv, l.width);
  out.v = layer_matrix(kv, l.width);
  out.o = layer_matrix(l.width, q);
  if (sizes_.qkv_bias) {
    out.q_bias = vector(q, 0);
    out.k_bias = vector(kv, 0);
    out.v_bias = vector(kv, 0);
  }
  out.gate = layer_matrix(l.hidden, l.width);
  out.up = layer_matrix(l.hidden, l.width);
  out.down = layer_matrix(l.width, l.hidden);
  return out;
}

EncoderLayer RandomModel::encoder_layer() {
  const VitShape& t = sizes_.tower;
  EncoderLayer out;
  out.norm1_weight = vector(t.width, 1);
  out.norm1_bias = vector(t.width, 0);
  out.norm2_weight = vector(t.width, 1);
  out.norm2_bias = vector(t.width, 0);
  out.q = matrix(t.width, t.width);
  out.k = matrix(t.width, t.width);
  out.v = matrix(t.width, t.width);
  out.out = matrix(t.width, t.width);
  out.q_bias = vector(t.width, 0);
  out.k_bias = vector(t.width, 0);
  out.v_bias = vector(t.width, 0);
  out.out_bias = vector(t.width, 0);
  out.fc1 = matrix(t.hidden, t.width);
  out.fc2 = matrix(t.width, t.hidden);
  out.fc1_bias = vector(t.hidden, 0);
  out.fc2_bias = vector(t.width, 0);
  return out;
}

std::shared_ptr<const VisionInput> RandomModel::picture(std::uint32_t seed) const {
  auto out = std::make_shared<VisionInput>();
  std::mt19937 random(seed);
  out->pixels.resize(tower_->pixels());
  for (float& x : out->pixels) x = static_cast<float>(random() % 2001) / 1000 - 1;
  out->tiles = 1;
  out->tokens = tower_->tokens();
  out->hash = mix(seed + 1, 0x9E3779B97F4A7C15U);
  return out;
}

void RandomModel::look(const VisionInput& input, Rows out) {
  const std::size_t size = input.tokens * tower_->features();
  const auto memory = backend_.allocate(size);
  const Rows seen{memory->data(), input.tokens, tower_->features()};
  tower_->run(input.pixels, seen);
  projector_->run(seen, out);
}

}  // namespace vernier::engine
