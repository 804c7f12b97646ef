// Attention of the processor: heads and blocks of queries are shared among the threads.
#include <cmath>

#include "judges/engine/cpu/cpu_class.h"

namespace vernier::engine {
namespace {

/// Queries that one piece of work holds: enough to fill tiles, few enough to share out.
constexpr std::size_t kQueries = 24;

float scale_of(std::size_t size) { return 1.0F / std::sqrt(static_cast<float>(size)); }

/// rows x heads numbers of `size` at `from` -> heads of `padded` numbers at `to`.
void pad_heads(const float* from, std::size_t heads, std::size_t size, std::size_t padded,
               float* to) {
  for (std::size_t h = 0; h < heads; ++h) {
    std::copy_n(from + h * size, size, to + h * padded);
    std::fill_n(to + h * padded + size, padded - size, 0.0F);
  }
}

}  // namespace

void CpuBackend::do_store(Rows k, Rows v, const PageLayout& layout, std::size_t layer,
                          std::span<const Stretch> stretches) {
  const std::size_t size = layout.size, padded = layout.padded();
  for (const Stretch& s : stretches) {
    for (std::size_t r = 0; r < s.rows; ++r) {
      const std::size_t token = s.position + r, slot = token % kPageTokens * padded;
      float* const page = s.pages[token / kPageTokens];
      const float* const key = k.from(s.first_row + r, 1).data;
      const float* const value = v.from(s.first_row + r, 1).data;
      for (std::size_t h = 0; h < layout.heads; ++h) {
        pad_heads(key + h * size, 1, size, padded, page + layout.keys(layer, h) + slot);
        pad_heads(value + h * size, 1, size, padded, page + layout.values(layer, h) + slot);
      }
    }
  }
}

void CpuBackend::do_attend(Rows q, std::size_t heads, const PageLayout& layout, std::size_t layer,
                           std::span<const Stretch> stretches, Rows out) {
  const std::size_t size = layout.size, padded = layout.padded(), share = heads / layout.heads;
  const float scale = scale_of(size);
  Rows from = q, to = out;
  if (padded != size) {
    if (packed_ == nullptr || packed_->floats() < 2 * q.count * heads * padded) {
      packed_ = std::make_unique<CpuMemory>(2 * q.count * heads * padded);
    }
    from = {packed_->data(), q.count, heads * padded};
    to = {packed_->data() + from.size(), q.count, heads * padded};
    for (std::size_t r = 0; r < q.count; ++r) {
      pad_heads(q.from(r, 1).data, heads, size, padded, from.from(r, 1).data);
    }
  }
  struct Piece {
    const Stretch* stretch;
    std::size_t head;  ///< of keys
    std::size_t first, rows;
  };
  std::vector<Piece> pieces;
  std::size_t longest = 0, work = 0;
  for (const Stretch& s : stretches) {
    longest = std::max(longest, s.position + s.rows);
    work += s.rows * (s.position + s.rows) * size * 2 * heads;
    for (std::size_t h = 0; h < layout.heads; ++h) {
      for (std::size_t first = 0; first < s.rows; first += kQueries) {
        pieces.push_back({&s, h, first, std::min(kQueries, s.rows - first)});
      }
    }
  }
  reserve_scratch(cpu::attention_floats(longest));
  split(pieces.size(), 1, work / pieces.size(),
        [&](unsigned t, std::size_t begin, std::size_t end) {
          for (std::size_t i = begin; i < end; ++i) {
            const Piece& piece = pieces[i];
            const Stretch& s = *piece.stretch;
            const cpu::HeadPages head{s.pages.data(), layout.keys(layer, piece.head),
                                      layout.values(layer, piece.head)};
            const std::size_t row = s.first_row + piece.first, seen = s.position + piece.first;
            const std::size_t at = piece.head * share * padded;
            if (piece.rows == 1) {  // the heads that share these keys are rows too
              kernels_.attend(from.from(row, 1).data + at, share, padded, padded, head, seen, 0,
                              scale, to.from(row, 1).data + at, scratch(t));
              continue;
            }
            for (std::size_t h = 0; h < share; ++h) {
              kernels_.attend(from.from(row, 1).data + at + h * padded, piece.rows, from.width,
                              padded, head, seen, 1, scale, to.from(row, 1).data + at + h * padded,
                              scratch(t));
            }
          }
        });
  if (padded != size) {
    for (std::size_t r = 0; r < q.count; ++r) {
      for (std::size_t h = 0; h < heads; ++h) {
        std::copy_n(to.from(r, 1).data + h * padded, size, out.from(r, 1).data + h * size);
      }
    }
  }
}

void CpuBackend::do_attend_all(Rows q, Rows k, Rows v, std::size_t tokens, std::size_t heads,
                               Rows out) {
  const std::size_t size = q.width / heads, padded = (size + 15) / 16 * 16;
  const std::size_t images = q.count / tokens;
  const std::size_t pages = (tokens + kPageTokens - 1) / kPageTokens;
  const std::size_t block = pages * kPageTokens * padded;  // numbers of a head of an image
  // A thread packs the queries, keys and values of one head of one image, and needs room for the
  // results and the scores.
  reserve_scratch(4 * block + cpu::attention_floats(tokens));
  std::vector<std::vector<const float*>> tables(team_.size());
  for (unsigned t = 0; t < team_.size(); ++t) {
    for (std::size_t p = 0; p < pages; ++p) {
      tables[t].push_back(scratch(t) + block + p * kPageTokens * padded);
    }
  }
  const float scale = scale_of(size);
  split(images * heads, 1, tokens * tokens * size * 2,
        [&](unsigned t, std::size_t begin, std::size_t end) {
          float* const queries = scratch(t);
          float *const keys = queries + block, *const values = keys + block;
          float *const results = values + block, *const scores = results + block;
          const cpu::HeadPages head{tables[t].data(), 0, block};
          for (std::size_t piece = begin; piece < end; ++piece) {
            const std::size_t first = piece / heads * tokens, column = piece % heads * size;
            for (std::size_t i = 0; i < tokens; ++i) {
              const std::size_t at = (first + i) * q.width + column;
              pad_heads(q.data + at, 1, size, padded, queries + i * padded);
              pad_heads(k.data + at, 1, size, padded, keys + i * padded);
              pad_heads(v.data + at, 1, size, padded, values + i * padded);
            }
            kernels_.attend(queries, tokens, padded, padded, head, tokens - 1, 0, scale, results,
                            scores);
            for (std::size_t i = 0; i < tokens; ++i) {
              std::copy_n(results + i * padded, size, out.data + (first + i) * q.width + column);
            }
          }
        });
}

}  // namespace vernier::engine
