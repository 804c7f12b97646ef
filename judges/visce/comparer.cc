#include "judges/visce/comparer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/error.h"
#include "judges/visce/shown_caption.h"

namespace vernier::visce {
namespace {

/// Probabilities of the request's choices. Where one of them is several tokens, which no model
/// tells at once, all of them are those of the whole answer: the choice, and nothing more.
using Chances = std::vector<double>;

/// An answer's log-probability by that of its tokens and its end.
double whole(const chat::ChatAnswer& answer) {
  return std::accumulate(answer.forced.begin(), answer.forced.end(), 0.0);
}

/// Calls done(i, answer, chances); those of failed answers are empty.
template <class Done>
void ask_choices(chat::ChatModel& model, std::span<const chat::ChatRequest> requests, Done done) {
  std::vector<std::size_t> open;
  model.run(requests, [&](std::size_t i, const chat::ChatAnswer& answer) {
    Chances chances;
    if (answer.failure == chat::ChatFailure::kNone) {
      const bool told =
          std::ranges::none_of(answer.choices, [](double c) { return std::isnan(c); });
      if (!told && model.scores_texts()) {
        open.push_back(i);
        return;
      }
      for (const double choice : answer.choices) chances.push_back(chat::probability(choice));
    }
    done(i, answer, chances);
  });
  std::vector<chat::ChatRequest> texts;
  for (const std::size_t i : open) {
    for (const std::string& choice : requests[i].choices) {
      texts.push_back(requests[i]);
      texts.back().choices.clear();
      texts.back().forced = choice;
    }
  }
  std::vector<chat::ChatAnswer> told(texts.size());
  model.run(texts, [&](std::size_t i, chat::ChatAnswer answer) { told[i] = std::move(answer); });
  std::size_t next = 0;
  for (const std::size_t i : open) {
    const std::span answers = std::span(told).subspan(next, requests[i].choices.size());
    next += answers.size();
    const auto failed = std::ranges::find_if(answers, [](const chat::ChatAnswer& answer) {
      return answer.failure != chat::ChatFailure::kNone;
    });
    if (failed != answers.end()) {
      done(i, *failed, Chances());
      continue;
    }
    Chances chances;
    for (const chat::ChatAnswer& answer : answers)
      chances.push_back(chat::probability(whole(answer)));
    done(i, answers.front(), chances);
  }
}

}  // namespace

Comparer::Comparer(chat::ChatModel& model, const prompts::PromptSet& prompts)
    : model_(model), prompts_(prompts) {
  if (prompts.pairwise.user.empty()) {
    throw Error(ExitCode::kUsage,
                fmt::format("the prompts \"{}\" have no words for mode pairwise", prompts.name));
  }
}

std::string Comparer::signature() const {
  return fmt::format("visce|mode:pairwise|orders:2|{}|v:1|{}", prompts_.signature(),
                     model_.signature());
}

std::vector<Comparison> Comparer::compare(std::span<const ComparisonCase> cases) {
  std::vector<chat::ChatRequest> requests;
  requests.reserve(2 * cases.size());
  for (const ComparisonCase& one : cases) {
    const std::string a = prompts::one_line(shown_caption(one.a).text);
    const std::string b = prompts::one_line(shown_caption(one.b).text);
    for (const bool swapped : {false, true}) {
      const std::string& first = swapped ? b : a;
      const std::string& second = swapped ? a : b;
      chat::ChatRequest request;
      request.pictures = {one.seen.picture};
      request.messages = {
          user_message(prompts_.pairwise.user.fill({{"a", first},
                                                    {"b", second},
                                                    {"a_quoted", prompts::quoted_line(first)},
                                                    {"b_quoted", prompts::quoted_line(second)}}),
                       1)};
      request.answer_start = prompts_.pairwise.answer_start;
      request.choices = {"A", "B"};
      request.most_new = 0;
      requests.push_back(std::move(request));
    }
  }
  std::vector<Comparison> out(cases.size());
  std::vector<double> masses(requests.size());
  ask_choices(model_, requests,
              [&](std::size_t i, const chat::ChatAnswer& answer, const Chances& chances) {
                Comparison& one = out[i / 2];
                if (answer.failure != chat::ChatFailure::kNone) {
                  one.failure = answer.failure;
                  one.error = answer.error;
                  return;
                }
                const double first = chances[0], second = chances[1];
                masses[i] = first + second;
                if (!(masses[i] > 0)) return;
                const bool swapped = i % 2 == 1;
                (swapped ? one.a_second : one.a_first) = (swapped ? second : first) / masses[i];
              });
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i].mass = std::min(masses[2 * i], masses[2 * i + 1]);
  }
  return out;
}

}  // namespace vernier::visce
