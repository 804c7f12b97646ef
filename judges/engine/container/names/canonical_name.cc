#include "judges/engine/container/names/canonical_name.h"

#include <fmt/format.h>

#include "judges/engine/families/profile.h"

namespace vernier::engine {

std::string canonical_name(Family family, std::string_view stored) {
  for (const NameRewrite& rule : profile_of(family).names) {
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
         (stored.starts_with("text_model.") && canonical_name(family, stored).empty());
}

}  // namespace vernier::engine
