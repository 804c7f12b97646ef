#include "judges/chat/remote/reply/completion.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "judges/chat/remote/reply/first_token.h"
#include "judges/chat/remote/reply/reply_json.h"

namespace vernier::chat {
namespace {

using simdjson::SUCCESS;
using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

/// Within this file only: becomes a failure of the request.
struct Unusable {
  std::string why;
  bool again;
};

[[noreturn]] void refuse(std::string why, bool again = false) {
  throw Unusable{std::move(why), again};
}

/// A member that is there and not null.
std::optional<element> member(const object& of, const char* key) {
  element value;
  if (of[key].get(value) != SUCCESS || value.is_null()) return std::nullopt;
  return value;
}

template <class Value>
Value required(const object& of, const char* key, const char* kind) {
  const std::optional<element> value = member(of, key);
  if (!value) refuse(fmt::format("no \"{}\"", key));
  Value out;
  if (value->get(out) != SUCCESS) refuse(fmt::format("\"{}\" is not {}", key, kind));
  return out;
}

template <class Value>
std::optional<Value> optional(const object& of, const char* key, const char* kind) {
  if (!member(of, key)) return std::nullopt;
  return required<Value>(of, key, kind);
}

std::size_t count(const object& of, const char* key) {
  const auto number = optional<std::uint64_t>(of, key, "a count");
  return static_cast<std::size_t>(number.value_or(0));
}

void read_usage(const object& root, ChatAnswer& answer) {
  const auto usage = optional<object>(root, "usage", "an object");
  if (!usage) return;
  answer.tokens_in = count(*usage, "prompt_tokens");
  answer.tokens_out = count(*usage, "completion_tokens");
  const auto details = optional<object>(*usage, "prompt_tokens_details", "an object");
  if (details) answer.reused = std::min(count(*details, "cached_tokens"), answer.tokens_in);
}

void read_finish(const object& choice, ChatAnswer& answer, const Secret& secret) {
  const auto reason = required<std::string_view>(choice, "finish_reason", "a text");
  // The last two are what TGI calls it.
  answer.finished = reason == "stop" || reason == "eos_token" || reason == "stop_sequence";
  if (answer.finished || reason == "length") return;
  refuse(fmt::format("\"finish_reason\" is \"{}\"", secret.message(reason, 40)),
         reason == "abort" || reason == "error");
}

std::string read_text(const object& choice, const Secret& secret) {
  const auto message = required<object>(choice, "message", "an object");
  if (const auto content = member(message, "content")) {
    std::string_view text;
    if (content->get(text) != SUCCESS) refuse("\"content\" is not a text");
    return std::string(text);
  }
  const auto refusal = optional<std::string_view>(message, "refusal", "a text");
  if (refusal && !refusal->empty()) {
    refuse(fmt::format("the model refuses: {}", secret.message(*refusal)));
  }
  refuse("\"content\" is null");
}

std::optional<double> log_probability(const object& token) {
  const auto value = optional<double>(token, "logprob", "a number");
  // Zero, but for rounding, is the most that there is.
  if (value && !(*value < 0.01)) refuse("a log-probability above 0");
  return value;
}

std::vector<TokenPlace> read_places(const object& logprobs) {
  std::vector<TokenPlace> places;
  const auto content = optional<array>(logprobs, "content", "a list");
  if (!content) return places;
  for (const element item : *content) {
    object token;
    if (item.get(token) != SUCCESS) refuse("\"logprobs\" holds what is no token");
    TokenPlace place;
    place.text = required<std::string_view>(token, "token", "a text");
    place.log_probability = log_probability(token);
    if (const auto top = optional<array>(token, "top_logprobs", "a list")) {
      for (const element other : *top) {
        object chance;
        if (other.get(chance) != SUCCESS) refuse("\"top_logprobs\" holds what is no token");
        const auto text = required<std::string_view>(chance, "token", "a text");
        // null stands for minus infinity in JSON of some servers: nothing to add.
        const auto value = log_probability(chance);
        if (value) place.top.push_back({std::string(text), *value});
      }
    }
    places.push_back(std::move(place));
  }
  return places;
}

bool joins_to(const std::vector<TokenPlace>& places, std::string_view text, std::size_t bytes) {
  std::string joined;
  for (const TokenPlace& place : places) {
    if (joined.size() >= bytes) break;
    joined += place.text;
  }
  return joined.substr(0, bytes) == text.substr(0, bytes);
}

void cut_text(std::string& text, const ChatRequest& request, std::size_t skipped, bool& finished) {
  // The blanks that `answer_start` ends with are part of what is repeated.
  std::string_view start = request.answer_start;
  const std::size_t last = start.find_last_not_of(" \t\r\n");
  const std::string_view blanks = start.substr(std::min(last + 1, start.size()));
  text.erase(0, skipped);
  if (skipped > 0 && text.starts_with(blanks)) text.erase(0, blanks.size());
  std::size_t end = std::string::npos;
  for (const std::string& stop : request.stop) {
    if (!stop.empty()) end = std::min(end, text.find(stop));
  }
  if (end == std::string::npos) return;
  text.erase(end);
  finished = true;
}

void read(const object& root, const ChatRequest& request, const Secret& secret, Completion& out) {
  ChatAnswer& answer = out.answer;
  if (const auto error = member(root, "error")) {
    refuse(fmt::format("says: {}", secret.message(error_text(simdjson::to_string(root)))), true);
  }
  const auto choices = required<array>(root, "choices", "a list");
  element first;
  object choice;
  if (choices.at(0).get(first) != SUCCESS) refuse("\"choices\" is empty", true);
  if (first.get(choice) != SUCCESS) refuse("\"choices\" holds what is no object");
  read_finish(choice, answer, secret);
  answer.text = read_text(choice, secret);
  read_usage(root, answer);

  const std::size_t skipped = repeated_start(answer.text, request.answer_start);
  if (!request.choices.empty()) {
    std::vector<TokenPlace> places;
    if (const auto logprobs = optional<object>(choice, "logprobs", "an object")) {
      out.tells_chances = true;
      places = read_places(*logprobs);
    }
    if (!joins_to(places, answer.text, skipped)) places.clear();
    const std::string wrong =
        fill_first_token(places, skipped, request.choices, answer, request.choose_end);
    if (!wrong.empty()) refuse(wrong);
    for (TokenChance& chance : answer.top) chance.text = secret.answer(std::move(chance.text));
  }
  cut_text(answer.text, request, skipped, answer.finished);
  answer.text = secret.answer(std::move(answer.text));
  if (request.most_new == 0) answer.text.clear();
}

}  // namespace

Completion parse_chat_completion(std::string_view body, const ChatRequest& request,
                                 const Secret& secret) {
  Completion out;
  const ReplyJson json(body);
  try {
    // A body that was cut on its way may be whole the next time.
    if (!json.error().empty()) refuse(json.error(), true);
    read(json.object(), request, secret, out);
  } catch (const Unusable& unusable) {
    out = {};
    out.answer.failure = ChatFailure::kService;
    out.answer.error = fmt::format("the server's answer cannot be used: {}", unusable.why);
    out.again = unusable.again;
  }
  return out;
}

ModelList parse_model_list(std::string_view body) {
  ModelList out;
  const ReplyJson json(body);
  array models;
  if (!json.error().empty()) {
    out.error = json.error();
  } else if (json.object()["data"].get(models) != SUCCESS) {
    out.error = "no list \"data\"";
  } else {
    for (const element model : models) {
      std::string_view name;
      if (model["id"].get(name) != SUCCESS || name.empty()) {
        out.error = "a model without an \"id\"";
        break;
      }
      out.names.emplace_back(name);
    }
  }
  return out;
}

}  // namespace vernier::chat
