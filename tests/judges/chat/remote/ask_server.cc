// Asks a real server what the stub of the tests cannot know. usage: ask_server URL
// (scripts/remote-check.sh)
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <span>

#include "base/error.h"
#include "base/printable.h"
#include "judges/chat/remote/remote_model.h"

namespace {

using namespace vernier;

int failures = 0;

void say(const std::string& line) { std::cout << line << "\n"; }

void expect(bool condition, const std::string& what) {
  say(fmt::format("{}: {}", condition ? "ok" : "FAILED", what));
  failures += condition ? 0 : 1;
}

chat::ChatRequest question(const std::string& text) {
  chat::ChatRequest request;
  request.messages = {{engine::ChatRole::kUser, {{false, text}}}};
  request.most_new = 12;
  return request;
}

std::vector<chat::ChatAnswer> ask(chat::ChatModel& model,
                                  const std::vector<chat::ChatRequest>& requests) {
  std::vector<chat::ChatAnswer> answers(requests.size());
  model.run(requests, [&](std::size_t i, chat::ChatAnswer answer) {
    say(fmt::format("  [{}] \"{}\" finished {} in {} out {} reused {} mass {:.6f} {}", i,
                    printable(answer.text), answer.finished, answer.tokens_in, answer.tokens_out,
                    answer.reused, answer.top_mass, answer.error));
    for (std::size_t t = 0; t < std::min<std::size_t>(answer.top.size(), 4); ++t) {
      say(fmt::format("      {:.6f} \"{}\"", answer.top[t].log_probability,
                      printable(answer.top[t].text)));
    }
    answers[i] = std::move(answer);
  });
  return answers;
}

void check_answers(chat::ChatModel& model) {
  std::vector<chat::ChatRequest> requests = {question("Is there a red circle? Answer yes or no."),
                                             question("Describe the image."),
                                             question("How many squares are there?")};
  requests[0].choices = {"yes", "no", " no", "maybe"};
  requests[1].stop = {".", "\n"};
  requests[2].answer_start = "There are ";
  requests[2].choices = {"1", "2", "3"};
  const std::vector<chat::ChatAnswer> first = ask(model, requests), second = ask(model, requests);
  const bool told = model.signature().find("logprobs:none") == std::string::npos;
  for (std::size_t i = 0; i < first.size(); ++i) {
    expect(first[i].failure == chat::ChatFailure::kNone, fmt::format("request {} is answered", i));
    expect(first[i].text == second[i].text, fmt::format("request {}: twice the same text", i));
    expect(first[i].tokens_in > 0, fmt::format("request {}: tokens are counted", i));
  }
  expect(first[1].text.find('.') == std::string::npos, "the answer ends before the stop");
  if (!told) return;
  const chat::ChatAnswer& yes_no = first[0];
  expect(yes_no.top_mass > 0.5 && yes_no.top_mass <= 1,
         "the likeliest tokens hold most of the mass");
  expect(std::isfinite(yes_no.choices[0]), "\"yes\" has a probability");
  expect(std::isfinite(yes_no.choices[2]) || std::isfinite(yes_no.choices[1]),
         "\"no\" has a probability");
  double difference = 0;
  for (std::size_t c = 0; c < yes_no.choices.size(); ++c) {
    if (std::isfinite(yes_no.choices[c])) {
      difference = std::max(difference, std::abs(yes_no.choices[c] - second[0].choices[c]));
    }
  }
  say(fmt::format("  probabilities asked twice differ by {:.2g} (logarithms)", difference));
}

/// Servers that batch may compute otherwise: seen, not demanded.
void compare_in_flight(chat::RemoteOptions options, chat::ChatModel& model) {
  std::vector<chat::ChatRequest> requests;
  for (int i = 0; i < 40; ++i) requests.push_back(question(fmt::format("How many of {}?", i)));
  const auto texts = [&](chat::ChatModel& asked) {
    std::vector<std::string> out(requests.size());
    asked.run(requests, [&](std::size_t i, const chat::ChatAnswer& answer) {
      if (answer.failure != chat::ChatFailure::kNone) expect(false, answer.error);
      out[i] = answer.text;
    });
    return out;
  };
  options.in_flight = 1;
  chat::RemoteModel one(options);
  const std::vector<std::string> alone = texts(one), together = texts(model);
  int differ = 0;
  for (std::size_t i = 0; i < alone.size(); ++i) differ += alone[i] == together[i] ? 0 : 1;
  say(fmt::format("  of {} texts {} differ between 1 and {} in flight", alone.size(), differ,
                  chat::RemoteOptions().in_flight));
}

void check_failures(const chat::RemoteOptions& options, chat::ChatModel& model) {
  std::string words;
  for (int i = 0; i < 4000; ++i) words += "circle ";
  const std::vector<chat::ChatAnswer> answers =
      ask(model, {question(words), question("Is it red?")});
  expect(answers[0].failure != chat::ChatFailure::kNone, "a prompt that is too long fails");
  expect(answers[1].failure == chat::ChatFailure::kNone, "others are answered");
  const auto refusal = [&](auto change) {
    chat::RemoteOptions other = options;
    change(other);
    try {
      chat::RemoteModel refused(other);
      say("  it is taken: " + refused.signature());
    } catch (const Error& error) {
      say(fmt::format("  code {}: {}", static_cast<int>(error.code()), error.what()));
      return true;
    }
    return false;
  };
  expect(refusal([](chat::RemoteOptions& o) {
           o.url += "/no-such-path/v1";
           o.model = "x";
         }),
         "a wrong path is refused");
  say("a picture (1 x 1):");
  chat::ChatRequest seen = question("What is it?");
  seen.messages[0].content.push_back({true, ""});
  constexpr char kGif[] = "GIF89a\1\0\1\0\x80\0\0\0\0\0\xFF\xFF\xFF,\0\0\0\0\1\0\1\0\0\2\2L\1\0;";
  seen.pictures = {std::make_shared<const chat::Picture>(
      chat::Picture{"white.gif", std::string(kGif, sizeof kGif - 1)})};
  try {
    ask(model, {seen});
  } catch (const Error& error) {
    say(fmt::format("  code {}: {}", static_cast<int>(error.code()), error.what()));
  }
  say("a wrong name:");
  refusal([](chat::RemoteOptions& o) { o.model = "no-such-model"; });
  say("a last message of the assistant:");
  refusal([](chat::RemoteOptions& o) {
    o.answer_start = chat::AnswerStart::kMessage;
    chat::RemoteModel other(o);
    chat::ChatRequest request = question("How many squares are there?");
    request.answer_start = "There are ";
    ask(other, {request});
  });
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 2;
  chat::RemoteOptions options;
  options.url = arguments[1];
  options.limit = std::chrono::seconds(60);
  options.retry.first_delay = std::chrono::milliseconds(50);
  try {
    chat::RemoteModel model(options);
    say(model.signature());
    check_answers(model);
    compare_in_flight(options, model);
    check_failures(options, model);
  } catch (const Error& error) {
    say(fmt::format("code {}: {}", static_cast<int>(error.code()), error.what()));
    return static_cast<int>(error.code());
  }
  return failures == 0 ? 0 : 1;
}
