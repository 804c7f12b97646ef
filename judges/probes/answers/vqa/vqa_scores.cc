#include "judges/probes/answers/vqa/vqa_scores.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "judges/probes/answers/open/anls.h"
#include "judges/probes/answers/score/yes_no_scores.h"
#include "metrics/text/text_set.h"
#include "metrics/text/unicode/white_space.h"

namespace vernier::probes {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

std::string_view stripped(std::string_view text) {
  return text::strip_left(text::strip_right(text));
}

void score_text(const VqaQuestion& question, const VqaMethod& method, VqaAnswer& answer) {
  auto& [soft, official, strict, exact, normalised, like, letter] = answer.scores;
  const std::vector<std::string>& right = question.answers;
  if (right.empty()) return;
  const PeopleAnswers people(right, method.normaliser);
  if (right.size() >= kFewestPeople) {
    official = people.soft_accuracy(answer.text, official_normalisation(method.normaliser));
    strict = people.soft_accuracy(answer.text, Normalise::kAlways);
    soft = method.strict ? strict : official;
  }
  const std::string_view own = stripped(answer.text);
  const auto is_own = [&](const std::string& one) { return stripped(one) == own; };
  exact = std::ranges::any_of(right, is_own) ? 1 : 0;
  normalised = people.holds_normalised(normalised_answer(answer.text, method.normaliser)) ? 1 : 0;
  like = anls(answer.text, right);
}

}  // namespace

AnswerNormaliser official_normaliser(VqaFormat format) {
  return format == VqaFormat::kTextVqa ? AnswerNormaliser::kEvalAi : AnswerNormaliser::kVqa;
}

Normalise official_normalisation(AnswerNormaliser normaliser) {
  return normaliser == AnswerNormaliser::kEvalAi ? Normalise::kAlways : Normalise::kUnlessUnanimous;
}

std::string_view undefined_reason(std::size_t score) {
  if (score < 3) return "no question has the answers of four people or more";
  return score + 1 == kVqaScores ? "no question has options" : "no question has answers in words";
}

std::vector<VqaAnswer> score_vqa(const VqaFile& questions, const AnswerFile& answers,
                                 const Joined& joined, const VqaMethod& method) {
  ImageNumbers images;
  std::vector<VqaAnswer> out;
  for (std::size_t q = 0; q < questions.items.size(); ++q) {
    if (joined.answer_of[q] == Joined::kNone) continue;
    const VqaQuestion& question = questions.questions[q];
    const std::string& image = questions.items[q].image;
    VqaAnswer& answer = out.emplace_back();
    answer.question = q;
    answer.text = answers.items[joined.answer_of[q]].answer;
    answer.cluster = image.empty() ? images.fresh() : images.number(image);
    answer.scores.fill(kNone);
    score_text(question, method, answer);
    if (!question.options.empty()) {
      answer.letter = option_letter(answer.text, question.options);
      answer.scores.back() = answer.letter == question.letter ? 1 : 0;
    }
  }
  return out;
}

VqaSummary summarise(std::span<const VqaAnswer> answers, std::span<const std::size_t> which) {
  VqaSummary out;
  out.n = which.size();
  for (std::size_t score = 0; score < kVqaScores; ++score) {
    std::vector<RatioTerm> terms;
    for (const std::size_t n : which) {
      const double value = answers[n].scores[score];
      if (!std::isnan(value)) terms.push_back({value, 1, answers[n].cluster});
    }
    out.scores[score] = clustered_ratio(terms);
  }
  for (const std::size_t n : which) {
    out.unparsed_letters += !std::isnan(answers[n].scores.back()) && !answers[n].letter;
    out.empty += stripped(answers[n].text).empty();
  }
  return out;
}

std::vector<VqaGroup> group_vqa(const VqaFile& questions, std::span<const VqaAnswer> answers) {
  std::vector<VqaGroup> groups;
  text::TextMap<std::size_t> places;
  for (std::size_t n = 0; n < answers.size(); ++n) {
    for (const auto& [field, value] : questions.questions[answers[n].question].groups) {
      const auto [found, fresh] =
          places.try_emplace(fmt::format("{}\n{}", field, value), groups.size());
      if (fresh) groups.push_back({field, value, {}});
      groups[found->second].answers.push_back(n);
    }
  }
  std::ranges::stable_sort(groups, {}, &VqaGroup::field);
  return groups;
}

YesShares yes_shares(const VqaFile& questions, std::span<const VqaAnswer> answers,
                     AnswerNormaliser normaliser) {
  YesShares shares;
  for (const VqaAnswer& answer : answers) {
    const VqaQuestion& question = questions.questions[answer.question];
    const std::pair<std::string, std::string> yes_no = {"answer_type", "yes/no"};
    if (std::ranges::find(question.groups, yes_no) == question.groups.end()) continue;
    const std::string own = normalised_answer(answer.text, normaliser);
    if (own == "yes" || own == "no") {
      shares.answers.add(own == "yes");
    } else {
      ++shares.other;
    }
    std::ptrdiff_t yes = 0, no = 0;
    for (const std::string& one : question.answers) {
      const std::string plain = normalised_answer(one, normaliser);
      yes += plain == "yes";
      no += plain == "no";
    }
    if (yes != no) shares.people.add(yes > no);
  }
  return shares;
}

std::optional<double> unanswerable_precision(const VqaFile& questions, const AnswerFile& file,
                                             const Joined& joined) {
  struct Guess {
    double answerable;
    bool unanswerable;
  };
  std::vector<Guess> guesses;
  for (std::size_t q = 0; q < questions.items.size(); ++q) {
    if (joined.answer_of[q] == Joined::kNone) continue;
    const ObjectRecord& record = file.records[joined.answer_of[q]];
    if (!questions.questions[q].answerable || record.find("answerable") == nullptr) return {};
    guesses.push_back({record.number({"answerable"}), !*questions.questions[q].answerable});
  }
  std::ranges::stable_sort(guesses, {}, &Guess::answerable);
  const auto all = static_cast<double>(std::ranges::count(guesses, true, &Guess::unanswerable));
  if (all == 0) return kNone;
  double precision = 0, found = 0, found_before = 0;
  for (std::size_t n = 0; n < guesses.size(); ++n) {
    found += guesses[n].unanswerable ? 1 : 0;
    if (n + 1 < guesses.size() && guesses[n + 1].answerable == guesses[n].answerable) continue;
    precision += (found - found_before) / all * found / static_cast<double>(n + 1);
    found_before = found;
  }
  return precision;
}

}  // namespace vernier::probes
