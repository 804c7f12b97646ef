#include "judges/visce/text_judges/text_lists.h"

#include <fmt/format.h>

#include <cstddef>
#include <utility>

#include "judges/prompts/prompt_template.h"
#include "judges/visce/context/context_maker.h"
#include "judges/visce/shown_caption.h"

namespace vernier::visce {
namespace {

std::string shown(const std::string& caption) {
  return prompts::quoted_line(shown_caption(caption).text);
}

}  // namespace

std::string bulleted_captions(std::span<const std::string> captions) {
  std::string out;
  for (const std::string& caption : captions) {
    if (!out.empty()) out += '\n';
    out += "- " + shown(caption);
  }
  return out;
}

std::string numbered_captions(std::span<const std::string> captions, std::size_t first) {
  std::string out;
  for (std::size_t i = 0; i < captions.size(); ++i) {
    if (!out.empty()) out += '\n';
    out += fmt::format("{}. {}", i + 1, shown(captions[(first + i) % captions.size()]));
  }
  return out;
}

chat::ChatRequest text_question(std::string text, std::size_t most_new) {
  chat::ChatRequest request;
  request.messages = {user_message(std::move(text))};
  request.most_new = most_new;
  return request;
}

}  // namespace vernier::visce
