#include <array>
#include <string>

#include "base/error.h"
#include "judges/engine/config/json/config_object.h"
#include "judges/engine/families/profile.h"

namespace vernier::engine {
namespace {

constexpr std::array kProfiles = {&kLlavaProfile,   &kLlavaNextProfile, &kIdefics3Profile,
                                  &kSmolVlmProfile, &kVilaProfile,      &kClipProfile};

}  // namespace

const FamilyProfile& profile_of(Family family) {
  for (const FamilyProfile* profile : kProfiles) {
    if (profile->family == family) return *profile;
  }
  throw Error(ExitCode::kInternal, "a family without a profile");
}

const FamilyProfile& profile_for(const ConfigFiles& files) {
  for (const FamilyProfile* profile : kProfiles) {
    if (profile->describes != nullptr && profile->describes(files)) return *profile;
  }
  const ConfigObject top(files.config);
  // The research code's own checkpoints describe a language model.
  if (top.has("mm_projector_type")) {
    top.refuse("mm_projector_type",
               "a checkpoint for transformers (names often end in -hf), not of the original LLaVA");
  }
  top.text("model_type");
  top.refuse("model_type",
             "llava, llava_next, idefics3 or smolvlm, or a folder of VILA with its llm_cfg");
}

}  // namespace vernier::engine
