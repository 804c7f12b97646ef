#include "judges/visce/rating/number_question.h"

#include <array>
#include <cmath>
#include <utility>

#include "judges/visce/rating/number_trie.h"

namespace vernier::visce {
namespace {

using chat::ChatAnswer;
using chat::ChatFailure;
using chat::ChatRequest;

// What ends a number besides the end of the answer.
constexpr std::array<const char*, 4> kEnders = {"\n", " ", ".", "/"};
constexpr std::size_t kDigits = 10;
// Tokens for a model whose answer is all that it tells of what comes after the first one.
constexpr std::size_t kTextTokens = 8;

/// One number that is asked for.
struct Question {
  Question(const ChatRequest& request, Scale scale, double prune)
      : base(&request), trie(scale, prune) {}

  const ChatRequest* base;
  NumberTrie trie;
  std::vector<NextChances> told;  // to trie.asks()
};

class Level {
 public:
  Level(Scale scale, bool first, bool whole) : scale_(scale), first_(first), whole_(whole) {}

  ChatRequest request(const ChatRequest& base, const std::string& digits) const {
    ChatRequest request = base;
    request.answer_start += digits;
    request.choices.reserve(kDigits + 4);
    for (std::size_t d = 0; d < kDigits; ++d) request.choices.push_back(std::to_string(d));
    if (first_) {
      for (int n = kDigits; whole_ && n <= scale_.high; ++n) {
        request.choices.push_back(std::to_string(n));
      }
    } else {
      for (const char* ender : kEnders) request.choices.emplace_back(ender);
      request.choose_end = true;
    }
    return request;
  }

  NextChances read(const ChatAnswer& answer) const {
    NextChances next;
    for (std::size_t d = 0; d < kDigits; ++d) next.digits[d] = chat::probability(answer.choices[d]);
    if (!first_) {
      next.end = chat::probability(answer.end_choice);
      for (std::size_t i = kDigits; i < answer.choices.size(); ++i) {
        next.end += chat::probability(answer.choices[i]);
      }
      return next;
    }
    bool any = false;
    std::vector<double> whole(answer.choices.size());
    for (std::size_t n = kDigits; n < whole.size(); ++n) {
      any = any || !std::isnan(answer.choices[n]);
      whole[n] = chat::probability(answer.choices[n]);
    }
    if (any) next.whole = std::move(whole);
    return next;
  }

 private:
  Scale scale_;
  bool first_, whole_;
};

}  // namespace

std::vector<NumberAnswer> ask_numbers(chat::ChatModel& model, std::span<const ChatRequest> requests,
                                      Scale scale, double prune) {
  const bool continues = model.continues_answers();
  std::vector<NumberAnswer> answers(requests.size());
  std::vector<Question> questions;
  questions.reserve(requests.size());
  for (const ChatRequest& request : requests) questions.emplace_back(request, scale, prune);

  // Whether numbers are one token is a matter of the tokenizer: a model that tells every choice
  // shows it at the first question.
  bool whole = true;
  for (bool first = true;; first = false) {
    struct Asked {
      std::size_t question, node;
    };
    std::vector<Asked> asked;
    std::vector<ChatRequest> level;
    const auto send = [&](const Level& how) {
      model.run(level, [&](std::size_t i, ChatAnswer answer) {
        NumberAnswer& out = answers[asked[i].question];
        if (answer.failure != ChatFailure::kNone) {
          out.failure = answer.failure;
          out.error = std::move(answer.error);
          return;
        }
        NextChances& next = questions[asked[i].question].told[asked[i].node];
        next = how.read(answer);
        if (first) {
          out.tokens_in = answer.tokens_in;
          out.reused = answer.reused;
          if (!continues) out.text = std::move(answer.text);
          if (model.tells_all_choices()) whole = !next.whole.empty();
        }
      });
      level.clear();
      asked.clear();
    };
    bool sent = false;
    const bool probing = first && model.tells_all_choices() && requests.size() > 1;
    for (std::size_t q = 0; q < questions.size(); ++q) {
      if (answers[q].failure != ChatFailure::kNone) continue;
      const std::vector<std::string> asks = questions[q].trie.asks();
      questions[q].told.assign(asks.size(), {});
      const Level how(scale, first, whole);
      for (std::size_t n = 0; n < asks.size(); ++n) {
        level.push_back(how.request(requests[q], asks[n]));
        level.back().most_new = first && !continues ? kTextTokens : 0;
        asked.push_back({q, n});
        sent = true;
      }
      if (probing && q == 0 && !level.empty()) send(how);
    }
    if (!sent) break;
    if (!level.empty()) send(Level(scale, first, whole));
    for (std::size_t q = 0; q < questions.size(); ++q) {
      if (answers[q].failure == ChatFailure::kNone) questions[q].trie.tell(questions[q].told);
    }
    if (!continues) break;
  }
  for (std::size_t q = 0; q < questions.size(); ++q) {
    answers[q].chances = questions[q].trie.chances();
  }
  return answers;
}

}  // namespace vernier::visce
