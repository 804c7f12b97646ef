#include "judges/probes/live/descriptions/prompts.h"

#include <utility>

#include "base/error.h"
#include "base/io/text_lines.h"

namespace vernier {
std::string_view embedded_live_presets();
}

namespace vernier::probes {
namespace {

using engine::ChatMessage;
using engine::ChatRole;

ChatMessage message_with_pictures(std::size_t pictures, const std::string& text) {
  ChatMessage message;
  for (std::size_t n = 0; n < pictures; ++n) message.content.push_back({true, ""});
  message.content.push_back({false, text});
  return message;
}

}  // namespace

std::vector<DescriptionPrompt> description_prompts(bool drawn) {
  std::vector<DescriptionPrompt> out;
  const std::string_view wanted = drawn ? "drawn" : "natural";
  for_each_line(embedded_live_presets(), [&](std::string_view line, std::uint64_t) {
    if (line.empty() || line.front() == '#') return;
    const std::size_t first = line.find('\t'), second = line.find('\t', first + 1);
    if (first == std::string_view::npos || second == std::string_view::npos) {
      throw Error(ExitCode::kInternal, "a built-in prompt without its tabs");
    }
    if (line.substr(first + 1, second - first - 1) != wanted) return;
    out.push_back({std::string(line.substr(0, first)), std::string(line.substr(second + 1))});
  });
  return out;
}

chat::ChatRequest ask_about(std::vector<std::shared_ptr<const chat::Picture>> pictures,
                            const std::string& text) {
  chat::ChatRequest request;
  request.messages.push_back(message_with_pictures(pictures.size(), text));
  request.pictures = std::move(pictures);
  return request;
}

chat::ChatRequest ask_after(std::vector<std::shared_ptr<const chat::Picture>> pictures,
                            const std::string& prompt, const std::string& description,
                            const std::string& text) {
  chat::ChatRequest request = ask_about(std::move(pictures), prompt);
  request.messages.push_back({ChatRole::kAssistant, {{false, description}}});
  request.messages.push_back({ChatRole::kUser, {{false, text}}});
  return request;
}

}  // namespace vernier::probes
