#include "judges/chat/truth/truth_model.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/hash.h"
#include "datasets/scenes/language/questions/conversation.h"
#include "judges/chat/truth/answers/answer_chances.h"
#include "judges/chat/truth/answers/true_answers.h"
#include "judges/chat/truth/answers/truth_rating.h"
#include "judges/chat/truth/asked/truth_prompt.h"

namespace vernier::chat {
namespace {

using scenes::DrawnScene;

/// What is seen of the pictures of a prompt.
struct Seen {
  std::vector<const DrawnScene*> scenes;
  std::uint64_t digest = 0;  ///< of all pictures; 0 where nothing is seen of any
};

Seen look_at(const TruthPrompt& prompt, const SceneIndex& index, bool blind) {
  Seen out;
  bool any = false;
  for (const auto& picture : prompt.shown) {
    out.scenes.push_back(blind ? nullptr : index.find(picture->bytes));
    out.digest = hash_more(out.digest, hash_bytes(picture->bytes));
    any = any || out.scenes.back() != nullptr;
  }
  // Who sees nothing answers by the words alone.
  if (!any) out.digest = 0;
  return out;
}

/// The only picture's scene; null where there is no picture, or nothing is seen of it.
const DrawnScene* only_scene(const Seen& seen) {
  if (seen.scenes.size() > 1) {
    throw Error(
        ExitCode::kUsage,
        fmt::format("the truth as a model describes and rates one picture at a time, not {}",
                    seen.scenes.size()));
  }
  return seen.scenes.empty() ? nullptr : seen.scenes.front();
}

std::vector<AnswerChance> description(const TruthOptions& options, const TruthPrompt& prompt,
                                      const Seen& seen) {
  const DrawnScene* const scene = only_scene(seen);
  // Who sees nothing describes anything: always the same for a prompt.
  const DrawnScene guess =
      scene != nullptr
          ? *scene
          : scenes::draw_scene(scenes::small_world(), options.seed, hash_bytes(prompt.text));
  if (prompt.kind == TruthPrompt::Kind::kContext) return {{scenes::visual_context(guess).text, 1}};
  return {{true_caption(guess, prompt.with_relations), 1}};
}

std::vector<AnswerChance> chances(const TruthOptions& options, const TruthPrompt& prompt,
                                  const Seen& seen) {
  using Kind = TruthPrompt::Kind;
  const auto rated = [&] {
    return RatedPicture{only_scene(seen), prompt.context ? &*prompt.context : nullptr, seen.digest};
  };
  switch (prompt.kind) {
    case Kind::kCaption:
    case Kind::kContext:
      return description(options, prompt, seen);
    case Kind::kRating:
      return number_chances(options, rated(), prompt.caption, prompt.low, prompt.high);
    case Kind::kPair:
      // Equals: the same caption, wherever it stands.
      return pair_chances(options, truth_rating(options, rated(), prompt.caption),
                          truth_rating(options, rated(), prompt.other),
                          hash_bytes(prompt.other) < hash_bytes(prompt.caption));
    case Kind::kQuestion:
      break;
  }
  return question_chances(options, *prompt.question,
                          {seen.scenes, hash_more(seen.digest, hash_bytes(prompt.text))});
}

std::size_t tokens_in(const ChatRequest& request) {
  std::size_t count = request.pictures.size() + count_tokens(request.answer_start);
  for (const engine::ChatMessage& message : request.messages) {
    for (const engine::ChatPart& part : message.content) count += count_tokens(part.text);
  }
  return count;
}

}  // namespace

TruthModel::TruthModel(TruthOptions options)
    : options_(std::move(options)), index_(options_.folder) {}

TruthModel::~TruthModel() = default;

std::string TruthModel::signature() const {
  std::string flaws;
  for (std::size_t i = 0; i < kTruthFlaws; ++i) {
    const auto flaw = static_cast<TruthFlaw>(i);
    if (!options_.has(flaw)) continue;
    flaws += fmt::format("{}{}", flaws.empty() ? "" : ",", truth_flaw_name(flaw));
  }
  const std::string spread =
      options_.spread == TruthOptions().spread ? "" : fmt::format("|spread:{}", options_.spread);
  return fmt::format("truth|scenes:{:016x}|flaws:{}|noise:{}|seed:{}{}|v:1", index_.digest(),
                     flaws.empty() ? "none" : flaws, options_.noise, options_.seed, spread);
}

ChatAnswer TruthModel::answer(const ChatRequest& request) const {
  if (request.forced) {
    throw Error(ExitCode::kUsage, "the truth as a model does not say how likely a text is");
  }
  const TruthPrompt prompt = read_truth_prompt(request);
  const Seen seen = look_at(prompt, index_, options_.has(TruthFlaw::kBlind));
  const AnswerChances all(chances(options_, prompt, seen), request.answer_start);
  ChatAnswer out;
  WrittenText written = write_tokens(all.likeliest(), request.most_new, request.stop);
  out.text = std::move(written.text);
  out.finished = written.finished;
  out.tokens_in = tokens_in(request);
  out.tokens_out = written.tokens;
  out.choices = all.choices(request.choices);
  for (const double choice : out.choices) {
    if (!std::isnan(choice)) out.top_mass += std::exp(choice);
  }
  if (request.choose_end) out.end_choice = all.end();
  return out;
}

void TruthModel::run(std::span<const ChatRequest> requests,
                     const std::function<void(std::size_t, ChatAnswer)>& done) {
  for (std::size_t i = 0; i < requests.size(); ++i) {
    ChatAnswer one;
    try {
      one = answer(requests[i]);
    } catch (const Error& problem) {
      if (problem.code() != ExitCode::kUsage) throw;
      one.failure = ChatFailure::kRequest;
      one.error = problem.what();
    }
    done(i, std::move(one));
  }
}

}  // namespace vernier::chat
