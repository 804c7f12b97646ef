#include "judges/engine/container/names/canonical_name.h"

#include <fmt/format.h>

#include <array>
#include <span>

namespace vernier::engine {
namespace {

struct Rewrite {
  std::string_view from, to;  ///< a prefix, or a whole name
  bool whole = false;
};

/// The first that matches counts; a spelling that begins as another one stands before it.
constexpr std::array kLlava = {
    Rewrite{"model.vision_tower.vision_tower.vision_model.", "vit."},
    Rewrite{"model.vision_tower.vision_model.", "vit."},
    Rewrite{"model.vision_tower.", "vit."},
    Rewrite{"vision_tower.vision_model.", "vit."},
    Rewrite{"vision_tower.", "vit."},
    Rewrite{"model.multi_modal_projector.linear_1.", "proj.0."},
    Rewrite{"model.multi_modal_projector.linear_2.", "proj.2."},
    Rewrite{"multi_modal_projector.linear_1.", "proj.0."},
    Rewrite{"multi_modal_projector.linear_2.", "proj.2."},
    Rewrite{"model.mm_projector.", "proj."},
    Rewrite{"model.image_newline", "image_newline", true},
    Rewrite{"image_newline", "image_newline", true},
    Rewrite{"language_model.lm_head.", "lm_head."},
    Rewrite{"lm_head.", "lm_head."},
    Rewrite{"language_model.model.", "llm."},
    Rewrite{"model.language_model.", "llm."},
    Rewrite{"model.", "llm."},
};

constexpr std::array kIdefics3 = {
    Rewrite{"model.vision_model.", "vit."},
    Rewrite{"model.connector.modality_projection.proj.", "proj.0."},
    Rewrite{"model.text_model.", "llm."},
    Rewrite{"lm_head.", "lm_head."},
};

constexpr std::array kClip = {
    Rewrite{"vision_model.", "vit."},
    Rewrite{"text_model.", "text."},
    Rewrite{"visual_projection.weight", "visual_projection.weight", true},
    Rewrite{"text_projection.weight", "text_projection.weight", true},
    Rewrite{"logit_scale", "logit_scale", true},
};

std::span<const Rewrite> rules_of(Family family) {
  if (family == Family::kClip) return kClip;
  if (is_idefics(family)) return kIdefics3;
  return kLlava;
}

}  // namespace

std::string canonical_name(Family family, std::string_view stored) {
  for (const Rewrite& rule : rules_of(family)) {
    if (rule.whole ? stored != rule.from : !stored.starts_with(rule.from)) continue;
    return fmt::format("{}{}", rule.to, stored.substr(rule.from.size()));
  }
  return {};
}

bool is_of_no_use(std::string_view stored, Family family) {
  // The head stands beside the layers, with and without a prefix of its own.
  return stored.ends_with(".position_ids") || stored.ends_with(".rotary_emb.inv_freq") ||
         stored.find("vision_model.head.") != std::string_view::npos ||
         stored.find("vision_tower.head.") != std::string_view::npos ||
         (family != Family::kClip && stored.starts_with("text_model."));
}

}  // namespace vernier::engine
