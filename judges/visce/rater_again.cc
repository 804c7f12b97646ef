// What the judge does where the first way to a rating leads nowhere, and what it asks afterwards.
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "judges/visce/rater.h"
#include "judges/visce/rating/number_text.h"

namespace vernier::visce {
namespace {

using chat::ChatAnswer;
using chat::ChatFailure;
using chat::ChatRequest;

constexpr std::size_t kTextTokens = 32, kRationaleTokens = 96;

/// The objects alone, as a list.
VisualContext objects_of(const VisualContext& context) {
  std::string text = "Objects:";
  for (const ContextObject& object : context.objects) {
    text += "\n- " + object.name;
    if (!object.description.empty()) text += ": " + object.description;
  }
  return read_context(text, true);
}

}  // namespace

// A second way for those without a distribution: what the model writes.
void Rater::ask_texts(std::vector<Open>& open, std::vector<Verdict>& out, bool again) {
  std::vector<ChatRequest> requests;
  std::vector<std::size_t> numbers;
  const NumberTextOptions reading{.scale = options_.scale};
  const auto take = [&](Verdict& verdict, std::string text) {
    verdict.said = std::move(text);
    const std::optional<double> number = read_number(verdict.said, reading);
    if (!number) return;
    verdict.score = on_hundred(*number, options_.scale);
    verdict.status = VerdictStatus::kOk;
    verdict.flags.emplace_back("from-text");
    if (again) verdict.flags.emplace_back("asked-again");
  };
  for (const Open& one : open) {
    Verdict& verdict = out[one.number];
    if (verdict.status != VerdictStatus::kUnparsed) continue;
    if (!again && !verdict.said.empty()) {  // it was told already
      take(verdict, std::move(verdict.said));
      if (verdict.scored()) continue;
    }
    requests.push_back(again ? request(*one.one, one.context.get(), words().again) : one.request);
    requests.back().most_new = kTextTokens;
    numbers.push_back(one.number);
  }
  model_.run(requests, [&](std::size_t i, ChatAnswer answer) {
    Verdict& verdict = out[numbers[i]];
    if (answer.failure != ChatFailure::kNone) {
      verdict.fail(answer.failure, std::move(answer.error));
    } else {
      take(verdict, std::move(answer.text));
    }
  });
}

void Rater::ask_reasons(const std::vector<Open>& open, std::vector<Verdict>& out) {
  std::vector<ChatRequest> requests;
  std::vector<std::size_t> numbers;
  for (const Open& one : open) {
    const Verdict& verdict = out[one.number];
    if (!verdict.scored()) continue;
    ChatRequest request = one.request;
    const std::string number = verdict.rating ? std::to_string(verdict.rating->raw) : verdict.said;
    request.messages.push_back(assistant_message(request.answer_start + number));
    request.messages.push_back(user_message(prompts_.reason.user.fill({})));
    request.answer_start = prompts_.reason.answer_start;
    request.most_new = kRationaleTokens;
    requests.push_back(std::move(request));
    numbers.push_back(one.number);
  }
  model_.run(requests, [&](std::size_t i, ChatAnswer answer) {
    // The rating stands without it.
    if (answer.failure == ChatFailure::kNone) out[numbers[i]].rationale = std::move(answer.text);
  });
}

// Prompts that did not fit, with less in them.
void Rater::shorten(std::vector<Open>& open, std::vector<Verdict>& out) {
  std::vector<Open> shorter;
  for (Open& one : open) {
    Verdict& verdict = out[one.number];
    if (verdict.failure != ChatFailure::kRequest || one.context == nullptr) continue;
    one.context = std::make_shared<const VisualContext>(objects_of(*one.context));
    one.request = request(*one.one, one.context.get(), words().user);
    verdict.failure = ChatFailure::kNone;
    verdict.error.clear();
    verdict.status = VerdictStatus::kOk;
    verdict.context = one.context;
    shorter.push_back(one);
  }
  if (shorter.empty()) return;
  ask(shorter, out);
  for (const Open& one : shorter) {
    Verdict& verdict = out[one.number];
    if (verdict.status == VerdictStatus::kOk) verdict.status = VerdictStatus::kContextTruncated;
  }
}

}  // namespace vernier::visce
