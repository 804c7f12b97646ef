// One name for a tensor, however the checkpoint spells it.
#pragma once

#include <string>
#include <string_view>

#include "judges/engine/config/family.h"

namespace vernier::engine {

/// Canonical names of vision-language models begin with "vit." (vision tower), "proj." (from
/// features to tokens), "llm." (language model without its head), or are "lm_head.weight" or
/// "image_newline". Read are, for LLaVA and LLaVA-NeXT, the names of the hub (transformers 4, with
/// and without `vision_model.`, which transformers 5 leaves out), those in memory (`model.` in
/// front), and those of the original research code; for Idefics3 and SmolVLM their one spelling;
/// for VILA those of its three folders, behind the folder's name (tensor_store.h).
/// CLIP's begin with "vit." or "text." (its towers), or are "visual_projection.weight",
/// "text_projection.weight" or "logit_scale".
///
/// Empty for a name of no part.
std::string canonical_name(Family family, std::string_view stored);

/// Whether checkpoints hold it without any use for it: tables that are computed, the pooling head
/// of SigLIP, and CLIP's text tower where the family has no names for it.
bool is_of_no_use(std::string_view stored, Family family = Family::kLlava);

}  // namespace vernier::engine
