// The same bits from every kind of processor, and numbers that are right.
#include "judges/engine/cpu/kernels/kernels.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <functional>
#include <random>
#include <vector>

#include "tests/judges/engine/cpu/processors.h"

namespace vernier::engine::cpu {
namespace {

using Numbers = std::vector<float>;

Numbers random_numbers(std::size_t n, unsigned seed, float scale = 1.0F) {
  std::mt19937 random(seed);
  Numbers out(n);
  for (float& x : out) {
    // Not a standard distribution: those differ between libraries.
    x = (static_cast<float>(random() % 20001) / 10000.0F - 1.0F) * scale;
  }
  return out;
}

std::vector<std::uint32_t> bits(const Numbers& x) {
  std::vector<std::uint32_t> out;
  out.reserve(x.size());
  for (const float f : x) out.push_back(std::bit_cast<std::uint32_t>(f));
  return out;
}

/// What all levels make of it: the same bits, returned once.
Numbers agreed(const std::function<Numbers(const Kernels&)>& compute) {
  Numbers first;
  for (const Kernels* kernels : processors()) {
    const Numbers now = compute(*kernels);
    if (first.empty()) first = now;
    EXPECT_EQ(bits(now), bits(first)) << kernels->name;
  }
  return first;
}

TEST(Kernels, ProductsAreTheSameBitsInEveryBatchAndOnEveryProcessor) {
  for (const std::size_t depth : {1U, 15U, 16U, 33U, 64U, 200U}) {
    for (const std::size_t rows : {1U, 2U, 5U, 6U, 13U, 30U}) {
      for (const std::size_t count : {1U, 7U, 40U}) {
        const Numbers x = random_numbers(rows * depth, 1), w = random_numbers(count * depth, 2),
                      bias = random_numbers(count, 3);
        const Weights weights{w.data(), Storage::kF32, count, depth};
        const Numbers out = agreed([&](const Kernels& k) {
          Numbers y(rows * count), one(rows * count), scratch(scratch_floats(depth));
          k.multiply(x.data(), rows, weights, bias.data(), 0, count, y.data(), scratch.data());
          for (std::size_t r = 0; r < rows; ++r) {
            k.multiply(x.data() + r * depth, 1, weights, bias.data(), 0, count,
                       one.data() + r * count, scratch.data());
          }
          EXPECT_EQ(bits(one), bits(y)) << k.name << ", row by row";
          return y;
        });
        for (std::size_t r = 0; r < rows; ++r) {
          for (std::size_t c = 0; c < count; ++c) {
            double sum = bias[c];
            for (std::size_t i = 0; i < depth; ++i) {
              sum += static_cast<double>(x[r * depth + i]) * w[c * depth + i];
            }
            EXPECT_NEAR(out[r * count + c], sum, 1e-5);
          }
        }
      }
    }
  }
}

/// What a half stands for, by its definition.
float value_of_half(std::uint16_t half) {
  const int exponent = half >> 10 & 31, mantissa = half & 1023;
  const double size =
      exponent == 0 ? std::ldexp(mantissa, -24) : std::ldexp(1024 + mantissa, exponent - 25);
  return static_cast<float>(half & 0x8000 ? -size : size);
}

TEST(Kernels, StoredHalvesAreConvertedExactly) {
  std::vector<std::uint16_t> halves;
  for (unsigned h = 0; h < 0x10000; ++h) {
    if ((h >> 10 & 31) != 31) halves.push_back(static_cast<std::uint16_t>(h));
  }
  const Numbers out = agreed([&](const Kernels& k) {
    Numbers y(halves.size());
    k.unpack({halves.data(), Storage::kF16, 1, halves.size()}, 0, y.data());
    return y;
  });
  for (std::size_t i = 0; i < halves.size(); ++i) {
    ASSERT_EQ(out[i], value_of_half(halves[i])) << halves[i];
  }
  const Numbers wide = agreed([&](const Kernels& k) {
    Numbers y(halves.size());
    k.unpack({halves.data(), Storage::kBf16, 1, halves.size()}, 0, y.data());
    return y;
  });
  for (std::size_t i = 0; i < halves.size(); ++i) {
    ASSERT_EQ(std::bit_cast<std::uint32_t>(wide[i]), std::uint32_t{halves[i]} << 16);
  }
}

TEST(Kernels, ProductsOfStoredHalvesEqualThoseOfTheirValues) {
  constexpr std::size_t depth = 37, count = 9, rows = 8;
  std::vector<std::uint16_t> halves(depth * count);
  Numbers values(halves.size());
  for (std::size_t i = 0; i < halves.size(); ++i) {
    halves[i] = static_cast<std::uint16_t>(0x3000 + i * 7 % 0xc00 + (i % 2) * 0x8000);
    values[i] = value_of_half(halves[i]);
  }
  const Numbers x = random_numbers(rows * depth, 4);
  for (const Kernels* k : processors()) {
    Numbers a(rows * count), b(rows * count), scratch(scratch_floats(depth));
    k->multiply(x.data(), rows, {halves.data(), Storage::kF16, count, depth}, nullptr, 0, count,
                a.data(), scratch.data());
    k->multiply(x.data(), rows, {values.data(), Storage::kF32, count, depth}, nullptr, 0, count,
                b.data(), scratch.data());
    EXPECT_EQ(bits(a), bits(b)) << k->name;
  }
}

TEST(Kernels, ProductsOfManyWeightsAreTheSameBitsInEveryBatch) {
  // More than lie in a cache, of every storage: what is one after the other, fetched ahead or
  // converted in blocks is up to the number of inputs.
  for (const std::size_t depth : {496U, 300U}) {
    constexpr std::size_t count = 530, most = 49;
    std::vector<std::uint16_t> halves(depth * count);
    for (std::size_t i = 0; i < halves.size(); ++i) {
      halves[i] = static_cast<std::uint16_t>(0x3000 + i * 2654435761U % 0xc00 + (i % 2) * 0x8000);
    }
    const Numbers x = random_numbers(most * depth, 14), w = random_numbers(depth * count, 15),
                  bias = random_numbers(count, 16);
    for (const Storage storage : {Storage::kF32, Storage::kF16, Storage::kBf16}) {
      const void* const data = storage == Storage::kF32 ? static_cast<const void*>(w.data())
                                                        : static_cast<const void*>(halves.data());
      const Weights weights{data, storage, count, depth};
      agreed([&](const Kernels& k) {
        Numbers all(most * count), scratch(scratch_floats(depth));
        k.multiply(x.data(), most, weights, bias.data(), 0, count, all.data(), scratch.data());
        for (const std::size_t rows : {1U, 3U, 8U, 24U, 25U}) {
          Numbers some(most * count);
          // In two parts, as two threads do it.
          k.multiply(x.data(), rows, weights, bias.data(), 0, 64, some.data(), scratch.data());
          k.multiply(x.data(), rows, weights, bias.data(), 64, count, some.data(), scratch.data());
          some.resize(rows * count);
          EXPECT_EQ(bits(some), bits({all.begin(), all.begin() + static_cast<long>(some.size())}))
              << k.name << ", " << rows << " rows";
        }
        return all;
      });
    }
  }
}

TEST(Kernels, Activations) {
  const Numbers x = random_numbers(1003, 5, 12.0F);
  struct Case {
    void (*Kernels::*f)(float*, std::size_t);
    double (*truth)(double);
  };
  const Case cases[] = {
      {&Kernels::gelu, [](double v) { return v * 0.5 * (1 + std::erf(v / std::sqrt(2.0))); }},
      {&Kernels::gelu_tanh,
       [](double v) {
         return 0.5 * v *
                (1 + std::tanh(std::sqrt(2 / std::acos(-1.0)) * (v + 0.044715 * v * v * v)));
       }},
      {&Kernels::quick_gelu, [](double v) { return v / (1 + std::exp(-1.702 * v)); }},
  };
  for (const Case& c : cases) {
    const Numbers out = agreed([&](const Kernels& k) {
      Numbers y = x;
      (k.*c.f)(y.data(), y.size());
      return y;
    });
    for (std::size_t i = 0; i < x.size(); ++i) {
      ASSERT_NEAR(out[i], c.truth(static_cast<double>(x[i])), 2e-6) << x[i];
    }
  }
  const Numbers up = random_numbers(x.size(), 13);
  const Numbers gated = agreed([&](const Kernels& k) {
    Numbers y = x;
    k.gated_silu(y.data(), up.data(), y.size());
    return y;
  });
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double v = x[i];
    ASSERT_NEAR(gated[i], v / (1 + std::exp(-v)) * up[i], 2e-6) << x[i];
  }
  // Golden values of specs: x = 1 and -2.
  Numbers few{1.0F, -2.0F};
  best_kernels().gelu(few.data(), 2);
  EXPECT_NEAR(few[0], 0.841344746, 2e-7);
  EXPECT_NEAR(few[1], -0.045500264, 4e-7);
}

TEST(Kernels, Norms) {
  constexpr std::size_t rows = 3, width = 71;
  const Numbers x = random_numbers(rows * width, 6, 3.0F), weight = random_numbers(width, 7),
                bias = random_numbers(width, 8);
  const Numbers layer = agreed([&](const Kernels& k) {
    Numbers y(x.size());
    k.layer_norm(x.data(), rows, width, weight.data(), bias.data(), 1e-5F, y.data());
    return y;
  });
  const Numbers rms = agreed([&](const Kernels& k) {
    Numbers y = x;  // in place
    k.rms_norm(y.data(), rows, width, weight.data(), 1e-6F, y.data());
    return y;
  });
  for (std::size_t r = 0; r < rows; ++r) {
    double mean = 0, squares = 0, variance = 0;
    for (std::size_t i = 0; i < width; ++i) {
      const double v = x[r * width + i];
      mean += v / width;
      squares += v * v / width;
    }
    for (std::size_t i = 0; i < width; ++i) {
      variance += std::pow(x[r * width + i] - mean, 2) / width;
    }
    for (std::size_t i = 0; i < width; ++i) {
      const double v = x[r * width + i];
      EXPECT_NEAR(layer[r * width + i],
                  (v - mean) / std::sqrt(variance + 1e-5) * weight[i] + bias[i], 2e-6);
      EXPECT_NEAR(rms[r * width + i], v / std::sqrt(squares + 1e-6) * weight[i], 2e-6);
    }
  }
}

TEST(Kernels, AttentionOverPages) {
  constexpr std::size_t tokens = 77, size = 48, pages = 3;
  std::vector<Numbers> memory;
  std::vector<const float*> table;
  memory.reserve(pages);
  table.reserve(pages);
  for (unsigned p = 0; p < pages; ++p) memory.push_back(random_numbers(2 * kPageTokens * size, p));
  for (const Numbers& page : memory) table.push_back(page.data());
  const HeadPages head{table.data(), 0, kPageTokens * size};
  const Numbers q = random_numbers(tokens * size, 9, 3.0F);
  const Numbers out = agreed([&](const Kernels& k) {
    Numbers all(q.size()), single(q.size()), scratch(attention_floats(tokens));
    k.attend(q.data(), tokens, size, size, head, 0, 1, 0.2F, all.data(), scratch.data());
    for (std::size_t t = 0; t < tokens; ++t) {
      k.attend(q.data() + t * size, 1, size, size, head, t, 0, 0.2F, single.data() + t * size,
               scratch.data());
    }
    EXPECT_EQ(bits(single), bits(all)) << k.name << ", token by token";
    return all;
  });
  const auto key = [&](std::size_t t, std::size_t i) {
    return static_cast<double>(memory[t / kPageTokens][t % kPageTokens * size + i]);
  };
  const auto value = [&](std::size_t t, std::size_t i) {
    return static_cast<double>(memory[t / kPageTokens][(kPageTokens + t % kPageTokens) * size + i]);
  };
  for (std::size_t t = 0; t < tokens; ++t) {
    std::vector<double> weight(t + 1);
    double total = 0;
    for (std::size_t j = 0; j <= t; ++j) {
      double score = 0;
      for (std::size_t i = 0; i < size; ++i) score += q[t * size + i] * key(j, i);
      total += weight[j] = std::exp(score * 0.2);
    }
    for (std::size_t i = 0; i < size; ++i) {
      double mixed = 0;
      for (std::size_t j = 0; j <= t; ++j) mixed += weight[j] / total * value(j, i);
      ASSERT_NEAR(out[t * size + i], mixed, 2e-6) << t;
    }
  }
}

TEST(Kernels, RotationAndSums) {
  const Numbers x = random_numbers(2 * 40, 10), angles = random_numbers(20, 11, 3.0F);
  Numbers cos(20), sin(20);
  for (std::size_t i = 0; i < 20; ++i) {
    cos[i] = std::cos(angles[i]);
    sin[i] = std::sin(angles[i]);
  }
  const Numbers out = agreed([&](const Kernels& k) {
    Numbers y = x;
    k.rotate(y.data(), 2, 20, cos.data(), sin.data());
    return y;
  });
  for (std::size_t h = 0; h < 2; ++h) {
    for (std::size_t i = 0; i < 20; ++i) {
      const double a = x[h * 40 + i], b = x[h * 40 + 20 + i];
      EXPECT_NEAR(out[h * 40 + i], a * cos[i] - b * sin[i], 1e-6);
      EXPECT_NEAR(out[h * 40 + 20 + i], b * cos[i] + a * sin[i], 1e-6);
    }
  }
  for (const std::size_t n : {1U, 15U, 16U, 50U, 1000U}) {
    const Numbers logits = random_numbers(n, 12, 30.0F);
    const Numbers lse =
        agreed([&](const Kernels& k) { return Numbers{k.log_sum_exp(logits.data(), n)}; });
    double sum = 0;
    for (const float v : logits) sum += std::exp(static_cast<double>(v) - 30);
    EXPECT_NEAR(lse[0], std::log(sum) + 30, 1e-5);
  }
}

}  // namespace
}  // namespace vernier::engine::cpu
