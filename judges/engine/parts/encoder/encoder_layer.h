// A layer of CLIP's, SigLIP's and Idefics3's towers, of images and of texts alike.
//
// x += out(attention(norm1 x)), x += fc2(act(fc1(norm2 x))); layer norms, all with biases (Radford
// et al. 2021). Towers differ in which tokens see each other.
#pragma once

#include <cstddef>
#include <functional>

#include "judges/engine/backend/backend.h"

namespace vernier::engine {

struct EncoderLayer {
  Vector norm1_weight, norm1_bias, norm2_weight, norm2_bias;
  Matrix q, k, v, out;
  Vector q_bias, k_bias, v_bias, out_bias;
  Matrix fc1, fc2;
  Vector fc1_bias, fc2_bias;
};

struct EncoderShape {
  std::size_t width = 0, heads = 0, hidden = 0;  ///< hidden: of the MLP
  float eps = 1e-6F;
  Activation activation = Activation::kGeluTanh;

  /// Numbers that a layer needs for itself, a row.
  std::size_t layer_floats() const { return 5 * width + hidden; }
};

/// Attention of one tower: q, k, v, out [R, width].
using Attend = std::function<void(Rows q, Rows k, Rows v, Rows out)>;

/// Runs a layer on x [R, width] in place. `memory`: R * layer_floats() numbers.
void run_encoder_layer(Backend& backend, const EncoderShape& shape, const EncoderLayer& w, Rows x,
                       float* memory, const Attend& attend);

}  // namespace vernier::engine
