#include "judges/engine/quantisation/awq/awq.h"

#include <array>
#include <functional>
#include <memory>
#include <utility>

#include "judges/engine/quantisation/awq/clipping.h"

namespace vernier::engine {
namespace {

using Part = Linear DecoderLayer::*;
constexpr std::array<Part, 3> kQkv = {&DecoderLayer::q, &DecoderLayer::k, &DecoderLayer::v};
constexpr std::array<Part, 1> kO = {&DecoderLayer::o};
constexpr std::array<Part, 2> kGateUp = {&DecoderLayer::gate, &DecoderLayer::up};
constexpr std::array<Part, 1> kDown = {&DecoderLayer::down};
constexpr std::array<Part, 4> kAttention = {&DecoderLayer::q, &DecoderLayer::k, &DecoderLayer::v,
                                            &DecoderLayer::o};
constexpr std::array<Part, 3> kMlp = {&DecoderLayer::gate, &DecoderLayer::up, &DecoderLayer::down};

void divide(std::span<float> numbers, std::span<const float> scales) {
  for (std::size_t k = 0; k < numbers.size(); ++k) numbers[k] /= scales[k];
}

void divide_columns(Rows x, std::span<const float> scales) {
  for (std::size_t r = 0; r < x.count; ++r) divide({x.from(r, 1).data, x.width}, scales);
}

double mean_square(Rows x) {
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    sum += static_cast<double>(x.data[i]) * static_cast<double>(x.data[i]);
  }
  return sum / static_cast<double>(x.size());
}

class AwqWork {
 public:
  AwqWork(DecoderLayer layer, LayerPass& pass, Rows x, const AwqSettings& settings)
      : layer_(std::move(layer)),
        original_(layer_),
        trial_(layer_),
        pass_(pass),
        settings_(settings),
        x_(x) {
    const std::size_t queries = pass.shape().heads * pass.shape().size;
    const std::size_t hidden = pass.shape().hidden;
    memory_ = pass.backend().allocate(x.count * (3 * x.width + 2 * queries + 2 * hidden));
    float* at = memory_->data();
    const auto take = [&](std::size_t width) {
      return Rows{std::exchange(at, at + x.count * width), x.count, width};
    };
    normed_ = take(x.width);
    added_ = take(x.width);
    now_ = take(x.width);
    seen_ = take(queries);
    seen_now_ = take(queries);
    hidden_ = take(hidden);
    hidden_now_ = take(hidden);
  }

  QuantisedLayer run(LayerReport& report) {
    attention(report);
    mlp(report);
    QuantisedLayer out = round_layer(layer_, settings_.rounding, settings_.threads);
    if (clips_ > 0) report.clipped /= clips_;
    return out;
  }

 private:
  // What the layer as trial_ has it adds, off from what the original does.
  double attention_error(Rows normed) {
    const LanguageLayer w = trial_.view();
    pass_.attention(w, normed, seen_now_);
    pass_.backend().linear(seen_now_, w.o, w.o_bias, now_);
    return mean_squared_error(now_, added_, settings_.threads);
  }
  double mlp_error(Rows normed) {
    const LanguageLayer w = trial_.view();
    pass_.gated(w, normed, hidden_now_);
    return down_error(hidden_now_);
  }
  double o_error() { return error_of(trial_.o, seen_); }
  double down_error(Rows hidden) { return error_of(trial_.down, hidden); }
  double error_of(const Linear& linear, Rows input) {
    pass_.backend().linear(input, linear.matrix(), linear.bias_view(), now_);
    return mean_squared_error(now_, added_, settings_.threads);
  }

  /// trial_'s parts are those of `from`, stretched, rounded, and back.
  void round_stretched(std::span<const Part> parts, const DecoderLayer& from,
                       std::span<const float> scales) {
    for (const Part part : parts) {
      Linear& to = trial_.*part;
      to = from.*part;
      if (!scales.empty()) multiply_columns(to, scales);
      round_weights(to.weights, to.rows, to.columns, settings_.rounding, settings_.threads,
                    to.weights);
      for (std::size_t n = 0; n < to.rows && !scales.empty(); ++n) {
        divide(std::span(to.weights).subspan(n * to.columns, to.columns), scales);
      }
    }
  }

  void restore(std::span<const Part> parts) {
    for (const Part part : parts) trial_.*part = original_.*part;
  }
  /// Of these parts only rounded; trial_ is the original again after it.
  double error_rounded(std::span<const Part> parts, const DecoderLayer& from,
                       const std::function<double()>& error) {
    round_stretched(parts, from, {});
    const double out = error();
    restore(parts);
    return out;
  }

  /// The scales of parts that share `input`, a channel of which may have several columns.
  ChannelScales search(std::string name, std::span<const Part> parts,
                       std::span<const float> activity, std::span<const float> sizes,
                       LayerReport& report, const std::function<double()>& error) {
    ChannelScales found = search_scales(activity, sizes, [&](std::span<const float> scales) {
      const std::size_t columns = (original_.*parts[0]).columns;
      round_stretched(parts, original_, over_heads(scales, columns));
      return error();
    });
    restore(parts);
    report.parts.push_back(
        {std::move(name), found.ratio, found.by_weights, found.rounded, found.error});
    return found;
  }
  ChannelScales search(std::string name, std::span<const Part> parts, Rows input,
                       LayerReport& report, const std::function<double()>& error) {
    return search(std::move(name), parts, activity_of(input, settings_.threads), sizes(parts),
                  report, error);
  }
  std::vector<float> sizes(std::span<const Part> parts) const {
    std::vector<const Linear*> linears;
    for (const Part part : parts) linears.push_back(&(original_.*part));
    return sizes_of(linears, settings_.rounding.group);
  }

