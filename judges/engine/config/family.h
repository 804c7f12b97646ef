// Which kind of model a checkpoint is.
#pragma once

#include <cstdint>

namespace vernier::engine {

enum class Family : std::uint8_t {
  kLlava,      ///< LLaVA 1.5 and models in its format, vernier's own among them
  kLlavaNext,  ///< LLaVA 1.6: several tiles an image
  kIdefics3,
  kSmolVlm,  ///< Idefics3 but for names
  kClip,     ///< CLIP itself: a tower for images, one for texts, no language model (clip_config.h)
};

/// Whether it is Idefics3 or SmolVLM, which differ in names only.
inline bool is_idefics(Family family) {
  return family == Family::kIdefics3 || family == Family::kSmolVlm;
}

}  // namespace vernier::engine
