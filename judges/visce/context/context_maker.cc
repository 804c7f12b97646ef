#include "judges/visce/context/context_maker.h"

#include <utility>
#include <vector>

#include "base/hash.h"
#include "metrics/text/unicode/unicode.h"

namespace vernier::visce {

using chat::ChatAnswer;
using chat::ChatFailure;
using chat::ChatRequest;

engine::ChatMessage user_message(std::string text, std::size_t pictures) {
  engine::ChatMessage message{engine::ChatRole::kUser, {}};
  for (std::size_t i = 0; i < pictures; ++i) message.content.push_back({true, {}});
  message.content.push_back({false, std::move(text)});
  return message;
}

engine::ChatMessage assistant_message(std::string text) {
  return {engine::ChatRole::kAssistant, {{false, std::move(text)}}};
}

Seen see(std::shared_ptr<const chat::Picture> picture) {
  const std::uint64_t digest = hash_bytes(picture->bytes);
  return {std::move(picture), digest};
}

ContextMaker::ContextMaker(chat::ChatModel& model, const prompts::PromptSet& prompts,
                           std::size_t most_new)
    : model_(model), prompts_(prompts), most_new_(most_new) {}

ChatRequest ContextMaker::request(const Seen& seen) const {
  ChatRequest request;
  request.pictures = {seen.picture};
  request.messages = {user_message(prompts_.context.user.fill({}), 1)};
  request.answer_start = prompts_.context.answer_start;
  request.most_new = most_new_;
  return request;
}

void ContextMaker::run(std::span<const Seen> pictures, const prompts::PromptTemplate& words,
                       std::map<std::uint64_t, MadeContext>& out) {
  std::vector<ChatRequest> requests;
  requests.reserve(pictures.size());
  for (const Seen& seen : pictures) {
    requests.push_back(request(seen));
    requests.back().messages[0].content.back().text = words.fill({});
  }
  model_.run(requests, [&](std::size_t i, ChatAnswer answer) {
    MadeContext& made = out[pictures[i].digest];
    const bool first = made.context == nullptr && made.failure == ChatFailure::kNone;
    if (answer.failure != ChatFailure::kNone) {
      // A second try that fails leaves what the first one said.
      if (first) made = {nullptr, answer.failure, std::move(answer.error)};
      return;
    }
    std::string text = requests[i].answer_start + answer.text;
    text::replace_invalid_utf8(text);
    VisualContext context = read_context(text, answer.finished);
    if (!first && context.bullets == 0) return;
    made = {std::make_shared<const VisualContext>(std::move(context)), ChatFailure::kNone, {}};
  });
}

std::vector<MadeContext> ContextMaker::make(std::span<const Seen> pictures) {
  std::vector<Seen> open;
  std::map<std::uint64_t, MadeContext> made;
  for (const Seen& seen : pictures) {
    if (known_.contains(seen.digest) || !made.try_emplace(seen.digest).second) continue;
    open.push_back(seen);
  }
  if (!open.empty()) run(open, prompts_.context.user, made);
  if (!prompts_.context.again.empty()) {
    std::vector<Seen> shapeless;
    for (const Seen& seen : open) {
      const MadeContext& one = made[seen.digest];
      if (one.context != nullptr && one.context->bullets == 0) shapeless.push_back(seen);
    }
    if (!shapeless.empty()) run(shapeless, prompts_.context.again, made);
  }
  for (const Seen& seen : open) {
    const MadeContext& one = made[seen.digest];
    if (one.context == nullptr) continue;
    if (on_new) on_new(seen.digest, *one.context);
    known_[seen.digest] = one.context;
  }
  std::vector<MadeContext> out;
  out.reserve(pictures.size());
  for (const Seen& seen : pictures) {
    const auto known = known_.find(seen.digest);
    out.push_back(known != known_.end() ? MadeContext{known->second, ChatFailure::kNone, {}}
                                        : made[seen.digest]);
  }
  return out;
}

void ContextMaker::remember(std::uint64_t digest, VisualContext context) {
  known_[digest] = std::make_shared<const VisualContext>(std::move(context));
}

}  // namespace vernier::visce
