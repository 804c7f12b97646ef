#include "judges/precision/greedy_divergence.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/io/interrupt.h"
#include "judges/precision/comparable.h"

namespace vernier::logits {
namespace {

using chat::ChatAnswer;
using chat::ChatFailure;
using chat::ChatRequest;

/// The second likeliest token in a place, and how far it is behind.
struct RunnerUp {
  std::uint32_t token;
  double gap;
};

RunnerUp runner_up(const engine::Observed& observed) {
  RunnerUp out{observed.best, std::numeric_limits<double>::infinity()};
  for (std::uint32_t id = 0; id < observed.logits.size(); ++id) {
    const double gap = static_cast<double>(observed.best_logit) - observed.logits[id];
    if (id != observed.best && gap < out.gap) out = {id, gap};
  }
  return out;
}

struct Said {
  ChatAnswer answer;
  std::vector<RunnerUp> behind;  ///< by place
};

std::vector<Said> answers_of(chat::LocalModel& model, std::span<const ChatRequest> requests) {
  std::vector<Said> out(requests.size());
  model.run_watched(
      requests,
      [&](std::size_t i, std::size_t, std::uint32_t, const engine::Observed& observed) {
        out[i].behind.push_back(runner_up(observed));
      },
      [&](std::size_t i, ChatAnswer answer) {
        check_interrupt();
        out[i].answer = std::move(answer);
      });
  return out;
}

GreedyPair pair_of(Said& a, Said& b) {
  GreedyPair pair;
  if (a.answer.failure != ChatFailure::kNone) {
    pair.error = std::move(a.answer.error);
    return pair;
  }
  if (b.answer.failure != ChatFailure::kNone) {
    pair.error = fmt::format("model B: {}", b.answer.error);
    return pair;
  }
  const std::vector<std::uint32_t>&tokens_a = a.answer.tokens, &tokens_b = b.answer.tokens;
  pair.text_a = std::move(a.answer.text);
  pair.text_b = std::move(b.answer.text);
  pair.tokens_a = tokens_a.size();
  pair.tokens_b = tokens_b.size();
  const auto [differs, other] = std::ranges::mismatch(tokens_a, tokens_b);
  pair.equal = differs == tokens_a.end() && other == tokens_b.end();
  if (pair.equal) return pair;
  pair.common = static_cast<std::size_t>(differs - tokens_a.begin());
  if (pair.common < tokens_a.size()) pair.gap_a = a.behind[pair.common].gap;
  if (pair.common < tokens_b.size()) pair.gap_b = b.behind[pair.common].gap;
  pair.second = pair.common < std::min(tokens_a.size(), tokens_b.size()) &&
                a.behind[pair.common].token == tokens_b[pair.common];
  return pair;
}

}  // namespace

void greedy_divergence(chat::LocalModel& a, chat::LocalModel& b,
                       std::span<const ChatRequest> requests, std::size_t portion,
                       const GreedyDone& done) {
  check_comparable(a, b);
  if (std::ranges::any_of(requests, [](const ChatRequest& r) { return r.forced.has_value(); })) {
    throw Error(ExitCode::kInternal, "a request whose answer is given");
  }
  portion = std::max<std::size_t>(1, portion);
  for (std::size_t first = 0; first < requests.size(); first += portion) {
    const auto some = requests.subspan(first, std::min(portion, requests.size() - first));
    std::vector<Said> by_a = answers_of(a, some), by_b = answers_of(b, some);
    for (std::size_t i = 0; i < some.size(); ++i) done(first + i, pair_of(by_a[i], by_b[i]));
  }
}

}  // namespace vernier::logits
