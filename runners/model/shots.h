// Examples that go before a question: pictures with their answers (few-shot prompts).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "judges/chat/chat_model.h"
#include "runners/model/picture_folder.h"

namespace vernier {

/// What every request of a command begins with.
struct Preamble {
  std::vector<std::shared_ptr<const chat::Picture>> pictures;
  std::vector<engine::ChatMessage> messages;
};

/// `system`: a system message, where it is not empty. `shots`: a file of captions in any format
/// ("" for none); each becomes a question with its picture out of the folder, and its answer.
/// Throws Error(kBadInput) for what cannot be read.
Preamble make_preamble(const std::string& system, const std::string& shots,
                       const PictureFolder& folder, const std::string& prompt);

/// A request that asks `prompt` about a picture.
chat::ChatRequest request_about(const Preamble& preamble,
                                std::shared_ptr<const chat::Picture> picture,
                                const std::string& prompt);

/// A digest of the preamble and the prompt, for signatures.
std::string prompt_digest(const Preamble& preamble, const std::string& prompt);

}  // namespace vernier
