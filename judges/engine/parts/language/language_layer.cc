#include "judges/engine/parts/language/language_layer.h"

namespace vernier::engine {

void LayerSteps::store(const LanguageLayer& layer, const LayerRows& rows, Rows k, Rows v) {
  backend_.linear(rows.normed, layer.k, layer.k_bias, k);
  backend_.linear(rows.normed, layer.v, layer.v_bias, v);
  backend_.rotate(k, shape_.kv_heads, rows.cos, rows.sin);
  backend_.store_keys_values(k, v, shape_.pages(), rows.number, rows.stretches);
}

void LayerSteps::look(const LanguageLayer& layer, const LayerRows& rows, Rows q, Rows seen) {
  backend_.linear(rows.normed, layer.q, layer.q_bias, q);
  backend_.rotate(q, shape_.heads, rows.cos, rows.sin);
  backend_.attend(q, shape_.heads, shape_.pages(), rows.number, rows.stretches, seen);
}

void LayerSteps::gate(const LanguageLayer& layer, Rows normed, Rows up, Rows gated) {
  backend_.linear(normed, layer.gate, layer.gate_bias, gated);
  backend_.linear(normed, layer.up, layer.up_bias, up);
  backend_.gated_silu(gated, up);
}

}  // namespace vernier::engine
