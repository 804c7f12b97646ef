#include "judges/engine/parts/language/language_layer.h"

namespace vernier::engine {

void LayerSteps::attention(const LanguageLayer& layer, const LayerRows& rows, const QkvRoom& room,
                           Rows seen) {
  const Projection projections[] = {{layer.q, layer.q_bias, room.q},
                                    {layer.k, layer.k_bias, room.k},
                                    {layer.v, layer.v_bias, room.v}};
  backend_.linears(rows.normed, projections);
  backend_.rotate_and_store(room.q, shape_.heads, room.k, room.v, rows.cos, rows.sin,
                            shape_.pages(), rows.number, rows.stretches);
  backend_.attend(room.q, shape_.heads, shape_.pages(), rows.number, rows.stretches, seen);
}

void LayerSteps::store(const LanguageLayer& layer, const LayerRows& rows, Rows k, Rows v) {
  const Projection projections[] = {{layer.k, layer.k_bias, k}, {layer.v, layer.v_bias, v}};
  backend_.linears(rows.normed, projections);
  backend_.rotate(k, shape_.kv_heads, rows.cos, rows.sin);
  backend_.store_keys_values(k, v, shape_.pages(), rows.number, rows.stretches);
}

void LayerSteps::look(const LanguageLayer& layer, const LayerRows& rows, Rows q, Rows seen) {
  backend_.linear(rows.normed, layer.q, layer.q_bias, q);
  backend_.rotate(q, shape_.heads, rows.cos, rows.sin);
  backend_.attend(q, shape_.heads, shape_.pages(), rows.number, rows.stretches, seen);
}

void LayerSteps::gate(const LanguageLayer& layer, Rows normed, Rows up, Rows gated) {
  const Projection projections[] = {{layer.gate, layer.gate_bias, gated},
                                    {layer.up, layer.up_bias, up}};
  backend_.linears(normed, projections);
  backend_.gated_silu(gated, up);
}

}  // namespace vernier::engine
