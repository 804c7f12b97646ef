#include "judges/probes/answers/score/yes_no_scores.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "base/error.h"
#include "base/printable.h"
#include "judges/probes/answers/text/question_text.h"
#include "judges/probes/answers/yes_no/strict.h"

namespace vernier::probes {

std::uint32_t ImageNumbers::number(std::string_view image) {
  const auto [found, is_new] = numbers_.try_emplace(std::string(image_key(image)), next_);
  next_ += is_new;
  return found->second;
}

std::vector<YesNoAnswer> joined_answers(const QuestionFile& questions, const AnswerFile& answers,
                                        const Joined& joined, ImageNumbers& images) {
  std::vector<YesNoAnswer> out;
  for (std::size_t q = 0; q < questions.items.size(); ++q) {
    if (joined.answer_of[q] == Joined::kNone) continue;
    const std::string& image = questions.items[q].image;
    const std::uint32_t cluster = image.empty() ? images.fresh() : images.number(image);
    out.push_back({questions.positive[q], answers.items[joined.answer_of[q]].answer, cluster, q});
  }
  return out;
}

YesNoScores score_yes_no(std::span<const YesNoAnswer> answers, const YesNoParser& parser,
                         UnclearPolicy policy) {
  std::vector<YesNoOutcome> outcomes;
  outcomes.reserve(answers.size());
  for (const YesNoAnswer& answer : answers) {
    outcomes.push_back({answer.positive, parser.read(answer.answer), answer.cluster});
  }
  YesNoScores scores;
  scores.policy = policy;
  scores.counts = confusion(outcomes);
  scores.rates = rates(scores.counts, policy);
  scores.errors = clustered_errors(outcomes, policy);
  return scores;
}

std::uint64_t other_languages(std::span<const YesNoAnswer> answers) {
  return static_cast<std::uint64_t>(std::ranges::count_if(answers, [](const YesNoAnswer& answer) {
    return read_strict(answer.answer).other_language;
  }));
}

std::vector<YesNoGroup> group_answers(const QuestionFile& questions,
                                      std::span<const YesNoAnswer> answers,
                                      const std::string& field) {
  std::vector<YesNoGroup> groups;
  std::unordered_map<std::string, std::size_t> places;
  for (const YesNoAnswer& answer : answers) {
    const auto value = questions.records[answer.question].find_text({field});
    if (!value) continue;
    const auto [found, fresh] = places.try_emplace(std::string(*value), groups.size());
    if (fresh) groups.push_back({found->first, {}});
    groups[found->second].answers.push_back(answer);
  }
  if (groups.empty()) {
    throw Error(ExitCode::kUsage, fmt::format("{}: no question has the field '{}'", questions.name,
                                              printable(field, 40)));
  }
  return groups;
}

}  // namespace vernier::probes
