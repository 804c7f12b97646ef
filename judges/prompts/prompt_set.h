// The prompts of the judge: one versioned file of templates for each way of asking.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "judges/prompts/prompt_template.h"

namespace vernier::prompts {

/// One way of asking; `user` is empty where the set does not have it.
struct Ask {
  PromptTemplate user;
  PromptTemplate again;      ///< where the first answer was of no use; may be empty
  std::string answer_start;  ///< what the answer is to begin with
};

/// Slots: caption, caption_quoted, a, a_quoted, b, b_quoted, references, context, low, high, ...:
/// each template takes those that make sense in it (prompt_set.cc), and must have those without
/// which it would not ask for anything.
struct PromptSet {
  std::string name;
  std::uint64_t version = 0;
  std::uint64_t digest = 0;  ///< of the file's bytes

  Ask context, visce, paper, direct, reference, pairwise, reason, clair, capscore, reason_first;
  PromptTemplate object, attribute, relation;  ///< of the checklist
  std::vector<Ask> paraphrases;                ///< of `direct`

  /// "prompts:NAME/VERSION:DIGEST", for signatures.
  std::string signature() const;
};

/// Reads a set from TOML. Throws Error(kUsage), FILE:LINE:, for what is no TOML, unknown tables and
/// keys, unknown, missing and unfinished slots.
PromptSet parse_prompts(std::string_view toml, const std::string& name);

/// Names of the sets that come with vernier: general, scenes.
std::vector<std::string_view> prompt_set_names();
/// The file of one of them; empty for other names.
std::string_view prompt_set_text(std::string_view name);

/// `name`: one of those names, or the path of a file. Throws Error(kUsage).
PromptSet open_prompts(const std::string& name);

}  // namespace vernier::prompts
