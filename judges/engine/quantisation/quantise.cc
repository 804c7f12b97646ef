#include "judges/engine/quantisation/quantise.h"

#include <fmt/format.h>

#include <string>
#include <utility>

namespace vernier::engine {
namespace {

void put(const QuantisedLayer& layer, std::size_t number, const ModelTensors& tensors,
         QuantisedFolder& folder) {
  const std::string prefix = fmt::format("llm.layers.{}.", number);
  const auto matrix = [&](const char* name, const QuantisedMatrix& weights) {
    folder.put(fmt::format("{}{}.weight", prefix, name), weights);
  };
  const auto numbers = [&](const char* name, const std::vector<float>& values) {
    const std::string full = prefix + name;
    if (tensors.find(full) != nullptr) folder.replace(full, values);
  };
  matrix("self_attn.q_proj", layer.q);
  matrix("self_attn.k_proj", layer.k);
  matrix("self_attn.v_proj", layer.v);
  matrix("self_attn.o_proj", layer.o);
  matrix("mlp.gate_proj", layer.gate);
  matrix("mlp.up_proj", layer.up);
  matrix("mlp.down_proj", layer.down);
  numbers("input_layernorm.weight", layer.norm1);
  numbers("post_attention_layernorm.weight", layer.norm2);
  numbers("self_attn.v_proj.bias", layer.v_bias);
  numbers("mlp.up_proj.bias", layer.up_bias);
}

}  // namespace

std::vector<LayerReport> quantise_awq(CheckpointModel& model, Calibration& calibration,
                                      const AwqSettings& settings, QuantisedFolder& folder,
                                      const std::function<void(std::size_t)>& done) {
  const TextConfig& text = model.config().text;
  LayerPass pass(model.backend(), language_shape(text), make_rope(text), calibration.lengths);
  std::vector<LayerReport> reports(text.layers);
  for (std::size_t n = 0; n < text.layers; ++n) {
    put(awq_layer(load_decoder_layer(model.tensors(), n), pass, calibration.rows(), settings,
                  reports[n]),
        n, model.tensors(), folder);
    done(n);
  }
  return reports;
}

void quantise_to_nearest(const CheckpointModel& model, const Rounding& rounding, unsigned threads,
                         QuantisedFolder& folder, const std::function<void(std::size_t)>& done) {
  for (std::size_t n = 0; n < model.config().text.layers; ++n) {
    put(round_layer(load_decoder_layer(model.tensors(), n), rounding, threads), n, model.tensors(),
        folder);
    done(n);
  }
}

}  // namespace vernier::engine
