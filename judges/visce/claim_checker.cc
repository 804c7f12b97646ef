#include "judges/visce/claim_checker.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include "base/error.h"
#include "judges/probes/answers/yes_no/strict.h"
#include "metrics/text/unicode/unicode.h"

namespace vernier::visce {
namespace {

using chat::ChatAnswer;
using chat::ChatFailure;
using chat::ChatRequest;

// Below this mass of yes and no the model was about to say something else.
constexpr double kLeastMass = 0.5;
constexpr std::size_t kTextTokens = 8;

void read_chances(const ChatAnswer& answer, CheckedClaim& out) {
  const auto& told = answer.choices;
  if (told.size() != 4) return;
  const double yes = chat::probability(told[0]) + chat::probability(told[2]);
  const double no = chat::probability(told[1]) + chat::probability(told[3]);
  out.mass = yes + no;
  if (!(out.mass >= kLeastMass)) return;
  out.p_yes = yes / out.mass;
  out.verdict = out.p_yes > 0.5 ? ClaimVerdict::kSupported : ClaimVerdict::kUnsupported;
}

void read_text(std::string text, CheckedClaim& out) {
  text::replace_invalid_utf8(text);
  out.said = std::move(text);
  switch (probes::read_strict(out.said).verdict) {
    case probes::Verdict::kYes:
      out.verdict = ClaimVerdict::kSupported;
      break;
    case probes::Verdict::kNo:
      out.verdict = ClaimVerdict::kUnsupported;
      break;
    case probes::Verdict::kUnclear:
      break;
  }
}

}  // namespace

std::string_view claim_kind_name(ClaimKind kind) {
  constexpr std::array<std::string_view, 3> kNames = {"object", "attribute", "relation"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string_view claim_verdict_name(ClaimVerdict verdict) {
  constexpr std::array<std::string_view, 3> kNames = {"supported", "unsupported", "unparsed"};
  return kNames[static_cast<std::size_t>(verdict)];
}

std::string Claim::text() const {
  switch (kind) {
    case ClaimKind::kObject:
      break;
    case ClaimKind::kAttribute:
      return fmt::format("the {}: {}", object, attribute);
    case ClaimKind::kRelation:
      return fmt::format("the {} {} the {}", subject, relation, object);
  }
  return object;
}

ClaimChecker::ClaimChecker(chat::ChatModel& model, const prompts::PromptSet& prompts,
                           std::string claims)
    : model_(model), prompts_(prompts), claims_(std::move(claims)) {
  if (prompts.object.empty() || prompts.attribute.empty() || prompts.relation.empty()) {
    throw Error(ExitCode::kUsage,
                fmt::format("the prompts \"{}\" have no words for mode checklist (object, "
                            "attribute and relation in [checklist])",
                            prompts.name));
  }
}

std::string ClaimChecker::signature() const {
  return fmt::format("checklist|{}|{}|v:1|{}", claims_, prompts_.signature(), model_.signature());
}

std::string ClaimChecker::question(const Claim& claim) const {
  const prompts::PromptTemplate* words = &prompts_.object;
  if (claim.kind == ClaimKind::kAttribute) words = &prompts_.attribute;
  if (claim.kind == ClaimKind::kRelation) words = &prompts_.relation;
  return words->fill({{"object", claim.object},
                      {"attribute", claim.attribute},
                      {"subject", claim.subject},
                      {"relation", claim.relation}});
}

std::vector<CheckedClaim> ClaimChecker::check(std::span<const ClaimCase> cases) {
  // Captions of an image share many of their claims.
  struct Question {
    std::uint64_t picture;
    std::string text;
    CheckedClaim checked = {};
  };
  std::vector<Question> questions;
  std::map<std::pair<std::uint64_t, std::string>, std::size_t> numbers;
  std::vector<std::size_t> question_of(cases.size()), open;
  std::vector<ChatRequest> requests;
  const bool continues = model_.continues_answers();
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const Seen& seen = cases[i].seen;
    std::string text = question(cases[i].claim);
    const auto [number, fresh] = numbers.try_emplace({seen.digest, text}, questions.size());
    question_of[i] = number->second;
    if (!fresh) continue;
    questions.push_back({seen.digest, text});
    if (known) {
      if (auto told = known(seen.digest, text)) {
        questions.back().checked = std::move(*told);
        continue;
      }
    }
    ChatRequest request;
    request.pictures = {seen.picture};
    request.messages = {user_message(std::move(text), 1)};
    request.choices = {"yes", "no", "Yes", "No"};
    // A server that tells only how its answer begins writes it in the same request.
    request.most_new = continues ? 0 : kTextTokens;
    requests.push_back(std::move(request));
    open.push_back(questions.size() - 1);
  }
  const auto tell = [&](Question& one) {
    if (on_new && one.checked.failure == ChatFailure::kNone) {
      on_new(one.picture, one.text, one.checked);
    }
  };
  const auto fail = [](CheckedClaim& one, ChatAnswer& answer) {
    one.verdict = ClaimVerdict::kUnparsed;
    one.failure = answer.failure;
    one.error = std::move(answer.error);
  };
  std::vector<std::size_t> unread;  // of the requests
  model_.run(requests, [&](std::size_t r, ChatAnswer answer) {
    Question& one = questions[open[r]];
    if (answer.failure != ChatFailure::kNone) return fail(one.checked, answer);
    read_chances(answer, one.checked);
    const bool told = !std::isnan(one.checked.p_yes);
    if (!told && continues) return unread.push_back(r);
    if (!told) read_text(std::move(answer.text), one.checked);
    tell(one);
  });
  std::ranges::sort(unread);
  std::vector<ChatRequest> again;
  for (const std::size_t r : unread) {
    again.push_back(std::move(requests[r]));
    again.back().choices.clear();
    again.back().most_new = kTextTokens;
  }
  model_.run(again, [&](std::size_t a, ChatAnswer answer) {
    Question& one = questions[open[unread[a]]];
    if (answer.failure != ChatFailure::kNone) return fail(one.checked, answer);
    read_text(std::move(answer.text), one.checked);
    tell(one);
  });
  std::vector<CheckedClaim> out(cases.size());
  for (std::size_t i = 0; i < cases.size(); ++i) out[i] = questions[question_of[i]].checked;
  return out;
}

}  // namespace vernier::visce
