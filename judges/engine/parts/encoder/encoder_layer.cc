#include "judges/engine/parts/encoder/encoder_layer.h"

namespace vernier::engine {

void run_encoder_layer(Backend& backend, const EncoderShape& shape, const EncoderLayer& w, Rows x,
                       float* memory, const Attend& attend) {
  const auto next = [&](std::size_t width) {
    const Rows rows{memory, x.count, width};
    memory += rows.size();
    return rows;
  };
  const Rows normed = next(x.width);
  backend.layer_norm(x, w.norm1_weight, w.norm1_bias, shape.eps, normed);
  const Rows q = next(x.width), k = next(x.width), v = next(x.width), seen = next(x.width);
  backend.linear(normed, w.q, w.q_bias, q);
  backend.linear(normed, w.k, w.k_bias, k);
  backend.linear(normed, w.v, w.v_bias, v);
  attend(q, k, v, seen);
  backend.linear(seen, w.out, w.out_bias, normed);
  backend.add(x, normed);
  backend.layer_norm(x, w.norm2_weight, w.norm2_bias, shape.eps, normed);
  const Rows hidden = next(shape.hidden);
  backend.linear(normed, w.fc1, w.fc1_bias, hidden);
  backend.activate(shape.activation, hidden);
  backend.linear(hidden, w.fc2, w.fc2_bias, normed);
  backend.add(x, normed);
}

}  // namespace vernier::engine
