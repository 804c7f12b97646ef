// Attention: stored keys and values in pages, and all tokens of an image.
#include <bit>

#include "tests/cuda/both.h"

namespace vernier::engine {
namespace {

struct Sequences {
  std::vector<std::size_t> before, now;  ///< tokens that are stored already, and new ones
};

class CudaAttention : public OnBoth {
 protected:
  /// Pages of sequences on one side; which page is whose is mixed up.
  struct Pages {
    std::unique_ptr<Memory> memory;
    std::vector<std::vector<float*>> of;
  };
  Pages pages(int side, const Sequences& s, const PageLayout& layout) {
    Pages out;
    std::size_t all = 0;
    const auto own = [&](std::size_t i) {
      return (s.before[i] + s.now[i] + kPageTokens - 1) / kPageTokens;
    };
    for (std::size_t i = 0; i < s.now.size(); ++i) all += own(i);
    out.memory = backend(side).allocate(all * layout.floats());
    std::size_t next = all;
    for (std::size_t i = 0; i < s.now.size(); ++i) {
      auto& mine = out.of.emplace_back();
      for (std::size_t p = 0; p < own(i); ++p) {
        mine.push_back(out.memory->data() + --next * layout.floats());
      }
    }
    return out;
  }

  /// Stores the tokens before, then looks from those that are new.
  Pair look(const Sequences& s, const PageLayout& layout, std::size_t heads) {
    std::size_t old_rows = 0, rows = 0;
    for (const std::size_t n : s.before) old_rows += n;
    for (const std::size_t n : s.now) rows += n;
    const std::size_t kv = layout.heads * layout.size;
    const Pair old_k = pair(std::max<std::size_t>(old_rows, 1), kv),
               old_v = pair(std::max<std::size_t>(old_rows, 1), kv), k = pair(rows, kv),
               v = pair(rows, kv), q = pair(rows, heads * layout.size);
    Pair out = pair(rows, heads * layout.size);
    const std::size_t layer = layout.layers - 1;
    for (int side : {0, 1}) {
      const Pages mine = pages(side, s, layout);
      std::vector<Stretch> old, now;
      std::size_t old_row = 0, row = 0;
      for (std::size_t i = 0; i < s.now.size(); ++i) {
        if (s.before[i] > 0) old.push_back({old_row, s.before[i], 0, mine.of[i]});
        now.push_back({row, s.now[i], s.before[i], mine.of[i]});
        old_row += s.before[i];
        row += s.now[i];
      }
      Backend& b = backend(side);
      b.store_keys_values(old_k.rows(side).from(0, old_rows), old_v.rows(side).from(0, old_rows),
                          layout, layer, old);
      b.store_keys_values(k.rows(side), v.rows(side), layout, layer, now);
      b.attend(q.rows(side), heads, layout, layer, now, out.rows(side));
    }
    return out;
  }
};

TEST_F(CudaAttention, OverPagesIn16Bits) {
  for (const DType type : {DType::kF16, DType::kBf16}) {
    matrix(type, 1, 8);
    const double tolerance = type == DType::kF16 ? 1e-3 : 8e-3;  // probabilities have 16 bits
    for (const std::size_t size : {8U, 24U, 64U, 72U, 80U, 96U, 128U}) {
      if (type == DType::kBf16 && size != 64) continue;
      const Sequences cases[] = {{{0}, {1}},
                                 {{0, 0, 0, 0}, {1, 31, 33, 127}},
                                 {{1, 31, 33, 127, 64}, {1, 1, 1, 1, 1}},
                                 {{40, 0, 7}, {30, 70, 1}}};
      for (const Sequences& s : cases) {
        EXPECT_LE(difference(look(s, {2, 2, size}, 2)), tolerance) << "heads of " << size;
        if (size != 64) continue;
        EXPECT_LE(difference(look(s, {2, 2, size}, 6)), tolerance) << "three heads to one of keys";
      }
    }
  }
}

TEST_F(CudaAttention, OverPagesIn32Bits) {
  for (const std::size_t size : {7U, 64U, 80U, 200U}) {
    EXPECT_LE(difference(look({{40, 0, 31}, {3, 33, 1}}, {2, 2, size}, 4)), 1e-5) << size;
  }
}

TEST_F(CudaAttention, AllTokensOfAnImage) {
  for (const DType type : {DType::kF32, DType::kF16}) {
    if (type == DType::kF16) matrix(type, 1, 8);
    for (const std::size_t tokens : {1U, 31U, 33U, 127U}) {
      for (const std::size_t size : {24U, 64U, 72U}) {
        const std::size_t width = 3 * size;
        const Pair q = pair(2 * tokens, width), k = pair(2 * tokens, width),
                   v = pair(2 * tokens, width);
        Pair out = pair(2 * tokens, width);
        for (int side : {0, 1}) {
          backend(side).attend_all(q.rows(side), k.rows(side), v.rows(side), tokens, 3,
                                   out.rows(side));
        }
        EXPECT_LE(difference(out), type == DType::kF32 ? 1e-5 : 1e-3)
            << tokens << " tokens, heads of " << size;
      }
    }
  }
}

/// Sequences that begin alike share pages: they see what they would see alone, to the bit.
TEST_F(CudaAttention, OverSharedPages) {
  matrix(DType::kF16, 1, 8);
  const PageLayout layout{1, 2, 64};
  const std::size_t heads = 4, shared = 3, kv = 128, common = shared * kPageTokens;
  const std::vector<std::size_t> rows = {1, 20, 1, 40};  // after the common beginning
  const std::size_t all = 62, own = 2;                   // pages of their own each
  const Pair begin_k = pair(common, kv), begin_v = pair(common, kv), k = pair(all, kv),
             v = pair(all, kv), q = pair(all, heads * 64);
  Pair out = pair(all, heads * 64);
  std::vector<float> together, alone(all * heads * 64);
  for (int side : {0, 1}) {
    Backend& b = backend(side);
    const std::size_t floats = b.page_floats(layout);
    const auto memory = b.allocate((shared + own * rows.size()) * floats);
    std::vector<std::vector<float*>> pages(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      for (std::size_t p = 0; p < shared + own; ++p) {
        const std::size_t number = p < shared ? p : p + i * own;
        pages[i].push_back(memory->data() + number * floats);
      }
    }
    const std::vector<Stretch> begin = {{0, common, 0, pages[0]}};
    b.store_keys_values(begin_k.rows(side), begin_v.rows(side), layout, 0, begin);
    std::vector<Stretch> stretches;
    std::size_t row = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      stretches.push_back({row, rows[i], common, pages[i]});
      row += rows[i];
    }
    b.store_keys_values(k.rows(side), v.rows(side), layout, 0, stretches);
    b.attend(q.rows(side), heads, layout, 0, stretches, out.rows(side));
    if (side == 0) continue;
    together = host(out, 1);
    for (const Stretch& s : stretches) {
      const std::vector<Stretch> one = {{0, s.rows, s.position, s.pages}};
      Pair mine = pair(s.rows, heads * 64);
      b.attend(q.rows(1).from(s.first_row, s.rows), heads, layout, 0, one, mine.rows(1));
      const std::vector<float> numbers = host(mine, 1);
      std::ranges::copy(numbers,
                        alone.begin() + static_cast<std::ptrdiff_t>(s.first_row * heads * 64));
    }
  }
  EXPECT_LE(difference(out), 1e-3);
  for (std::size_t i = 0; i < alone.size(); ++i) {
    ASSERT_EQ(std::bit_cast<std::uint32_t>(together[i]), std::bit_cast<std::uint32_t>(alone[i]))
        << "number " << i;
  }
}

/// The last tokens of a sequence give the same bits alone, with all others, and in a batch.
TEST_F(CudaAttention, ARowsBitsDoNotDependOnThePortion) {
  for (const DType type : {DType::kF32, DType::kF16}) {
    if (type == DType::kF16) matrix(type, 1, 8);
    const PageLayout layout{1, 1, 64};
    const std::size_t heads = 3, tokens = 100;
    std::vector<float> values = numbers(tokens * 64 * (2 + heads));
    for (float& x : values) x *= 0.37F;
    const auto part = [&](std::size_t begin, std::size_t count, std::size_t width) {
      return pair_of(count, width,
                     {values.begin() + static_cast<std::ptrdiff_t>(begin),
                      values.begin() + static_cast<std::ptrdiff_t>(begin + count * width)});
    };
    const Pair k = part(0, tokens, 64), v = part(tokens * 64, tokens, 64),
               q = part(2 * tokens * 64, tokens, heads * 64);
    const auto look = [&](std::size_t portion) {
      const Pages mine = pages(1, {{0}, {tokens}}, layout);
      Pair out = pair(tokens, heads * 64);
      for (std::size_t first = 0; first < tokens; first += portion) {
        const std::size_t n = std::min(portion, tokens - first);
        const std::vector<Stretch> s = {{0, n, first, mine.of[0]}};
        backend(1).store_keys_values(k.rows(1).from(first, n), v.rows(1).from(first, n), layout, 0,
                                     s);
        backend(1).attend(q.rows(1).from(first, n), heads, layout, 0, s,
                          out.rows(1).from(first, n));
      }
      return host(out, 1);
    };
    const std::vector<float> whole = look(tokens);
    for (const std::size_t portion : {1U, 7U, 32U, 64U}) {
      const std::vector<float> now = look(portion);
      for (std::size_t i = 0; i < whole.size(); ++i) {
        ASSERT_EQ(std::bit_cast<std::uint32_t>(now[i]), std::bit_cast<std::uint32_t>(whole[i]))
            << "portions of " << portion << ", number " << i;
      }
    }
  }
}

}  // namespace
}  // namespace vernier::engine
