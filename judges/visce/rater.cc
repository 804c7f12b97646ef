#include "judges/visce/rater.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/error.h"
#include "base/hash.h"
#include "judges/visce/rating/number_question.h"
#include "judges/visce/shown_caption.h"

namespace vernier::visce {
namespace {

using chat::ChatAnswer;
using chat::ChatFailure;
using chat::ChatRequest;

// Below this mass the distribution is of something else than the rating.
constexpr double kLeastMass = 0.5;
constexpr std::size_t kReasonTokens = 256;

std::string list_of(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) {
    if (!out.empty()) out += '\n';
    out += "- " + prompts::one_line(line);
  }
  return out;
}

std::uint64_t digest_of(const ChatRequest& request, std::uint64_t picture) {
  std::uint64_t digest = picture;
  for (const engine::ChatMessage& message : request.messages) {
    digest = hash_more(digest, static_cast<std::uint64_t>(message.role));
    for (const engine::ChatPart& part : message.content) {
      digest = hash_more(digest, part.image ? 1 : hash_bytes(part.text));
    }
  }
  return hash_more(digest, hash_bytes(request.answer_start));
}

void flag_context(const VisualContext& context, Verdict& verdict) {
  if (context.truncated) verdict.flags.emplace_back("context-cut");
  if (context.loop) verdict.flags.emplace_back("loop");
  for (const char* section : {"objects", "features", "relationships"}) {
    if (std::ranges::find(context.sections_found, section) == context.sections_found.end()) {
      verdict.flags.push_back(fmt::format("no-{}", section));
    }
  }
}

}  // namespace

std::string_view verdict_status_name(VerdictStatus status) {
  constexpr std::array<std::string_view, 6> kNames = {
      "ok", "empty", "truncated", "context_truncated", "unparsed", "failed"};
  return kNames[static_cast<std::size_t>(status)];
}

std::string_view rating_mode_name(RatingMode mode) {
  constexpr std::array<std::string_view, 4> kNames = {"visce", "direct", "reference",
                                                      "reason-first"};
  return kNames[static_cast<std::size_t>(mode)];
}

Rater::Rater(chat::ChatModel& model, const prompts::PromptSet& prompts, const RaterOptions& options)
    : model_(model),
      prompts_(prompts),
      options_(options),
      contexts_(model, prompts, options.context_tokens) {
  if (options.paraphrase > prompts.paraphrases.size()) {
    throw Error(ExitCode::kUsage,
                fmt::format("the prompts \"{}\" have {} paraphrases, not {}", prompts.name,
                            prompts.paraphrases.size(), options.paraphrase));
  }
  const bool visce = options.mode == RatingMode::kVisce;
  if (words().user.empty() || (visce && prompts.context.user.empty())) {
    throw Error(ExitCode::kUsage, fmt::format("the prompts \"{}\" have no words for mode {}",
                                              prompts.name, rating_mode_name(options.mode)));
  }
}

const prompts::Ask& Rater::words() const {
  switch (options_.mode) {
    case RatingMode::kVisce:
      return options_.layout == Layout::kPaper ? prompts_.paper : prompts_.visce;
    case RatingMode::kReference:
      return prompts_.reference;
    case RatingMode::kReasonFirst:
      return prompts_.reason_first;
    case RatingMode::kDirect:
      break;
  }
  return options_.paraphrase > 0 ? prompts_.paraphrases[options_.paraphrase - 1] : prompts_.direct;
}

std::string Rater::signature() const {
  std::string out = fmt::format("visce|mode:{}", rating_mode_name(options_.mode));
  if (options_.mode == RatingMode::kVisce) {
    out += fmt::format("|layout:{}|context:{}",
                       options_.layout == Layout::kPaper ? "paper" : "candidate-last",
                       options_.context_tokens);
  }
  out +=
      fmt::format("|scale:{}-{}|prune:{}", options_.scale.low, options_.scale.high, options_.prune);
  if (options_.paraphrase > 0) out += fmt::format("|paraphrase:{}", options_.paraphrase);
  return out + fmt::format("|{}|v:1|{}", prompts_.signature(), model_.signature());
}

