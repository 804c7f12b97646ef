#include "judges/engine/tokenizer/chat/renderers.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/error.h"
#include "metrics/text/unicode/white_space.h"

namespace vernier::engine {
namespace {

using Messages = std::span<const ChatMessage>;

constexpr std::string_view kImage = "<image>";
constexpr std::string_view kImagePad = "<|image_pad|>";

std::string_view lower_case(ChatRole role) {
  constexpr std::array<std::string_view, 3> kNames = {"system", "user", "assistant"};
  return kNames[static_cast<std::size_t>(role)];
}

void add_image(ChatPrompt& out, std::string_view placeholder) {
  out.images.push_back(out.text.size());
  out.text += placeholder;
}

void add_text(ChatPrompt& out, const ChatPart& part) {
  if (part.text.empty()) return;
  out.quoted.push_back({out.text.size(), out.text.size() + part.text.size()});
  out.text += part.text;
}

/// Parts in their order.
void add_parts(ChatPrompt& out, const ChatMessage& message, std::string_view placeholder) {
  for (const ChatPart& part : message.content) {
    if (part.image) {
      add_image(out, placeholder);
    } else {
      add_text(out, part);
    }
  }
}

/// Images first, each on a line; then texts, `end` after each.
void add_images_first(ChatPrompt& out, const ChatMessage& message, std::string_view end) {
  for (const ChatPart& part : message.content) {
    if (!part.image) continue;
    add_image(out, kImage);
    out.text += '\n';
  }
  for (const ChatPart& part : message.content) {
    if (part.image) continue;
    add_text(out, part);
    out.text += end;
  }
}

/// The hub's template of LLaVA 1.5 and LLaVA-NeXT with Vicuna. It ends no answer with </s>.
void llava(Messages messages, const ChatTokens& /*tokens*/, bool prompt, ChatPrompt& out) {
  for (const ChatMessage& message : messages) {
    if (message.role == ChatRole::kUser) out.text += "USER: ";
    if (message.role == ChatRole::kAssistant) out.text += "ASSISTANT: ";
    add_images_first(out, message, " ");
  }
  if (prompt) out.text += "ASSISTANT:";
}

/// Our own model's (judges/model/tokenizer.py).
void vernier_model(Messages messages, const ChatTokens& tokens, bool prompt, ChatPrompt& out) {
  out.text += tokens.bos;
  for (const ChatMessage& message : messages) {
    if (message.role == ChatRole::kSystem) {
      throw Error(ExitCode::kUsage,
                  "chat template vernier: expected messages of user and assistant, found a system "
                  "message, which the model has never seen");
    }
    if (message.role == ChatRole::kUser) {
      out.text += &message == messages.data() ? "USER: " : " USER: ";
      add_images_first(out, message, "");
      continue;
    }
    out.text += " ASSISTANT: ";
    for (const ChatPart& part : message.content) {
      if (!part.image) add_text(out, part);
    }
    out.text += tokens.eos;
  }
  if (prompt) out.text += " ASSISTANT:";
}

/// FastChat's vicuna_v1.1 as LLaVA's and VILA's own code fills it: the system line is the first
/// message, where there is one; answers end with </s>.
void vicuna(Messages messages, const ChatTokens& tokens, bool prompt, ChatPrompt& out) {
  for (const ChatMessage& message : messages) {
    if (message.role == ChatRole::kSystem) {
      add_images_first(out, message, " ");
      continue;
    }
    out.text += message.role == ChatRole::kUser ? "USER: " : "ASSISTANT: ";
    add_images_first(out, message, "");
    out.text += message.role == ChatRole::kUser ? std::string_view(" ") : tokens.eos;
  }
  if (prompt) out.text += "ASSISTANT:";
}

/// A blank follows the role, but not before an image.
void idefics(Messages messages, std::string_view start, bool prompt, ChatPrompt& out) {
  out.text += start;
  for (const ChatMessage& message : messages) {
    out.text += message.role == ChatRole::kUser        ? "User:"
                : message.role == ChatRole::kAssistant ? "Assistant:"
                                                       : "System:";
    if (message.content.empty() || !message.content[0].image) out.text += ' ';
    add_parts(out, message, kImage);
    out.text += "<end_of_utterance>\n";
  }
  if (prompt) out.text += "Assistant:";
}

void smolvlm(Messages messages, const ChatTokens& /*tokens*/, bool prompt, ChatPrompt& out) {
  idefics(messages, "<|im_start|>", prompt, out);
}

void idefics3(Messages messages, const ChatTokens& /*tokens*/, bool prompt, ChatPrompt& out) {
  idefics(messages, "<|begin_of_text|>", prompt, out);
}

void add_chatml(Messages messages, std::string_view placeholder, std::string_view before,
                std::string_view after, bool prompt, ChatPrompt& out) {
  for (const ChatMessage& message : messages) {
    out.text.append("<|im_start|>").append(lower_case(message.role)).append("\n");
    for (const ChatPart& part : message.content) {
      if (!part.image) {
        add_text(out, part);
        continue;
      }
      out.text += before;
      add_image(out, placeholder);
      out.text += after;
    }
    out.text += "<|im_end|>\n";
  }
  if (prompt) out.text += "<|im_start|>assistant\n";
}

void chatml(Messages messages, const ChatTokens& /*tokens*/, bool prompt, ChatPrompt& out) {
  add_chatml(messages, kImage, "", "", prompt, out);
}

/// ChatML with a default system line.
void qwen2_vl(Messages messages, const ChatTokens& /*tokens*/, bool prompt, ChatPrompt& out) {
  if (!messages.empty() && messages[0].role != ChatRole::kSystem) {
    out.text += "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n";
  }
  add_chatml(messages, kImagePad, "<|vision_start|>", "<|vision_end|>", prompt, out);
}

/// Parts in their order, without white space at their ends; `after` follows each image.
void add_stripped(ChatPrompt& out, const ChatMessage& message, std::string_view after) {
  ChatPrompt content;
  for (const ChatPart& part : message.content) {
    if (!part.image) {
      add_text(content, part);
      continue;
    }
    add_image(content, kImage);
    content.text += after;
  }
  const std::string_view stripped = text::strip_left(content.text);
  const std::size_t cut = content.text.size() - stripped.size();
  for (const std::size_t place : content.images) {
    out.images.push_back(out.text.size() + place - cut);
  }
  const std::string_view kept = text::strip_right(stripped);
  for (const TextRange& range : content.quoted) {
    const std::size_t begin = std::max(range.begin, cut);
    const std::size_t end = std::min(range.end, cut + kept.size());
    if (begin >= end) continue;
    out.quoted.push_back({out.text.size() + begin - cut, out.text.size() + end - cut});
  }
  out.text.append(kept);
}

/// Contents without white space at their ends. Images as VILA puts them: each on a line.
void llama3(Messages messages, const ChatTokens& tokens, bool prompt, ChatPrompt& out) {
  if (!messages.empty()) out.text += tokens.bos;
  for (const ChatMessage& message : messages) {
    out.text.append("<|start_header_id|>").append(lower_case(message.role));
    out.text += "<|end_header_id|>\n\n";
    add_stripped(out, message, "\n");
    out.text += "<|eot_id|>";
  }
  if (prompt) out.text += "<|start_header_id|>assistant<|end_header_id|>\n\n";
}

void add_system(Messages messages, std::string_view text, ChatPrompt& out) {
  if (messages.empty() || messages[0].role == ChatRole::kSystem) return;
  out.text.append("<|im_start|>system\n").append(text).append("<|im_end|>");
}

/// NVILA's template for Qwen2. What ends the line of an image comes with the image
/// (ModelConfig::image_end).
void nvila(Messages messages, const ChatTokens& /*tokens*/, bool prompt, ChatPrompt& out) {
  add_system(messages, "You are a helpful assistant", out);
  if (!out.text.empty()) out.text += '\n';
  for (const ChatMessage& message : messages) {
    out.text.append("<|im_start|>").append(lower_case(message.role)).append("\n");
    add_stripped(out, message, "");
    out.text += "<|im_end|>\n";
  }
  if (prompt) out.text += "<|im_start|>assistant\n";
}

/// VILA-1.5's conversation for Yi: ChatML without line ends between messages.
void hermes2(Messages messages, const ChatTokens& /*tokens*/, bool prompt, ChatPrompt& out) {
  add_system(messages, "Answer the questions.", out);
  for (const ChatMessage& message : messages) {
    out.text.append("<|im_start|>").append(lower_case(message.role)).append("\n");
    add_stripped(out, message, "\n");
    out.text += "<|im_end|>";
  }
  if (prompt) out.text += "<|im_start|>assistant\n";
}

constexpr std::array<ChatRenderer, 10> kRenderers = {{{"vernier", kImage, vernier_model},
                                                      {"llava-1.5", kImage, llava},
                                                      {"vicuna-v1", kImage, vicuna},
                                                      {"smolvlm", kImage, smolvlm},
                                                      {"idefics3", kImage, idefics3},
                                                      {"chatml", kImage, chatml},
                                                      {"qwen2-vl", kImagePad, qwen2_vl},
                                                      {"llama-3", kImage, llama3},
                                                      {"nvila", kImage, nvila},
                                                      {"hermes-2", kImage, hermes2}}};

}  // namespace

std::span<const ChatRenderer> chat_renderers() { return kRenderers; }

}  // namespace vernier::engine
