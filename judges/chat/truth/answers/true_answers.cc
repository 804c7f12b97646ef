#include "judges/chat/truth/answers/true_answers.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "datasets/scenes/language/captions/caption_text.h"
#include "datasets/scenes/language/questions/question_answer.h"
#include "datasets/scenes/world/scene_random.h"

namespace vernier::chat {
namespace {

using scenes::AskedFor;
using scenes::AskedQuestion;
using scenes::DrawnScene;
using scenes::SceneRandom;

constexpr double kYesLogits = 2, kFirstLogits = 1.5, kPointsALogit = 10;
constexpr double kEqual = 1e-9;                  // points
constexpr double kLeastSure = 1, kMostSure = 5;  // logits
constexpr double kLooksAtLast = 0.6;

// Streams of chance of their own, so that a flaw changes nothing but what it is about.
constexpr std::uint64_t kSureness = 1, kGuess = 2, kRecency = 3;

double logistic(double x) { return 1 / (1 + std::exp(-x)); }

std::string guessed(const AskedQuestion& question, std::size_t images, SceneRandom random) {
  std::string color(word(static_cast<scenes::Color>(random.below(scenes::kColors))));
  std::string shape(word(static_cast<scenes::Shape>(random.below(4))));
  switch (question.what) {
    case AskedFor::kExistence:
    case AskedFor::kAttribute:
    case AskedFor::kRelation:
    case AskedFor::kSignSays:
      return random.chance(0.5) ? "yes" : "no";
    case AskedFor::kColor:
      return color;
    case AskedFor::kShape:
      return shape;
    case AskedFor::kOutermost:
      return color + " " + shape;
    case AskedFor::kFurther:
      return random.chance(0.5) ? question.subject.words() : question.object.words();
    case AskedFor::kSignText:
      return std::string(random.of(scenes::sign_words()));
    case AskedFor::kCount:
      return std::to_string(1 + random.below(4));
    case AskedFor::kWhichImage:
    case AskedFor::kNumberOfImages:
      break;
  }
  return std::to_string(1 + random.below(std::max<std::size_t>(images, 1)));
}

/// What is seen of the answer; none where that is nothing.
std::optional<std::string> seen_answer(AskedQuestion question,
                                       std::span<const DrawnScene* const> scenes, bool last_only) {
  if (last_only && question.what == AskedFor::kWhichImage) return std::to_string(scenes.size());
  if (last_only && question.what != AskedFor::kNumberOfImages) question.image = scenes.size() - 1;
  const auto unseen = [](const DrawnScene* scene) { return scene == nullptr; };
  if (question.image) {
    if (*question.image >= scenes.size() || unseen(scenes[*question.image])) return std::nullopt;
    const std::size_t image = *std::exchange(question.image, std::nullopt);
    return scenes::answer_question(*scenes[image], question);
  }
  if (scenes.empty() || std::any_of(scenes.begin(), scenes.end(), unseen)) return std::nullopt;
  return scenes::answer_question(scenes, question);
}

}  // namespace

std::string true_caption(const DrawnScene& scene, bool with_relations) {
  SceneRandom random(0, 0);  // its draws are put into an order below
  scenes::CaptionPlan plan = scenes::true_plan(
      scene, with_relations ? std::numeric_limits<std::size_t>::max() : 0, random);
  auto& relations = plan.relations;
  std::erase_if(relations, [](const auto& one) { return one.object != one.subject + 1; });
  std::sort(relations.begin(), relations.end(), [](const auto& a, const auto& b) {
    return std::pair(a.subject, a.predicate) < std::pair(b.subject, b.predicate);
  });
  // One is enough of each two; the last is support, where there is any.
  for (std::size_t i = relations.size(); i-- > 1;) {
    if (relations[i - 1].subject == relations[i].subject) {
      relations.erase(relations.begin() + static_cast<std::ptrdiff_t>(i) - 1);
    }
  }
  return caption_text(scene, plan, scenes::CaptionStyle::kList).text;
}

std::vector<AnswerChance> question_chances(const TruthOptions& options,
                                           const AskedQuestion& question,
                                           const AskedPictures& pictures) {
  const auto stream = [&](std::uint64_t number) {
    return SceneRandom(options.seed + (number << 56), pictures.chance);
  };
  const bool last_only = options.has(TruthFlaw::kRecency) && pictures.scenes.size() > 1 &&
                         stream(kRecency).chance(kLooksAtLast);
  std::optional<std::string> answer = seen_answer(question, pictures.scenes, last_only);
  if (!answer) answer = guessed(question, pictures.scenes.size(), stream(kGuess));
  if (!question.wants_yes_or_no()) return {{std::move(*answer), 1}};
  double logits = stream(kSureness).between(kLeastSure, kMostSure);
  if (*answer == "no") logits = -logits;
  if (options.has(TruthFlaw::kYes)) logits += kYesLogits;
  return {{"yes", logistic(logits)}, {"no", logistic(-logits)}};
}

std::vector<AnswerChance> pair_chances(const TruthOptions& options, double a, double b,
                                       bool b_first_of_equals) {
  // Equal ratings may come by different sums.
  double logits = std::abs(a - b) < kEqual ? 0 : (a - b) / kPointsALogit;
  if (options.has(TruthFlaw::kFirst)) logits += kFirstLogits;
  std::vector<AnswerChance> out = {{"A", logistic(logits)}, {"B", logistic(-logits)}};
  if (b_first_of_equals) std::swap(out[0], out[1]);
  return out;
}

}  // namespace vernier::chat
