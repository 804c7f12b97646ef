// Captions as lists in prompts.
#pragma once

#include <span>
#include <string>

#include "judges/chat/chat_model.h"

namespace vernier::visce {

/// Lines of `- "..."`; what is too long to be shown is cut (shown_caption.h).
std::string bulleted_captions(std::span<const std::string> captions);
/// Lines of `1. "..."`, beginning with caption `first` and going round.
std::string numbered_captions(std::span<const std::string> captions, std::size_t first);

/// A question without pictures.
chat::ChatRequest text_question(std::string text, std::size_t most_new);

}  // namespace vernier::visce
