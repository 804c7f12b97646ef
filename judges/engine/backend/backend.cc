#include "judges/engine/backend/backend.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"

namespace vernier::engine {
namespace {

void require(bool fine, const char* operation, const char* what) {
  if (!fine) throw Error(ExitCode::kInternal, fmt::format("{}: {}", operation, what));
}

bool alike(Rows a, Rows b) { return a.count == b.count && a.width == b.width; }

void require_stretches(std::span<const Stretch> stretches, std::size_t rows,
                       const char* operation) {
  std::size_t next = 0;
  for (const Stretch& s : stretches) {
    require(s.first_row == next, operation, "stretches do not follow each other");
    require(s.pages.size() * kPageTokens >= s.position + s.rows, operation,
            "a sequence has too few pages");
    next += s.rows;
  }
  require(next == rows, operation, "stretches do not cover the rows");
}

}  // namespace

void Backend::linear(Rows x, const Matrix& w, Vector bias, Rows y) {
  require(x.width == w.columns && y.width == w.rows && x.count == y.count, "linear", "shapes");
  require(bias.data == nullptr || bias.size == w.rows, "linear", "size of the bias");
  if (x.count > 0) do_linear(x, w, bias.data, y);
}

void Backend::linears(Rows x, std::span<const Projection> projections) {
  for (const Projection& p : projections) {
    require(x.width == p.w.columns && p.y.width == p.w.rows && x.count == p.y.count, "linears",
            "shapes");
    require(p.bias.data == nullptr || p.bias.size == p.w.rows, "linears", "size of a bias");
  }
  if (x.count > 0) do_linears(x, projections);
}

void Backend::do_linears(Rows x, std::span<const Projection> projections) {
  for (const Projection& p : projections) do_linear(x, p.w, p.bias.data, p.y);
}

void Backend::add_linear(Rows x, const Matrix& w, Vector bias, Rows room, Rows sum) {
  require(x.width == w.columns && sum.width == w.rows && x.count == sum.count && alike(room, sum),
          "add_linear", "shapes");
  require(bias.data == nullptr || bias.size == w.rows, "add_linear", "size of the bias");
  if (x.count > 0) do_add_linear(x, w, bias.data, room, sum);
}

void Backend::do_add_linear(Rows x, const Matrix& w, const float* bias, Rows room, Rows sum) {
  do_linear(x, w, bias, room);
  do_add(sum, room);
}

void Backend::layer_norm(Rows x, Vector weight, Vector bias, float eps, Rows y) {
  require(alike(x, y) && weight.size == x.width && bias.size == x.width, "layer_norm", "shapes");
  if (x.count > 0) do_layer_norm(x, weight.data, bias.data, eps, y);
}

void Backend::rms_norm(Rows x, Vector weight, float eps, Rows y) {
  require(alike(x, y) && weight.size == x.width, "rms_norm", "shapes");
  if (x.count > 0) do_rms_norm(x, weight.data, eps, y);
}

void Backend::activate(Activation kind, Rows x) {
  if (x.count > 0) do_activate(kind, x);
}

void Backend::gated_silu(Rows gate, Rows up) {
  require(alike(gate, up), "gated_silu", "shapes");
  if (gate.count > 0) do_gated_silu(gate, up);
}

void Backend::add(Rows x, Rows y) {
  require(alike(x, y), "add", "shapes");
  if (x.count > 0) do_add(x, y);
}

void Backend::embed(const Matrix& table, std::span<const std::uint32_t> ids, Rows y) {
  require(y.count == ids.size() && y.width == table.columns, "embed", "shapes");
  require(!table.quantised, "embed", "a table of few bits");
  require(std::all_of(ids.begin(), ids.end(), [&](std::uint32_t id) { return id < table.rows; }),
          "embed", "a token beyond the table");
  if (!ids.empty()) do_embed(table, ids, y);
}

void Backend::scatter(Rows x, std::span<const std::uint32_t> from,
                      std::span<const std::uint32_t> to, Rows y) {
  require(x.width == y.width && from.size() == to.size(), "scatter", "shapes");
  for (std::size_t i = 0; i < from.size(); ++i) {
    require(from[i] < x.count && to[i] < y.count, "scatter", "a row beyond the end");
  }
  if (!from.empty()) do_scatter(x, from, to, y);
}

void Backend::rotate(Rows x, std::size_t heads, Rows cos, Rows sin) {
  require(alike(cos, sin) && cos.count == x.count && x.width == heads * cos.width * 2, "rotate",
          "shapes");
  if (x.count > 0) do_rotate(x, heads, cos, sin);
}

void Backend::attend_all(Rows q, Rows k, Rows v, std::size_t tokens, std::size_t heads, Rows out) {
  require(alike(q, k) && alike(q, v) && alike(q, out), "attend_all", "shapes");
  require(tokens > 0 && q.count % tokens == 0 && heads > 0 && q.width % heads == 0, "attend_all",
          "tokens or heads");
  if (q.count > 0) do_attend_all(q, k, v, tokens, heads, out);
}

void Backend::store_keys_values(Rows k, Rows v, const PageLayout& layout, std::size_t layer,
                                std::span<const Stretch> stretches) {
  require(alike(k, v) && k.width == layout.heads * layout.size && layer < layout.layers,
          "store_keys_values", "shapes");
  require_stretches(stretches, k.count, "store_keys_values");
  if (k.count > 0) do_store(k, v, layout, layer, stretches);
}

void Backend::rotate_and_store(Rows q, std::size_t heads, Rows k, Rows v, Rows cos, Rows sin,
                               const PageLayout& layout, std::size_t layer,
                               std::span<const Stretch> stretches) {
  require(alike(cos, sin) && cos.count == q.count && q.count == k.count &&
              q.width == heads * cos.width * 2 && layout.size == cos.width * 2,
          "rotate_and_store", "shapes");
  require(alike(k, v) && k.width == layout.heads * layout.size && layer < layout.layers,
          "rotate_and_store", "shapes");
  require_stretches(stretches, k.count, "rotate_and_store");
  if (q.count > 0) {
    do_rotate_and_store(q, heads, k, v, cos, sin, layout, layer, stretches);
  }
}

void Backend::do_rotate_and_store(Rows q, std::size_t heads, Rows k, Rows v, Rows cos, Rows sin,
                                  const PageLayout& layout, std::size_t layer,
                                  std::span<const Stretch> stretches) {
  do_rotate(q, heads, cos, sin);
  do_rotate(k, layout.heads, cos, sin);
  do_store(k, v, layout, layer, stretches);
}

void Backend::attend(Rows q, std::size_t heads, const PageLayout& layout, std::size_t layer,
                     std::span<const Stretch> stretches, Rows out) {
  require(alike(q, out) && q.width == heads * layout.size && heads % layout.heads == 0 &&
              layer < layout.layers,
          "attend", "shapes");
  require_stretches(stretches, q.count, "attend");
  if (q.count > 0) do_attend(q, heads, layout, layer, stretches, out);
}

void Backend::log_sum_exp(Rows logits, std::span<float> out) {
  require(out.size() == logits.count && logits.width > 0, "log_sum_exp", "shapes");
  if (logits.count > 0) do_log_sum_exp(logits, out);
}

void Backend::argmax(Rows logits, std::span<std::uint32_t> out) {
  require(out.size() == logits.count && logits.width > 0, "argmax", "shapes");
  if (logits.count > 0) do_argmax(logits, out);
}

}  // namespace vernier::engine