  // Grouped queries: all heads of a group read the same values, so that o's columns of them share
  // the scales of v's rows.
  std::vector<float> over_heads(std::span<const float> of_values, std::size_t columns) const {
    const std::size_t size = pass_.shape().size, copies = columns / of_values.size();
    std::vector<float> out(columns);
    for (std::size_t k = 0; k < columns; ++k) {
      out[k] = copies == 1 ? of_values[k] : of_values[k / (copies * size) * size + k % size];
    }
    return out;
  }
  std::vector<float> mean_of_heads(std::span<const float> of_columns) const {
    const std::size_t size = pass_.shape().size, channels = pass_.shape().kv_heads * size,
                      copies = of_columns.size() / channels;
    std::vector<float> out(channels);
    for (std::size_t k = 0; k < of_columns.size(); ++k) {
      out[k / (copies * size) * size + k % size] += of_columns[k] / static_cast<float>(copies);
    }
    return out;
  }

  void clip(std::span<const Part> parts, Rows input, LayerReport& report) {
    for (const Part part : parts) {
      if (!settings_.clip) continue;
      report.clipped +=
          clip_weights(pass_.backend(), input, settings_.rounding, settings_.threads, layer_.*part);
      ++clips_;
    }
  }

  void attention(LayerReport& report) {
    Backend& backend = pass_.backend();
    const LanguageLayer w = original_.view();
    backend.rms_norm(x_, w.norm1, pass_.shape().eps, normed_);
    pass_.attention(w, normed_, seen_);
    backend.linear(seen_, w.o, w.o_bias, added_);
    report.attention = mean_square(added_);
    const auto error = [&] { return attention_error(normed_); };
    report.attention_rounded = error_rounded(kAttention, original_, error);
    const ChannelScales qkv = search("q, k, v", kQkv, normed_, report, error);
    const ChannelScales o = search("o", kO, mean_of_heads(activity_of(seen_, settings_.threads)),
                                   mean_of_heads(sizes(kO)), report, [&] { return o_error(); });

    for (const Part part : kQkv) multiply_columns(layer_.*part, qkv.scales);
    divide(layer_.norm1, qkv.scales);
    divide_columns(normed_, qkv.scales);
    const std::vector<float> columns = over_heads(o.scales, layer_.o.columns);
    multiply_columns(layer_.o, columns);
    divide_rows(layer_.v, o.scales);
    divide_columns(seen_, columns);
    clip(std::span(kQkv).subspan(2), normed_, report);
    clip(kO, seen_, report);
    report.attention_error = error_rounded(kAttention, layer_, error);
    backend.add(x_, added_);
  }

  void mlp(LayerReport& report) {
    Backend& backend = pass_.backend();
    const LanguageLayer w = original_.view();
    backend.rms_norm(x_, w.norm2, pass_.shape().eps, normed_);
    pass_.gated(w, normed_, hidden_);
    backend.linear(hidden_, w.down, w.down_bias, added_);
    report.mlp = mean_square(added_);
    const auto error = [&] { return mlp_error(normed_); };
    report.mlp_rounded = error_rounded(kMlp, original_, error);
    const ChannelScales gate_up = search("gate, up", kGateUp, normed_, report, error);
    const ChannelScales down =
        search("down", kDown, hidden_, report, [&] { return down_error(hidden_); });

    for (const Part part : kGateUp) multiply_columns(layer_.*part, gate_up.scales);
    divide(layer_.norm2, gate_up.scales);
    divide_columns(normed_, gate_up.scales);
    multiply_columns(layer_.down, down.scales);
    divide_rows(layer_.up, down.scales);
    divide_columns(hidden_, down.scales);
    clip(kGateUp, normed_, report);
    clip(kDown, hidden_, report);
    report.mlp_error = error_rounded(kMlp, layer_, error);
    backend.add(x_, added_);
  }

  DecoderLayer layer_;           // on its way
  const DecoderLayer original_;  // as it came
  DecoderLayer trial_;           // the original but for what is tried
  LayerPass& pass_;
  const AwqSettings& settings_;
  Rows x_;
  std::unique_ptr<Memory> memory_;
  Rows normed_, seen_, hidden_;  // what comes into q, k, v or gate, up; o; down
  Rows added_;                   // by the original to x_
  Rows now_, seen_now_, hidden_now_;
  double clips_ = 0;
};

}  // namespace

QuantisedLayer awq_layer(DecoderLayer layer, LayerPass& pass, Rows x, const AwqSettings& settings,
                         LayerReport& report) {
  report = {};
  return AwqWork(std::move(layer), pass, x, settings).run(report);
}

QuantisedLayer round_layer(const DecoderLayer& layer, const Rounding& rounding, unsigned threads) {
  const auto round = [&](const Linear& linear) {
    return round_to_nearest(linear.weights, linear.rows, linear.columns, rounding, threads);
  };
  return {layer.norm1,       layer.norm2,     layer.v.bias,     layer.up.bias,
          round(layer.q),    round(layer.k),  round(layer.v),   round(layer.o),
          round(layer.gate), round(layer.up), round(layer.down)};
}

}  // namespace vernier::engine
