#include "judges/engine/tokenizer/chat/chat_template.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "base/error.h"
#include "base/printable.h"
#include "judges/engine/tokenizer/chat/renderers.h"
#include "judges/engine/tokenizer/chat/sha256.h"

namespace vernier::engine {
namespace {

struct KnownTemplate {
  std::string_view digest, renderer;
};

constexpr std::array<KnownTemplate, 11> kKnown = {{
    // judges/model/tokenizer.py.
    {"9a6d6a18917c7f3e9d97b0a1d50036a4576947f92d17ff7f403fe56ab894d961", "vernier"},
    // transformers' tests of LLaVA's and LLaVA-NeXT's processors, the text of llava-hf on the hub.
    {"6fef09c05345e88b9f85e80bcb3491003332050750586568bdf91cfa81965d0c", "llava-1.5"},
    // transformers' tests of Idefics3 and SmolVLM, the text of SmolVLM on the hub.
    {"830005085ddd94cec605b6e21b885b28ffad6e3f82ee6a212c523533e8f04f01", "smolvlm"},
    // transformers 4, processing_smolvlm.py: with videos.
    {"36a47ed97c18667acf1150e4fa25e2e2b0e87d468307dd593874f152373c2c5b", "smolvlm"},
    // transformers 5.24, processing_smolvlm.py: contents may be strings.
    {"f6db8ceb8995c47d3aabada6314e3173a75ecf8273453a2e2004bb2ba3ab598d", "smolvlm"},
    // Idefics3 with Llama 3, in ModernVBERT's processor and in fine-tuning code.
    {"fcbb6764942ea01454d80ccd9bd03365cd0ad41c31431208f7457f5cbb9ad69e", "idefics3"},
    {"0d7e56ca41705b79932de707b22bc855c3cfcefae62f1ac5e458560654883d2e", "idefics3"},
    // Qwen2-VL and Qwen2.5-VL, in mlx-swift-examples and swift-transformers.
    {"a0bc6f6fc7a29a80017a433e8f03a1cc1236e838a944a2d034295a60c4f2fddb", "qwen2-vl"},
    // ChatML of texts, as in many checkpoints.
    {"153280e3ff55d19da1398bdb3914ee2a51b80429bfaedde11d7d216c39db80f3", "chatml"},
    // Meta-Llama-3-8B-Instruct.
    {"ba03a121d097859c7b5b9cd03af99aafe95275210d2876f642ad9929a150f122", "llama-3"},
    // VILA's chat_templates/qwen2.jinja as its code gives it to tokenizers: without indentation and
    // line ends.
    {"5998c02a85110e7da4e52fcf74c8315c60a58b643abfacb0c7a104fa38cc99c4", "nvila"},
}};

std::string names() {
  std::string all;
  for (const ChatRenderer& renderer : chat_renderers()) {
    if (!all.empty()) all += ", ";
    all += renderer.name;
  }
  return all;
}

/// The renderer's number, their count for none.
std::size_t find_renderer(std::string_view name) {
  std::size_t i = 0;
  while (i < chat_renderers().size() && chat_renderers()[i].name != name) ++i;
  return i;
}

}  // namespace

ChatTemplate::ChatTemplate(std::size_t renderer, ChatTokens tokens)
    : renderer_(renderer), tokens_(std::move(tokens)) {}

ChatTemplate ChatTemplate::of_source(std::string_view source, ChatTokens tokens,
                                     const std::string& file) {
  if (source.ends_with('\n')) source.remove_suffix(1);
  return of_digest(sha256(source), std::move(tokens), file);
}

ChatTemplate ChatTemplate::of_digest(std::string_view digest, ChatTokens tokens,
                                     const std::string& file) {
  for (const KnownTemplate& known : kKnown) {
    if (known.digest == digest) return {find_renderer(known.renderer), std::move(tokens)};
  }
  throw Error(
      ExitCode::kResource,
      fmt::format("{}: the chat template with SHA-256 {} is not known; name the one that it "
                  "is like: {}",
                  printable(file), digest, names()));
}

ChatTemplate ChatTemplate::of_name(std::string_view name, ChatTokens tokens) {
  const std::size_t renderer = find_renderer(name);
  if (renderer == chat_renderers().size()) {
    throw Error(ExitCode::kUsage, fmt::format("chat template \"{}\": expected one of {}",
                                              printable(name, 60), names()));
  }
  return {renderer, std::move(tokens)};
}

ChatPrompt ChatTemplate::render(std::span<const ChatMessage> messages,
                                bool add_generation_prompt) const {
  ChatPrompt prompt;
  chat_renderers()[renderer_].render(messages, tokens_, add_generation_prompt, prompt);
  prompt.add_special = tokens_.bos.empty() || !prompt.text.starts_with(tokens_.bos);
  return prompt;
}

std::string_view ChatTemplate::name() const { return chat_renderers()[renderer_].name; }

std::string_view ChatTemplate::placeholder() const {
  return chat_renderers()[renderer_].placeholder;
}

}  // namespace vernier::engine