ChatRequest Rater::request(const RatingCase& one, const VisualContext* context,
                           const prompts::PromptTemplate& words) const {
  const std::string caption = prompts::one_line(shown_caption(one.caption).text);
  const std::string quoted = prompts::quoted_line(caption);
  const std::string low = std::to_string(options_.scale.low);
  const std::string high = std::to_string(options_.scale.high);
  const std::string references = list_of(one.references);
  const std::string notes = context == nullptr ? "" : context->text;
  const std::string text = words.fill({{"caption", caption},
                                       {"caption_quoted", quoted},
                                       {"low", low},
                                       {"high", high},
                                       {"references", references},
                                       {"context", notes}});
  ChatRequest request;
  request.pictures = {one.seen.picture};
  request.answer_start = this->words().answer_start;
  if (context != nullptr && options_.layout == Layout::kCandidateLast) {
    request.messages = contexts_.request(one.seen).messages;
    request.messages.push_back(assistant_message(context->text));
    request.messages.push_back(user_message(text));
  } else {
    request.messages = {user_message(text, 1)};
  }
  return request;
}

void Rater::make_contexts(std::span<const RatingCase> cases, std::vector<Open>& open,
                          std::vector<Verdict>& out) {
  std::vector<Seen> pictures;
  std::vector<std::size_t> wanted;
  for (std::size_t i = 0; i < open.size(); ++i) {
    const RatingCase& one = cases[open[i].number];
    if (one.context != nullptr) {
      open[i].context = one.context;
    } else {
      wanted.push_back(i);
      pictures.push_back(one.seen);
    }
  }
  const std::vector<MadeContext> made = contexts_.make(pictures);
  for (std::size_t w = 0; w < wanted.size(); ++w) {
    Open& one = open[wanted[w]];
    one.context = made[w].context;
    if (one.context == nullptr) out[one.number].fail(made[w].failure, made[w].error);
  }
  std::erase_if(open, [](const Open& one) { return one.context == nullptr; });
  for (const Open& one : open) {
    out[one.number].context = one.context;
    flag_context(*one.context, out[one.number]);
  }
}

// Fills in distributions. Cases that got none stay open: for the text.
void Rater::ask(std::vector<Open>& open, std::vector<Verdict>& out) {
  std::vector<ChatRequest> requests;
  requests.reserve(open.size());
  for (const Open& one : open) requests.push_back(one.request);
  const std::vector<NumberAnswer> answers =
      ask_numbers(model_, requests, options_.scale, options_.prune);
  for (std::size_t i = 0; i < open.size(); ++i) {
    Verdict& verdict = out[open[i].number];
    const NumberAnswer& answer = answers[i];
    if (answer.failure != ChatFailure::kNone) {
      verdict.fail(answer.failure, answer.error);
      continue;
    }
    verdict.prompt = digest_of(open[i].request, open[i].one->seen.digest);
    verdict.tokens_in = answer.tokens_in;
    verdict.reused = answer.reused;
    verdict.pruned = answer.chances.pruned;
    verdict.said = answer.text;
    verdict.rating = visce::rate(answer.chances);
    if (verdict.rating && verdict.rating->mass >= kLeastMass) {
      verdict.score = on_hundred(verdict.rating->score, options_.scale);
      verdict.deciles = binned(answer.chances, 10);
    } else {
      verdict.status = VerdictStatus::kUnparsed;
    }
  }
}

std::vector<Verdict> Rater::rate(std::span<const RatingCase> cases) {
  std::vector<Verdict> out(cases.size());
  std::vector<Open> open;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (prompts::one_line(cases[i].caption).empty()) {
      out[i].status = VerdictStatus::kEmpty;
      out[i].score = 0;
    } else {
      open.push_back({i, &cases[i], nullptr, {}});
    }
  }
  if (options_.mode == RatingMode::kVisce) make_contexts(cases, open, out);
  for (Open& one : open) one.request = request(*one.one, one.context.get(), words().user);
  if (options_.mode == RatingMode::kReasonFirst) {
    std::vector<ChatRequest> requests;
    for (Open& one : open) {
      one.request.most_new = kReasonTokens;
      one.request.stop = {"$"};
      requests.push_back(one.request);
      one.request.stop.clear();
    }
    model_.run(requests, [&](std::size_t i, ChatAnswer answer) {
      Open& one = open[i];
      if (answer.failure != ChatFailure::kNone) {
        out[one.number].fail(answer.failure, std::move(answer.error));
        return;
      }
      out[one.number].rationale = answer.text;
      one.request.answer_start += answer.text + "$";
    });
    std::erase_if(
        open, [&](const Open& one) { return out[one.number].status == VerdictStatus::kFailed; });
  }
  ask(open, out);
  shorten(open, out);
  ask_texts(open, out, false);
  if (!words().again.empty()) ask_texts(open, out, true);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (out[i].status == VerdictStatus::kOk && shown_caption(cases[i].caption).cut) {
      out[i].status = VerdictStatus::kTruncated;
    }
  }
  if (options_.rationale && !prompts_.reason.user.empty()) ask_reasons(open, out);
  return out;
}

}  // namespace vernier::visce
