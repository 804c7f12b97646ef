// From messages to the text that a model reads.
//
// There is no Jinja engine: a checkpoint's template is known by its SHA-256 and drawn by code that
// was tested against it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "judges/engine/tokenizer/parts/added_tokens.h"

namespace vernier::engine {

enum class ChatRole : std::uint8_t { kSystem, kUser, kAssistant };

struct ChatPart {
  bool image = false;
  std::string text;  ///< of parts that are no image
};

struct ChatMessage {
  ChatRole role = ChatRole::kUser;
  std::vector<ChatPart> content;
};

struct ChatPrompt {
  std::string text;
  /// Where the image placeholders begin in `text`, in order. Text that looks like one is none.
  std::vector<std::size_t> images;
  /// What came from the messages, and is not the template's: "</s>" in it is text.
  std::vector<TextRange> quoted;
  /// Whether the tokenizer is to put its tokens around the text: not where the template wrote the
  /// token that begins a text itself (transformers' rule).
  bool add_special = true;
};

/// Texts of special tokens that templates refer to.
struct ChatTokens {
  std::string bos, eos;
};

class ChatTemplate {
 public:
  /// By what a checkpoint holds (a line end at the end does not count, as in Jinja). `file`: its
  /// name in messages. Throws Error(kResource) for an unknown template, with the digest and the
  /// names that of_name() takes.
  static ChatTemplate of_source(std::string_view source, ChatTokens tokens,
                                const std::string& file);
  /// By the SHA-256 of a source.
  static ChatTemplate of_digest(std::string_view digest, ChatTokens tokens,
                                const std::string& file);
  /// "llava-1.5", "vernier", ... Throws Error(kUsage) for other names, and lists them.
  static ChatTemplate of_name(std::string_view name, ChatTokens tokens);

  /// As the Jinja template renders lists of parts with add_generation_prompt. Throws
  /// Error(kUsage) for messages that the template has no words for.
  ChatPrompt render(std::span<const ChatMessage> messages, bool add_generation_prompt) const;

  std::string_view name() const;
  /// What stands for an image: "<image>", "<|image_pad|>".
  std::string_view placeholder() const;

 private:
  ChatTemplate(std::size_t renderer, ChatTokens tokens);

  std::size_t renderer_;  // its number in the table of renderers
  ChatTokens tokens_;
};

}  // namespace vernier::engine
