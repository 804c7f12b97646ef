#include "judges/engine/quantisation/awq/awq.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <random>
#include <vector>

#include "judges/engine/cpu/cpu_backend.h"
#include "judges/engine/quantisation/awq/clipping.h"

namespace vernier::engine {
namespace {

struct Chance {
  explicit Chance(unsigned seed) : engine(seed) {}
  std::vector<float> normal(std::size_t n, float size, float mean = 0) {
    std::normal_distribution<float> number(mean, size);
    std::vector<float> out(n);
    std::ranges::generate(out, [&] { return number(engine); });
    return out;
  }
  std::mt19937 engine;
};

/// A layer of random weights with heavy tails, and inputs of which a few channels are large.
struct Case {
  Case(std::size_t kv_heads, bool biases, unsigned seed = 1) : chance(seed) {
    shape.width = 128;
    shape.heads = 4;
    shape.kv_heads = kv_heads;
    shape.size = 32;
    shape.hidden = 192;
    shape.layers = 1;
    shape.eps = 1e-5F;
    const auto linear = [&](std::size_t rows, std::size_t columns, bool bias) {
      Linear out{rows, columns, chance.normal(rows * columns, 0.05F), {}};
      for (std::size_t i = 0; i < out.weights.size(); i += 37) out.weights[i] *= 4;
      if (bias) out.bias = chance.normal(rows, 0.1F);
      return out;
    };
    layer.norm1 = chance.normal(128, 0.1F, 1);
    layer.norm2 = chance.normal(128, 0.1F, 1);
    layer.q = linear(128, 128, biases);
    layer.k = linear(kv_heads * 32, 128, biases);
    layer.v = linear(kv_heads * 32, 128, biases);
    layer.o = linear(128, 128, false);
    layer.gate = linear(192, 128, false);
    layer.up = linear(192, 128, biases);
    layer.down = linear(128, 192, false);
    x = chance.normal(lengths[0] * 128 + lengths[1] * 128, 1);
    for (std::size_t i = 0; i < x.size(); ++i) {
      if (i % 128 == 5 || i % 128 == 77) x[i] *= 30;
    }
  }

  Rows rows() { return {x.data(), x.size() / 128, 128}; }
  LayerPass pass() { return {*backend, shape, Rope(default_frequencies(32, 1e4)), lengths}; }

