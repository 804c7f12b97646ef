#include "runners/model/shots.h"

#include <fmt/format.h>

#include <utility>

#include "base/hash.h"
#include "runners/probe/captions/caption_file.h"

namespace vernier {
namespace {

using engine::ChatMessage;
using engine::ChatRole;

ChatMessage text_message(ChatRole role, const std::string& text) { return {role, {{false, text}}}; }

ChatMessage question(const std::string& prompt) {
  return {ChatRole::kUser, {{true, ""}, {false, prompt}}};
}

}  // namespace

Preamble make_preamble(const std::string& system, const std::string& shots,
                       const PictureFolder& folder, const std::string& prompt) {
  Preamble out;
  if (!system.empty()) out.messages.push_back(text_message(ChatRole::kSystem, system));
  if (shots.empty()) return out;
  for (const CaptionRecord& shot : read_captions(shots, {}).captions) {
    out.pictures.push_back(folder.load(shot.image_id));
    out.messages.push_back(question(prompt));
    out.messages.push_back(text_message(ChatRole::kAssistant, shot.text));
  }
  return out;
}

chat::ChatRequest request_about(const Preamble& preamble,
                                std::shared_ptr<const chat::Picture> picture,
                                const std::string& prompt) {
  chat::ChatRequest request;
  request.pictures = preamble.pictures;
  request.pictures.push_back(std::move(picture));
  request.messages = preamble.messages;
  request.messages.push_back(question(prompt));
  return request;
}

std::string prompt_digest(const Preamble& preamble, const std::string& prompt) {
  std::uint64_t digest = hash_bytes(prompt);
  for (const ChatMessage& message : preamble.messages) {
    digest = hash_more(digest, static_cast<std::uint64_t>(message.role));
    for (const engine::ChatPart& part : message.content) {
      digest = hash_more(digest, part.image ? 1 : hash_bytes(part.text));
    }
  }
  for (const auto& picture : preamble.pictures) {
    digest = hash_more(digest, hash_bytes(picture->bytes));
  }
  return fmt::format("{:016x}", digest);
}

}  // namespace vernier
