// Which kind of model a checkpoint is. What makes it that kind is in families/profile.h.
#pragma once

#include <cstdint>

namespace vernier::engine {

enum class Family : std::uint8_t {
  kLlava,      ///< LLaVA 1.5 and models in its format, vernier's own among them
  kLlavaNext,  ///< LLaVA 1.6: several tiles an image
  kIdefics3,
  kSmolVlm,  ///< Idefics3 but for names
  kVila,     ///< VILA-1.5, NVILA, NVILA-Lite: a folder of three folders
  kClip,     ///< CLIP itself: a tower for images, one for texts, no language model (clip_config.h)
};

}  // namespace vernier::engine
