#include "judges/engine/config/parts/rope_config.h"

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "judges/engine/config/limits.h"

namespace vernier::engine {
namespace {

double required(const ConfigObject& rope, std::string_view key) {
  const auto value = rope.positive(key);
  if (!value) rope.refuse(key, "a number above 0");
  return *value;
}

RopeKind kind_of(const ConfigObject& rope) {
  // "type" is the older spelling.
  const std::string_view key = rope.has("rope_type") ? "rope_type" : "type";
  const std::string name = rope.text(key).value_or("default");
  if (name == "default") return RopeKind::kDefault;
  if (name == "linear") return RopeKind::kLinear;
  if (name == "llama3") return RopeKind::kLlama3;
  rope.refuse(key, "default, linear or llama3");
}

void refuse_partial(const ConfigObject& object) {
  if (object.positive("partial_rotary_factor", 1) != 1) {
    object.refuse("partial_rotary_factor", "1: all of a head is turned");
  }
}

}  // namespace

RopeConfig read_rope_config(const ConfigObject& text, std::uint32_t positions) {
  const ConfigObject rope =
      text.object(text.has("rope_scaling") ? "rope_scaling" : "rope_parameters");
  refuse_partial(text);
  refuse_partial(rope);
  RopeConfig config;
  config.kind = kind_of(rope);
  config.theta = rope.positive("rope_theta", text.positive("rope_theta", config.theta));
  if (config.kind == RopeKind::kDefault) return config;
  config.factor = required(rope, "factor");
  if (config.kind == RopeKind::kLinear) return config;
  config.low_frequency_factor = required(rope, "low_freq_factor");
  config.high_frequency_factor = required(rope, "high_freq_factor");
  if (config.high_frequency_factor <= config.low_frequency_factor) {
    rope.refuse("high_freq_factor",
                fmt::format("above low_freq_factor {}", config.low_frequency_factor));
  }
  config.original_positions =
      rope.whole("original_max_position_embeddings", positions, limits::kPositions);
  return config;
}

}  // namespace vernier::engine
