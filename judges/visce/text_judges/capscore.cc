#include "judges/visce/text_judges/capscore.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "base/error.h"
#include "judges/visce/shown_caption.h"
#include "judges/visce/text_judges/text_lists.h"
#include "metrics/text/unicode/unicode.h"

namespace vernier::visce {
namespace {

using chat::ChatAnswer;
using chat::ChatFailure;
using View = std::string_view;

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

View trimmed(View text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

/// "0.85", "1", ".5": from 0 to 1.
std::optional<double> read_share(View text) {
  text = trimmed(text);
  constexpr std::size_t kLongest = 20;
  if (text.empty() || text.size() > kLongest || !is_digit(text.back())) return std::nullopt;
  const bool plain = std::ranges::all_of(text, [](char c) { return is_digit(c) || c == '.'; });
  if (!plain || std::ranges::count(text, '.') > 1) return std::nullopt;
  const double value = std::strtod(std::string(text).c_str(), nullptr);
  return value <= 1 ? std::optional(value) : std::nullopt;
}

std::optional<std::vector<double>> read_shares(View text, std::size_t count) {
  std::vector<double> out;
  while (out.size() <= count) {
    const std::size_t comma = text.find(',');
    const std::optional<double> share = read_share(text.substr(0, comma));
    if (!share) return std::nullopt;
    out.push_back(*share);
    if (comma == View::npos) break;
    text.remove_prefix(comma + 1);
  }
  if (out.size() != count) return std::nullopt;
  return out;
}

/// What is asked in one request, and what was answered.
struct Question {
  std::size_t begin = 0, end = 0, first = 0;  ///< candidates, and which of them comes first
  const std::string* reference = nullptr;
  std::optional<CapScoreReading> reading = {};
  std::string said = {};  ///< where it could not be read
};

/// A case while its answers come in.
struct Open {
  std::vector<Question> questions;
  std::size_t answered = 0;
  chat::ChatFailure failure = ChatFailure::kNone;
  std::string error;
};

Open open_case(const CapScoreCase& one) {
  Open out;
  const std::size_t all = one.candidates.size();
  const std::size_t parts = (all + CapScoreJudge::kTogether - 1) / CapScoreJudge::kTogether;
  for (std::size_t part = 0; part < parts; ++part) {
    const std::size_t begin = part * all / parts, end = (part + 1) * all / parts;
    for (std::size_t first = 0; first < end - begin; ++first) {
      for (const std::string& reference : one.references) {
        out.questions.push_back({begin, end, first, &reference});
      }
    }
  }
  return out;
}

/// Sums are made in the order of the questions, not in that of the answers.
CapScoreVerdicts close_case(Open&& open, std::size_t candidates) {
  CapScoreVerdicts out;
  out.failure = open.failure;
  out.error = std::move(open.error);
  out.asked = open.questions.size();
  out.candidates.resize(candidates);
  if (out.failure != ChatFailure::kNone) return out;
  std::vector<double> counts(candidates);
  for (Question& question : open.questions) {
    if (!question.reading) {
      if (out.unread++ == 0) out.said = std::move(question.said);
      continue;
    }
    const std::size_t together = question.end - question.begin;
    for (std::size_t place = 0; place < together; ++place) {
      const std::size_t which = question.begin + (question.first + place) % together;
      CapScoreVerdict& verdict = out.candidates[which];
      verdict.similarity = verdict.similarity.value_or(0) + question.reading->similarity[place];
      verdict.quality = verdict.quality.value_or(0) + question.reading->quality[place];
      ++counts[which];
    }
  }
  for (std::size_t i = 0; i < candidates; ++i) {
    if (counts[i] == 0) continue;
    *out.candidates[i].similarity /= counts[i];
    *out.candidates[i].quality /= counts[i];
  }
  text::replace_invalid_utf8(out.said);
  return out;
}

}  // namespace

std::optional<CapScoreReading> read_capscore(View text, std::size_t candidates) {
  const std::size_t semicolon = text.find(';');
  if (semicolon == View::npos || text.find(';', semicolon + 1) != View::npos) return std::nullopt;
  auto similarity = read_shares(text.substr(0, semicolon), candidates);
  auto quality = read_shares(text.substr(semicolon + 1), candidates);
  if (!similarity || !quality) return std::nullopt;
  return CapScoreReading{std::move(*similarity), std::move(*quality)};
}

CapScoreJudge::CapScoreJudge(chat::ChatModel& model, const prompts::PromptSet& prompts)
    : model_(model), prompts_(prompts) {
  if (prompts.capscore.user.empty()) {
    throw Error(ExitCode::kUsage,
                fmt::format("the prompts \"{}\" have no words for mode capscore", prompts.name));
  }
}

std::string CapScoreJudge::signature() const {
  return fmt::format("capscore|together:{}|orders:rotated|{}|v:1|{}", kTogether,
                     prompts_.signature(), model_.signature());
}

void CapScoreJudge::judge(std::span<const CapScoreCase> cases, const Done& done) {
  constexpr std::size_t kTokens = 16;  // of a candidate's two numbers, and to spare
  const prompts::Ask& ask = prompts_.capscore;
  struct Asked {
    std::size_t number, question;
  };
  std::vector<Open> open;
  std::vector<Asked> asked;
  std::vector<chat::ChatRequest> requests;
  for (const CapScoreCase& one : cases) {
    Open& opened = open.emplace_back(open_case(one));
    for (std::size_t q = 0; q < opened.questions.size(); ++q) {
      const Question& question = opened.questions[q];
      const std::span<const std::string> shown =
          std::span(one.candidates).subspan(question.begin, question.end - question.begin);
      const std::string candidates = numbered_captions(shown, question.first);
      const std::string count = std::to_string(shown.size());
      const std::string reference = prompts::one_line(shown_caption(*question.reference).text);
      const std::string quoted = prompts::quoted_line(reference);
      requests.push_back(text_question(ask.user.fill({{"candidates", candidates},
                                                      {"count", count},
                                                      {"reference", reference},
                                                      {"reference_quoted", quoted}}),
                                       kTokens * (shown.size() + 1)));
      requests.back().answer_start = ask.answer_start;
      asked.push_back({open.size() - 1, q});
    }
  }
  model_.run(requests, [&](std::size_t r, ChatAnswer answer) {
    Open& one = open[asked[r].number];
    Question& question = one.questions[asked[r].question];
    if (answer.failure != ChatFailure::kNone) {
      one.failure = answer.failure;
      one.error = std::move(answer.error);
    } else {
      question.reading = read_capscore(answer.text, question.end - question.begin);
      if (!question.reading) question.said = std::move(answer.text);
    }
    if (++one.answered < one.questions.size()) return;
    const std::size_t candidates = cases[asked[r].number].candidates.size();
    done(asked[r].number, close_case(std::move(one), candidates));
  });
}

}  // namespace vernier::visce
