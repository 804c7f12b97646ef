#include "judges/probes/answers/open/soft_accuracy.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace vernier::probes {

PeopleAnswers::PeopleAnswers(std::span<const std::string> people, AnswerNormaliser normaliser)
    : people_(people.size()), normaliser_(normaliser) {
  for (const std::string& person : people) {
    std::string stripped = blanks_stripped(person);
    const auto known = std::ranges::find(answers_, stripped, &Answer::stripped);
    if (known != answers_.end()) {
      ++known->people;
      continue;
    }
    std::string normalised = normalised_answer(stripped, normaliser);
    answers_.push_back({std::move(stripped), std::move(normalised), 1});
  }
}

double PeopleAnswers::soft_accuracy(std::string_view answer, Normalise when) const {
  if (people_ == 0) return std::numeric_limits<double>::quiet_NaN();
  const bool as_written = when == Normalise::kUnlessUnanimous && answers_.size() == 1;
  const std::string own =
      as_written ? blanks_stripped(answer) : normalised_answer(answer, normaliser_);
  std::size_t agree = 0;
  for (const Answer& one : answers_) {
    if ((as_written ? one.stripped : one.normalised) == own) agree += one.people;
  }
  const auto n = static_cast<double>(people_), equal = static_cast<double>(agree);
  // Of those who said it, one fewer of the others did.
  return (equal * std::min(1.0, (equal - 1) / 3) + (n - equal) * std::min(1.0, equal / 3)) / n;
}

bool PeopleAnswers::holds_normalised(std::string_view normalised) const {
  return std::ranges::any_of(answers_,
                             [&](const Answer& one) { return one.normalised == normalised; });
}

}  // namespace vernier::probes
