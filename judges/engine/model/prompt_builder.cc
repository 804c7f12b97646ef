#include "judges/engine/model/prompt_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.h"

namespace vernier::engine {
namespace {

constexpr std::string_view kImage = "<image>";

/// Of a tile's tokens that are only text: whose they are.
constexpr auto kText = static_cast<std::size_t>(-1);

std::uint32_t image_token_of(const ModelConfig& model, const Tokenizer& tokenizer) {
  if (model.image_token) {
    if (!tokenizer.token_of(*model.image_token).empty()) return *model.image_token;
    throw Error(ExitCode::kResource,
                fmt::format("the tokenizer has no token {}, which stands for images by config.json",
                            *model.image_token));
  }
  if (const auto token = tokenizer.id_of(kImage)) return *token;
  throw Error(ExitCode::kResource,
              fmt::format("the tokenizer has no token \"{}\", which stands for images", kImage));
}

}  // namespace

PromptBuilder::PromptBuilder(const ModelConfig& model, Tokenizer tokenizer, std::string placeholder)
    : profile_(profile_of(model.family)),
      tokenizer_(std::move(tokenizer)),
      placeholder_(std::move(placeholder)),
      image_token_(image_token_of(model, tokenizer_)),
      image_text_(tokenizer_.token_of(image_token_)),
      start_(tokenizer_.encode(model.image_start, {.add_special = false})),
      end_(tokenizer_.encode(model.image_end, {.add_special = false})) {
  for (const std::string_view marker : profile_.markers) {
    if (tokenizer_.id_of(marker)) continue;
    throw Error(
        ExitCode::kResource,
        fmt::format("the tokenizer has no token \"{}\", which stands around images", marker));
  }
}

void PromptBuilder::place(std::span<const std::uint32_t> ids, std::span<const std::size_t> owners,
                          Prompt& prompt) const {
  const auto append = [&](const std::vector<std::uint32_t>& more) {
    prompt.ids.insert(prompt.ids.end(), more.begin(), more.end());
  };
  for (const std::uint32_t id : ids) {
    const bool owned = id == image_token_ && !owners.empty();
    const std::size_t owner = owned ? owners.front() : kText;
    if (owned) owners = owners.subspan(1);
    if (owner == kText) {
      prompt.ids.push_back(id);
      continue;
    }
    PromptImage& image = prompt.images[owner];
    const std::size_t part = image.input->tokens / image.input->parts;
    if (image.places.size() % part == 0) append(start_);
    image.places.push_back(static_cast<std::uint32_t>(prompt.ids.size()));
    prompt.ids.push_back(id);
    if (image.places.size() % part == 0) append(end_);
  }
}

Prompt PromptBuilder::build(const ChatPrompt& chat,
                            std::span<const std::shared_ptr<const VisionInput>> inputs) const {
  if (chat.images.size() != inputs.size()) {
    throw Error(ExitCode::kInternal, "a prompt with more or fewer images than placeholders");
  }
  Prompt prompt;
  std::string whole;
  std::vector<TextRange> quoted;
  // The tokens that look like an image's, in order: whose is each?
  std::vector<std::size_t> owners;
  const bool special = tokenizer_.is_special(image_token_);
  std::size_t done = 0, quotation = 0;
  const auto add_text = [&](std::size_t end) {
    // No quotation reaches over a placeholder.
    const std::size_t first = quoted.size();
    for (; quotation < chat.quoted.size() && chat.quoted[quotation].end <= end; ++quotation) {
      const TextRange& range = chat.quoted[quotation];
      quoted.push_back({whole.size() + range.begin - done, whole.size() + range.end - done});
    }
    const std::size_t begin = whole.size();
    whole.append(chat.text, done, end - done);
    const auto mine = std::span(quoted).subspan(first);
    for (std::size_t at = whole.find(image_text_, begin); at != std::string::npos;
         at = whole.find(image_text_, at + image_text_.size())) {
      const std::size_t behind = at + image_text_.size();
      if (!special || std::ranges::none_of(mine, [&](const TextRange& q) {
            return q.begin < behind && at < q.end;
          })) {
        owners.push_back(kText);
      }
    }
  };
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    add_text(chat.images[i]);
    whole += profile_.expansion(*inputs[i], image_text_);
    owners.insert(owners.end(), inputs[i]->tokens, i);
    done = chat.images[i] + placeholder_.size();
  }
  add_text(chat.text.size());
  prompt.images.resize(inputs.size());
  for (std::size_t i = 0; i < inputs.size(); ++i) prompt.images[i].input = inputs[i];
  place(tokenizer_.encode(whole, {.add_special = chat.add_special, .quoted = quoted}), owners,
        prompt);
  for (const PromptImage& image : prompt.images) {
    if (image.places.size() == image.input->tokens) continue;
    throw Error(
        ExitCode::kResource,
        fmt::format("the tokenizer makes {} tokens of an image that needs {}: is \"{}\" one "
                    "of its special tokens?",
                    image.places.size(), image.input->tokens, image_text_));
  }
  return prompt;
}

}  // namespace vernier::engine
