#include "judges/visce/text_judges/clair.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <numeric>
#include <utility>

#include "base/error.h"
#include "judges/visce/text_judges/text_lists.h"
#include "metrics/text/unicode/unicode.h"

namespace vernier::visce {
namespace {

using chat::ChatAnswer;
using chat::ChatFailure;
using View = std::string_view;

constexpr std::size_t kAnswerTokens = 256;
constexpr double kHighest = 100;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool in_range(double score) { return score >= 0 && score <= kHighest; }

struct Number {
  double value = 0;
  bool decimal = false;  ///< it has a decimal point
  std::size_t begin = 0, end = 0;
};

/// The number at a place: "85", "85.5", ".85".
std::optional<Number> number_at(View text, std::size_t begin) {
  Number out;
  out.begin = out.end = begin;
  while (out.end < text.size() && is_digit(text[out.end])) ++out.end;
  if (out.end + 1 < text.size() && text[out.end] == '.' && is_digit(text[out.end + 1])) {
    out.decimal = true;
    for (++out.end; out.end < text.size() && is_digit(text[out.end]);) ++out.end;
  }
  if (out.end == begin) return std::nullopt;
  out.value = std::strtod(std::string(text.substr(begin, out.end - begin)).c_str(), nullptr);
  return out;
}

/// The first number that is no part of a word.
std::optional<Number> first_number(View text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::optional<Number> number = number_at(text, i);
    if (!number) {
      ++i;
      continue;
    }
    i = number->end;
    const bool in_word = (number->begin > 0 && is_letter(text[number->begin - 1])) ||
                         (number->end < text.size() && is_letter(text[number->end]));
    if (in_word) continue;
    const bool negative = number->begin > 0 && text[number->begin - 1] == '-';
    if (negative) return std::nullopt;
    return number;
  }
  return std::nullopt;
}

/// From the first brace to the one that closes it; empty where none does.
View first_object(View text) {
  const std::size_t begin = text.find('{');
  if (begin == View::npos) return {};
  std::size_t depth = 0;
  bool quoted = false;
  for (std::size_t i = begin; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\') ++i;
      quoted = c != '"';
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{') {
      ++depth;
    } else if (c == '}' && --depth == 0) {
      return text.substr(begin, i + 1 - begin);
    }
  }
  return {};
}

std::optional<ClairReading> read_object(View text) {
  const View object = first_object(text);
  if (object.empty()) return std::nullopt;
  const auto json = nlohmann::json::parse(object, nullptr, false);
  if (!json.is_object() || !json.contains("score")) return std::nullopt;
  ClairReading out;
  const auto& score = json["score"];
  if (score.is_number()) {
    out.score = score.get<double>();
  } else if (score.is_string()) {
    const auto written = score.get<std::string>();
    const std::optional<Number> number = number_at(written, 0);
    if (!number || number->end != written.size()) return std::nullopt;
    out.score = number->value;
  } else {
    return std::nullopt;
  }
  if (!in_range(out.score)) return std::nullopt;
  if (json.contains("reason") && json["reason"].is_string()) {
    out.reason = json["reason"].get<std::string>();
  }
  return out;
}

/// What follows the first "reason", without the marks around it.
std::string reason_in(View text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  constexpr View kWord = "reason", kBefore = "\"':=*_ \t\r\n", kBehind = "\"'}`* \t\r\n";
  const std::size_t at = lower.find(kWord);
  if (at == std::string::npos) return {};
  View out = text.substr(at + kWord.size());
  while (!out.empty() && kBefore.find(out.front()) != View::npos) out.remove_prefix(1);
  while (!out.empty() && kBehind.find(out.back()) != View::npos) out.remove_suffix(1);
  return std::string(out);
}

void take(std::string text, ClairVerdict& out) {
  text::replace_invalid_utf8(text);
  if (std::optional<ClairReading> reading = read_clair(text)) {
    out.score = reading->score / kHighest;
    out.reason = std::move(reading->reason);
    out.from_text = reading->from_text;
    out.said.clear();
  } else {
    out.said = std::move(text);
  }
}

}  // namespace

std::optional<ClairReading> read_clair(View text) {
  if (auto out = read_object(text)) return out;
  const std::optional<Number> number = first_number(text);
  if (!number) return std::nullopt;
  ClairReading out;
  out.from_text = true;
  out.score = number->decimal && number->value < 1 ? number->value * kHighest : number->value;
  if (!in_range(out.score)) return std::nullopt;
  out.reason = reason_in(text);
  return out;
}

ClairJudge::ClairJudge(chat::ChatModel& model, const prompts::PromptSet& prompts)
    : model_(model), prompts_(prompts) {
  if (prompts.clair.user.empty()) {
    throw Error(ExitCode::kUsage,
                fmt::format("the prompts \"{}\" have no words for mode clair", prompts.name));
  }
}

std::string ClairJudge::signature() const {
  return fmt::format("clair|{}|v:1|{}", prompts_.signature(), model_.signature());
}

void ClairJudge::judge(std::span<const ClairCase> cases, const Done& done) {
  std::vector<std::size_t> open(cases.size());
  std::iota(open.begin(), open.end(), std::size_t{0});
  const prompts::Ask& ask = prompts_.clair;
  const bool continues = model_.continues_answers();
  for (const bool again : {false, true}) {
    const prompts::PromptTemplate& words = again && !ask.again.empty() ? ask.again : ask.user;
    std::vector<chat::ChatRequest> requests;
    for (const std::size_t i : open) {
      const std::string candidates = bulleted_captions(cases[i].candidates);
      const std::string references = bulleted_captions(cases[i].references);
      requests.push_back(text_question(
          words.fill({{"candidates", candidates}, {"references", references}}), kAnswerTokens));
      requests.back().answer_start = ask.answer_start;
    }
    std::vector<std::size_t> unread;
    model_.run(requests, [&](std::size_t r, ChatAnswer answer) {
      ClairVerdict verdict;
      verdict.asked_again = again;
      if (answer.failure != ChatFailure::kNone) {
        verdict.failure = answer.failure;
        verdict.error = std::move(answer.error);
      } else {
        // A model that cannot go on with its answer's beginning writes all of it.
        take((continues ? ask.answer_start : "") + answer.text, verdict);
        if (!verdict.score && !again) return unread.push_back(open[r]);
      }
      done(open[r], verdict);
    });
    std::ranges::sort(unread);
    open = std::move(unread);
  }
}

}  // namespace vernier::visce
