// A vision-language model that answers messages about pictures, here or on a server. What asks it
// (captions, the judge, probes) does not know which.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "judges/engine/tokenizer/chat/chat_template.h"

namespace vernier::chat {

/// A picture's file, as it lies on a disk.
struct Picture {
  std::string name;   ///< for messages
  std::string bytes;  ///< JPEG, PNG, GIF or WebP
};

struct ChatRequest {
  /// In the order in which the messages' image parts name them.
  std::vector<std::shared_ptr<const Picture>> pictures;
  std::vector<engine::ChatMessage> messages;
  /// What the model's answer begins with ("Score: "): it goes on from there.
  std::string answer_start;

  /// Greedy, at most so many tokens,
  std::size_t most_new = 256;
  /// or until one of these texts, which is not part of the answer.
  std::vector<std::string> stop;

  /// Instead of generating: the log-probability of each token of this answer is wanted, and of the
  /// token that ends it (models with `scores_texts` only).
  std::optional<std::string> forced;
  /// Log-probabilities of these single tokens, as the answer's first one, are wanted. With most_new
  /// = 0 also where a token of a blank stands between (Llama-2's tokenizer).
  std::vector<std::string> choices;
  /// So is the log-probability that the answer ends at once, i.e. after answer_start.
  bool choose_end = false;
};

/// A token that could have come first, with its log-probability.
struct TokenChance {
  std::string text;
  double log_probability = 0;
};

enum class ChatFailure : std::uint8_t {
  kNone,
  kPicture,  ///< a picture cannot be read: nothing wrong with the model
  kRequest,  ///< this request is refused (too long, no such words in the template)
  kService,  ///< the server failed or did not answer, after all tries
};

struct ChatAnswer {
  ChatFailure failure = ChatFailure::kNone;
  std::string error;  ///< one line, where it failed

  std::string text;
  bool finished = false;       ///< the model ended its answer; false: cut at most_new
  std::size_t tokens_in = 0;   ///< of the prompt, with those of pictures
  std::size_t tokens_out = 0;  ///< generated
  std::size_t reused = 0;      ///< of tokens_in, those that were not computed again
  /// What was generated, with the token that ended it; empty for servers, which do not tell.
  std::vector<std::uint32_t> tokens;

  /// Of `forced`'s tokens and of the end, natural logarithms.
  std::vector<double> forced;
  /// Of `choices`, in their order; NaN where the model does not tell (no single token, or not among
  /// a server's top k).
  std::vector<double> choices;
  /// Where choose_end: the log-probability that the answer ends at once, i.e. after answer_start;
  /// NaN where the model does not tell.
  double end_choice = std::numeric_limits<double>::quiet_NaN();
  /// The likeliest first tokens, best first, where choices were wanted and a server told them.
  /// `top_mass`: what these, or the choices that are known, hold of the probability.
  std::vector<TokenChance> top;
  double top_mass = 0;
};

/// Of a log-probability as answers have them: 0 for one that is not told.
inline double probability(double log_probability) {
  return std::isnan(log_probability) ? 0.0 : std::exp(log_probability);
}

class ChatModel {
 public:
  virtual ~ChatModel() = default;

  /// Says exactly what answers: "model:NAME|weights:SHA-256|dtype:fp16|backend:cpu|...". Answers
  /// of models with different signatures are never compared.
  virtual std::string signature() const = 0;
  /// Whether `forced` is understood.
  virtual bool scores_texts() const = 0;
  /// Whether an answer goes on with `answer_start` to the letter, so that what follows any
  /// beginning of an answer can be asked for. Else it is a cue at the end of the question.
  virtual bool continues_answers() const { return true; }
  /// Whether every single token's log-probability is told, however unlikely it is.
  virtual bool tells_all_choices() const { return true; }
  /// The prompt set (judges/prompts) that it was made for.
  virtual std::string prompt_set() const { return "general"; }

  /// Calls done(i, answer) once for each request as it is answered, in any order, never two at a
  /// time. done may throw; nothing more is done then. Throws what makes every answer impossible.
  virtual void run(std::span<const ChatRequest> requests,
                   const std::function<void(std::size_t, ChatAnswer)>& done) = 0;
};

}  // namespace vernier::chat
