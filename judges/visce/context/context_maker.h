// The first stage of the judge: one visual context for each picture, made once.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>

#include "judges/chat/chat_model.h"
#include "judges/prompts/prompt_set.h"
#include "judges/visce/context/visual_context.h"

namespace vernier::visce {

/// A picture and a digest of its file (base/hash.h), by which its context is kept.
struct Seen {
  std::shared_ptr<const chat::Picture> picture;
  std::uint64_t digest = 0;
};
Seen see(std::shared_ptr<const chat::Picture> picture);

struct MadeContext {
  std::shared_ptr<const VisualContext> context;  ///< null where there is none
  chat::ChatFailure failure = chat::ChatFailure::kNone;
  std::string error;
};

class ContextMaker {
 public:
  /// All must outlive it. `most_new`: tokens that a context may have; in what is published a limit
  /// below 250 cut 82 % of them.
  ContextMaker(chat::ChatModel& model, const prompts::PromptSet& prompts,
               std::size_t most_new = 512);

  /// The request for it, which is also how the conversation with the rating begins.
  chat::ChatRequest request(const Seen& seen) const;

  /// Contexts for pictures, in their order; equal pictures are asked about once, also over calls.
  /// An answer without a single bullet is asked for once more with the stricter words.
  std::vector<MadeContext> make(std::span<const Seen> pictures);

  /// Takes one that was made before, of the picture with this digest.
  void remember(std::uint64_t digest, VisualContext context);
  using Contexts = std::map<std::uint64_t, std::shared_ptr<const VisualContext>>;
  /// All that were made or taken, by the pictures' digests.
  const Contexts& known() const { return known_; }
  /// Called for each that is made.
  std::function<void(std::uint64_t digest, const VisualContext&)> on_new;

 private:
  void run(std::span<const Seen> pictures, const prompts::PromptTemplate& words,
           std::map<std::uint64_t, MadeContext>& out);

  chat::ChatModel& model_;
  const prompts::PromptSet& prompts_;
  std::size_t most_new_;
  Contexts known_;
};

/// A message of the user with `pictures` pictures before its text.
engine::ChatMessage user_message(std::string text, std::size_t pictures = 0);
engine::ChatMessage assistant_message(std::string text);

}  // namespace vernier::visce
