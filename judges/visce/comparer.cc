#include "judges/visce/comparer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.h"
#include "judges/visce/shown_caption.h"

namespace vernier::visce {
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
  model_.run(requests, [&](std::size_t i, const chat::ChatAnswer& answer) {
    Comparison& one = out[i / 2];
    if (answer.failure != chat::ChatFailure::kNone) {
      one.failure = answer.failure;
      one.error = answer.error;
      return;
    }
    const double first = chat::probability(answer.choices[0]),
                 second = chat::probability(answer.choices[1]);
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
