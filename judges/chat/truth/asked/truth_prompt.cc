#include "judges/chat/truth/asked/truth_prompt.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/printable.h"
#include "datasets/scenes/language/reading/context_reader.h"

namespace vernier::chat {
namespace {

using View = std::string_view;
using engine::ChatMessage;
using engine::ChatPart;
using engine::ChatRole;

constexpr View kBlanks = " \t\r\n";
constexpr int kHighest = 1000;  // of a scale

std::string lower(View text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

View trimmed(View text) {
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == View::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) + 1 - begin);
}

/// Where the line that begins so starts, from `from` on.
std::size_t find_line(View text, View begin, std::size_t from = 0) {
  for (std::size_t at = text.find(begin, from); at != View::npos; at = text.find(begin, at + 1)) {
    if (at == 0 || text[at - 1] == '\n') return at;
  }
  return View::npos;
}

std::size_t end_of_line(View text, std::size_t at) {
  return std::min(text.find('\n', at), text.size());
}

/// A whole number at a place, which moves behind it.
std::optional<int> take_number(View text, std::size_t& at) {
  int out = 0;
  const auto [stop, error] = std::from_chars(text.data() + at, text.data() + text.size(), out);
  if (error != std::errc() || out < 0 || out > kHighest) return std::nullopt;
  at = static_cast<std::size_t>(stop - text.data());
  return out;
}

struct FoundScale {
  int low, high;
  std::size_t at;
};

/// The first "from LOW to HIGH", in any capitals.
std::optional<FoundScale> find_scale(View given) {
  constexpr View kFrom = "from ", kTo = " to ";
  const std::string text = lower(given);
  for (std::size_t at = text.find(kFrom); at != View::npos; at = text.find(kFrom, at + 1)) {
    std::size_t place = at + kFrom.size();
    const auto low = take_number(text, place);
    if (!low || text.compare(place, kTo.size(), kTo) != 0) continue;
    place += kTo.size();
    const auto high = take_number(text, place);
    if (high && *low < *high) return FoundScale{*low, *high, at};
  }
  return std::nullopt;
}

/// Without the quotation marks around it that some prompts have.
std::string unquoted(View caption) {
  caption = trimmed(caption);
  if (caption.size() < 2 || caption.front() != '"' || caption.back() != '"') {
    return std::string(caption);
  }
  std::string out;
  for (std::size_t i = 1; i + 1 < caption.size(); ++i) {
    if (caption[i] == '\\' && i + 2 < caption.size()) ++i;
    out += caption[i];
  }
  return out;
}

bool read_rating(TruthPrompt& out) {
  constexpr View kCaption = "Caption:";
  const View text = out.text;
  const std::size_t at = find_line(text, kCaption);
  if (at == View::npos) return false;
  View caption = text.substr(at + kCaption.size());
  auto scale = find_scale(text.substr(0, at));
  if (!scale) {
    // The question comes behind the caption's line; what the caption says of scales is no question.
    const std::size_t line = end_of_line(caption, 0);
    scale = find_scale(caption.substr(line));
    if (!scale) return false;
    const std::size_t question = caption.rfind('\n', line + scale->at);
    caption = caption.substr(0, question);
  }
  out.kind = TruthPrompt::Kind::kRating;
  out.caption = unquoted(caption);
  out.low = scale->low;
  out.high = scale->high;
  return true;
}

bool read_pair(TruthPrompt& out) {
  const View text = out.text;
  const std::size_t a = find_line(text, "A:");
  if (a == View::npos) return false;
  const std::size_t b = find_line(text, "B:", a);
  if (b == View::npos) return false;
  View other = text.substr(b + 2);
  // A question may also come last.
  const std::size_t last = other.rfind('\n');
  const bool asked_before = text.substr(0, a).find('?') != View::npos;
  if (!asked_before && last != View::npos && trimmed(other).ends_with('?')) {
    other = other.substr(0, last);
  }
  out.kind = TruthPrompt::Kind::kPair;
  out.caption = unquoted(text.substr(a + 2, b - a - 2));
  out.other = unquoted(other);
  return true;
}

bool read_task(TruthPrompt& out) {
  const std::string text = lower(trimmed(out.text));
  if (text.starts_with("list the objects")) {
    out.kind = TruthPrompt::Kind::kContext;
    return true;
  }
  if (!text.starts_with("describe")) return false;
  out.kind = TruthPrompt::Kind::kCaption;
  const std::array<View, 3> detail = {"detail", "relation", "stand"};
  out.with_relations = std::any_of(detail.begin(), detail.end(),
                                   [&](View word) { return text.find(word) != std::string::npos; });
  return true;
}

bool read_asked(TruthPrompt& out) {
  out.kind = TruthPrompt::Kind::kQuestion;
  out.question = scenes::read_question(out.text);
  return out.question.has_value();
}

std::string text_of(const ChatMessage& message) {
  std::string out;
  for (const ChatPart& part : message.content) {
    if (part.image) continue;
    if (!out.empty() && out.back() != '\n') out += '\n';
    out += part.text;
  }
  return out;
}

/// A visual context that a prompt begins with, before its question.
std::optional<scenes::DrawnScene> context_in(View text) {
  if (!text.starts_with("Objects:")) return std::nullopt;
  std::size_t end = 0;
  while (end < text.size()) {
    const View line = text.substr(end, end_of_line(text, end) - end);
    if (!line.empty() && !line.starts_with('-') && !line.ends_with(':')) break;
    end = std::min(end + line.size() + 1, text.size());
  }
  return scenes::read_context(text.substr(0, end));
}

}  // namespace

TruthPrompt read_truth_prompt(const ChatRequest& request) {
  TruthPrompt out;
  std::size_t next = 0;  // picture
  const ChatMessage* question = nullptr;
  for (const ChatMessage& message : request.messages) {
    std::vector<std::shared_ptr<const Picture>> shown;
    for (const ChatPart& part : message.content) {
      if (!part.image) continue;
      if (next == request.pictures.size()) {
        throw Error(
            ExitCode::kUsage,
            fmt::format("the messages name more pictures than the {} of the request", next));
      }
      shown.push_back(request.pictures[next++]);
    }
    if (!shown.empty()) out.shown = std::move(shown);
    if (message.role == ChatRole::kUser) question = &message;
    if (message.role == ChatRole::kAssistant) {
      if (auto context = scenes::read_context(text_of(message))) out.context = std::move(context);
    }
  }
  if (next != request.pictures.size()) {
    throw Error(ExitCode::kUsage,
                fmt::format("the messages name {} of {} pictures", next, request.pictures.size()));
  }
  if (question != nullptr) out.text = text_of(*question);
  if (auto context = context_in(out.text)) out.context = std::move(context);
  if (read_rating(out) || read_pair(out) || read_task(out) || read_asked(out)) return out;
  throw Error(ExitCode::kUsage, fmt::format("the truth as a model has no answer to \"{}\"",
                                            printable(trimmed(out.text), 100)));
}

}  // namespace vernier::chat
