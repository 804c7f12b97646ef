// Activation-aware weight quantisation of a decoder layer (Lin et al. 2023, arXiv 2306.00978).
//
// Weights that share an input are stretched together, channel by channel, and what comes before
// them makes up for it: q, k, v behind the first norm (error measured where the attention ends), o
// behind v, gate and up behind the second norm (error where the MLP ends), down behind up. Then
// outliers are cut off (not of q and k), then all is rounded. With grouped queries a channel of v
// feeds several of o, which share a scale then; AutoAWQ leaves o alone there.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "judges/engine/quantisation/awq/channel_scales.h"
#include "judges/engine/quantisation/awq/layer/decoder_layer.h"
#include "judges/engine/quantisation/awq/layer/layer_pass.h"
#include "judges/engine/quantisation/rounding.h"

namespace vernier::engine {

struct AwqSettings {
  Rounding rounding;
  bool clip = true;
  unsigned threads = 1;
};

struct QuantisedLayer {
  std::vector<float> norm1, norm2, v_bias, up_bias;  ///< with what the scales did to them
  QuantisedMatrix q, k, v, o, gate, up, down;
};

/// How well it went, by mean squared errors of what the layer adds to its input.
struct LayerReport {
  struct Part {
    std::string name;  ///< "q, k, v", ...
    double ratio = 0;  ///< channel_scales.h
    bool by_weights = false;
    double rounded = 0, error = 0;  ///< this part alone: rounded to the nearest, with its scales
  };
  std::vector<Part> parts;
  double clipped = 0;             ///< share of groups
  double attention = 0, mlp = 0;  ///< mean squares of what is added
  /// Of all of it, rounded to the nearest and as it came out.
  double attention_rounded = 0, attention_error = 0, mlp_rounded = 0, mlp_error = 0;
};

/// x [rows, C] comes into the layer and becomes what leaves it, unquantised: the next one's input.
QuantisedLayer awq_layer(DecoderLayer layer, LayerPass& pass, Rows x, const AwqSettings& settings,
                         LayerReport& report);

/// Every weight to the nearest.
QuantisedLayer round_layer(const DecoderLayer& layer, const Rounding& rounding, unsigned threads);

}  // namespace vernier::engine
