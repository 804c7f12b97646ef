#include "judges/engine/model/prompt_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.h"

namespace vernier::engine {
namespace {

constexpr std::string_view kAround = "<fake_token_around_image>";

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

}  // namespace

PromptBuilder::PromptBuilder(const ModelConfig& model, Tokenizer tokenizer, std::string placeholder)
    : family_(model.family),
      image_token_(model.image_token),
      tokenizer_(std::move(tokenizer)),
      placeholder_(std::move(placeholder)),
      image_text_(tokenizer_.token_of(image_token_)) {
  const auto require = [&](std::string_view token) {
    if (tokenizer_.id_of(token)) return;
    throw Error(
        ExitCode::kResource,
        fmt::format("the tokenizer has no token \"{}\", which stands around images", token));
  };
  if (image_text_.empty()) {
    throw Error(ExitCode::kResource,
                fmt::format("the tokenizer has no token {}, which stands for images by config.json",
                            image_token_));
  }
  if (is_idefics(family_)) {
    require(kAround);
    require("<global-img>");
  }
}

std::string PromptBuilder::expansion(const VisionInput& input) const {
  if (!is_idefics(family_)) return repeated(image_text_, input.tokens);
  const std::string tile = repeated(image_text_, input.tokens / input.tiles);
  std::string out;
  for (std::size_t r = 1; r <= input.rows; ++r) {
    for (std::size_t c = 1; c <= input.columns; ++c) {
      out += fmt::format("{}<row_{}_col_{}>{}", kAround, r, c, tile);
    }
    out += '\n';
  }
  if (input.rows > 0) out += '\n';
  out += fmt::format("{}<global-img>{}{}", kAround, tile, kAround);
  return out;
}

Prompt PromptBuilder::build(const ChatPrompt& chat,
                            std::span<const std::shared_ptr<const VisionInput>> inputs) const {
  if (chat.images.size() != inputs.size()) {
    throw Error(ExitCode::kInternal, "a prompt with more or fewer images than placeholders");
  }
  Prompt prompt;
  std::string whole;
  std::vector<TextRange> quoted;
  // The tokens that look like an image's, in order: whose is each? npos: just text.
  constexpr auto kText = static_cast<std::size_t>(-1);
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
    whole += expansion(*inputs[i]);
    owners.insert(owners.end(), inputs[i]->tokens, i);
    done = chat.images[i] + placeholder_.size();
  }
  add_text(chat.text.size());
  prompt.ids = tokenizer_.encode(whole, {.add_special = chat.add_special, .quoted = quoted});
  prompt.images.resize(inputs.size());
  for (std::size_t i = 0; i < inputs.size(); ++i) prompt.images[i].input = inputs[i];
  std::size_t seen = 0;
  for (std::size_t t = 0; t < prompt.ids.size(); ++t) {
    if (prompt.ids[t] != image_token_) continue;
    if (seen == owners.size()) break;
    if (owners[seen] != kText) {
      prompt.images[owners[seen]].places.push_back(static_cast<std::uint32_t>(t));
    }
    ++seen;
  }
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
