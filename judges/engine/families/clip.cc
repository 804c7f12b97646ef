// CLIP (clip_config.h): names and image processor.
#include <array>

#include "judges/engine/families/profile.h"

namespace vernier::engine {
namespace {

constexpr std::array kNames = {
    NameRewrite{"vision_model.", "vit."},
    NameRewrite{"text_model.", "text."},
    NameRewrite{"visual_projection.weight", "visual_projection.weight", true},
    NameRewrite{"text_projection.weight", "text_projection.weight", true},
    NameRewrite{"logit_scale", "logit_scale", true},
};

constexpr std::array kProcessors = {ImageProcessorKind::kClip};

}  // namespace

constinit const FamilyProfile kClipProfile = {
    .family = Family::kClip,
    .names = kNames,
    .processors = kProcessors,
    .processor_names = "CLIPImageProcessor",
};

}  // namespace vernier::engine