  std::unique_ptr<Backend> backend = make_cpu_backend(2);
  std::vector<std::size_t> lengths = {40, 57};
  LanguageShape shape;
  Chance chance;
  DecoderLayer layer;
  std::vector<float> x;
};

/// What a layer adds to x, attention and MLP one after the other, by the backend's operations.
std::vector<float> added(Case& c, const LanguageLayer& layer, std::vector<float> x, bool mlp) {
  LayerPass pass = c.pass();
  const std::size_t n = x.size() / 128;
  std::vector<float> normed(n * 128), inner(n * 192), out(n * 128);
  const Rows rows{x.data(), n, 128}, normal{normed.data(), n, 128}, result{out.data(), n, 128};
  if (!mlp) {
    const Rows seen{inner.data(), n, 128};
    c.backend->rms_norm(rows, layer.norm1, c.shape.eps, normal);
    pass.attention(layer, normal, seen);
    c.backend->linear(seen, layer.o, layer.o_bias, result);
  } else {
    const Rows hidden{inner.data(), n, 192};
    c.backend->rms_norm(rows, layer.norm2, c.shape.eps, normal);
    pass.gated(layer, normal, hidden);
    c.backend->linear(hidden, layer.down, layer.down_bias, result);
  }
  return out;
}

double off(const std::vector<float>& a, const std::vector<float>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    sum += std::pow(static_cast<double>(a[i]) - static_cast<double>(b[i]), 2);
  }
  return sum / static_cast<double>(a.size());
}

LanguageLayer on(Backend& backend, const QuantisedLayer& q, const DecoderLayer& original) {
  LanguageLayer out = original.view();
  out.q = backend.matrix(q.q);
  out.k = backend.matrix(q.k);
  out.v = backend.matrix(q.v);
  out.o = backend.matrix(q.o);
  out.gate = backend.matrix(q.gate);
  out.up = backend.matrix(q.up);
  out.down = backend.matrix(q.down);
  out.norm1 = {q.norm1.data(), q.norm1.size()};
  out.norm2 = {q.norm2.data(), q.norm2.size()};
  out.v_bias = {q.v_bias.empty() ? nullptr : q.v_bias.data(), q.v_bias.size()};
  out.up_bias = {q.up_bias.empty() ? nullptr : q.up_bias.data(), q.up_bias.size()};
  return out;
}

class Awq : public testing::TestWithParam<std::pair<std::size_t, bool>> {};

TEST_P(Awq, SaysHowFarTheLayerIsOffAndIsCloserThanRounding) {
  const auto [kv_heads, biases] = GetParam();
  Case c(kv_heads, biases);
  const std::vector<float> input = c.x;
  const std::vector<float> attended = added(c, c.layer.view(), input, false);
  std::vector<float> middle = input;
  for (std::size_t i = 0; i < middle.size(); ++i) middle[i] += attended[i];
  const std::vector<float> fed = added(c, c.layer.view(), middle, true);

  LayerPass pass = c.pass();
  LayerReport report;
  const AwqSettings settings{{4, 32}, true, 2};
  const QuantisedLayer q = awq_layer(c.layer, pass, c.rows(), settings, report);
  // What leaves it is what leaves the original.
  for (std::size_t i = 0; i < c.x.size(); ++i) ASSERT_EQ(c.x[i], middle[i] + fed[i]) << i;

  const LanguageLayer quantised = on(*c.backend, q, c.layer);
  const double attention = off(added(c, quantised, input, false), attended);
  const double mlp = off(added(c, quantised, middle, true), fed);
  // Products of inputs rounded to 16 bits move these in the fourth place.
  EXPECT_NEAR(report.attention_error, attention, 2e-3 * attention);
  EXPECT_NEAR(report.mlp_error, mlp, 2e-3 * mlp);

  const QuantisedLayer rounded = round_layer(c.layer, settings.rounding, 1);
  const LanguageLayer nearest = on(*c.backend, rounded, c.layer);
  const double attention_rounded = off(added(c, nearest, input, false), attended);
  const double mlp_rounded = off(added(c, nearest, middle, true), fed);
  EXPECT_NEAR(report.attention_rounded, attention_rounded, 2e-3 * attention_rounded);
  EXPECT_NEAR(report.mlp_rounded, mlp_rounded, 2e-3 * mlp_rounded);
  EXPECT_LT(attention, 0.8 * attention_rounded);
  EXPECT_LT(mlp, 0.9 * mlp_rounded);
  ASSERT_EQ(report.parts.size(), 4U);
  for (const LayerReport::Part& part : report.parts) EXPECT_LE(part.error, part.rounded);
  EXPECT_GT(report.clipped, 0.01);
}

INSTANTIATE_TEST_SUITE_P(Heads, Awq,
                         testing::Values(std::pair{4UL, false}, std::pair{2UL, true},
                                         std::pair{1UL, false}));

TEST(AwqLayer, EightBitsAreNearlyTheOriginal) {
  Case c(2, true);
  const std::vector<float> input = c.x;
  const std::vector<float> attended = added(c, c.layer.view(), input, false);
  LayerPass pass = c.pass();
  LayerReport report;
  awq_layer(c.layer, pass, c.rows(), {{8, 32}, true, 1}, report);
  EXPECT_LT(report.attention_error, 1e-4 * report.attention);
  EXPECT_LT(report.mlp_error, 1e-3 * report.mlp);
}

TEST(AwqLayer, TheSameForAnyNumberOfThreads) {
  std::vector<QuantisedLayer> results;
  for (const unsigned threads : {1U, 3U}) {
    Case c(2, true);
    c.backend = make_cpu_backend(threads);
    LayerPass pass = c.pass();
    LayerReport report;
    results.push_back(awq_layer(c.layer, pass, c.rows(), {{4, 32}, true, threads}, report));
  }
  EXPECT_EQ(results[0].q.codes, results[1].q.codes);
  EXPECT_EQ(results[0].o.scales, results[1].o.scales);
  EXPECT_EQ(results[0].down.codes, results[1].down.codes);
  EXPECT_EQ(results[0].norm2, results[1].norm2);
  EXPECT_EQ(results[0].v_bias, results[1].v_bias);
}

// The search against the same thing written down plainly, in double.
TEST(SearchScales, FindsWhatAPlainSearchFinds) {
  Chance chance(5);
  constexpr std::size_t kRows = 24, kColumns = 64, kInputs = 50;
  Linear linear{kRows, kColumns, chance.normal(kRows * kColumns, 0.05F), {}};
  std::vector<float> x = chance.normal(kInputs * kColumns, 1);
  for (std::size_t r = 0; r < kInputs; ++r) x[r * kColumns + 9] *= 40;
  const auto error = [&](std::span<const float> scales) {
    Linear stretched = linear;
    multiply_columns(stretched, scales);
    round_weights(stretched.weights, kRows, kColumns, {4, 32}, 1, stretched.weights);
    double sum = 0;
    for (std::size_t r = 0; r < kInputs; ++r) {
      for (std::size_t n = 0; n < kRows; ++n) {
        double y = 0;
        for (std::size_t k = 0; k < kColumns; ++k) {
          const double w = static_cast<double>(stretched.weights[n * kColumns + k]) /
                               static_cast<double>(scales[k]) -
                           static_cast<double>(linear.weights[n * kColumns + k]);
          y += w * static_cast<double>(x[r * kColumns + k]);
        }
        sum += y * y;
      }
    }
    return sum / (kInputs * kRows);
  };
  const std::vector<float> activity = activity_of({x.data(), kInputs, kColumns}, 2);
  const Linear* const one[] = {&linear};
  const ChannelScales found = search_scales(activity, sizes_of(one, 32), error);

  double best = 1e9, best_ratio = 0;
  for (int step = 0; step < 20; ++step) {
    std::vector<float> scales(kColumns);
    float least = 1e9F, most = 0;
    for (std::size_t k = 0; k < kColumns; ++k) {
      double sum = 0;
      for (std::size_t r = 0; r < kInputs; ++r) sum += std::abs(x[r * kColumns + k]);
      scales[k] = static_cast<float>(std::pow(sum / kInputs, step / 20.0));
      least = std::min(least, scales[k]);
      most = std::max(most, scales[k]);
    }
    for (float& scale : scales) scale /= std::sqrt(least * most);
    if (const double now = error(scales); now < best) {
      best = now;
      best_ratio = step / 20.0;
    }
  }
  if (!found.by_weights) {
    EXPECT_NEAR(found.error, best, 1e-5 * best);
    EXPECT_EQ(found.ratio, best_ratio);
  }
  EXPECT_LE(found.error, best * (1 + 1e-5));
  EXPECT_GT(found.scales[9], 2 * found.scales[10]) << "the channel that carries much is stretched";
}

TEST(ClipWeights, NoGroupIsFurtherOffThanWithoutIt) {
  Case c(4, false);
  Linear clipped = c.layer.o;
  const Rounding rounding{4, 32};
  const double share = clip_weights(*c.backend, c.rows(), rounding, 2, clipped);
  EXPECT_GT(share, 0.05);
  const auto error = [&](const Linear& linear, std::size_t n, std::size_t g) {
    std::vector<float> group(32);
    std::copy_n(&linear.weights[n * 128 + g * 32], 32, group.begin());
    round_weights(group, 1, 32, rounding, 1, group);
    double sum = 0;
    for (std::size_t r = 0; r < c.rows().count; ++r) {
      double y = 0;
      for (std::size_t k = 0; k < 32; ++k) {
        y += (static_cast<double>(group[k]) -
              static_cast<double>(c.layer.o.weights[n * 128 + g * 32 + k])) *
             static_cast<double>(c.x[r * 128 + g * 32 + k]);
      }
      sum += y * y;
    }
    return sum;
  };
  for (std::size_t n = 0; n < 128; ++n) {
    for (std::size_t g = 0; g < 4; ++g) {
      ASSERT_LE(error(clipped, n, g), error(c.layer.o, n, g) * (1 + 1e-4)) << n << " " << g;
    }
  }
}

}  // namespace
}  // namespace vernier::engine
