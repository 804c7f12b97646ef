// What a model is asked, and how.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "judges/chat/chat_model.h"

namespace vernier::probes {

/// A way to ask for a description.
struct DescriptionPrompt {
  std::string name;  ///< plain, detailed, region-by-region, describe-then-answer
  std::string text;
};

/// The one whose description comes before a question.
inline constexpr std::string_view kDescribeFirst = "describe-then-answer";

/// Those of presets.txt, `plain` first. `drawn`: for the model that comes with vernier, which was
/// taught fewer of them and in other words.
std::vector<DescriptionPrompt> description_prompts(bool drawn);

/// Pictures, then a text.
chat::ChatRequest ask_about(std::vector<std::shared_ptr<const chat::Picture>> pictures,
                            const std::string& text);

/// The same with a description of the picture before it: its prompt and what the model answered.
chat::ChatRequest ask_after(std::vector<std::shared_ptr<const chat::Picture>> pictures,
                            const std::string& prompt, const std::string& description,
                            const std::string& text);

}  // namespace vernier::probes
