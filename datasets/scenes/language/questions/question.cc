#include "datasets/scenes/language/questions/question.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>

namespace vernier::scenes {
namespace {

using View = std::string_view;
using enum Attribute;

constexpr double kHard = 0.75, kHardExistence = 0.95;
constexpr int kTries = 20;

DrawnObject any_object(const World& world, SceneRandom& random) {
  DrawnObject any;
  any.shape = static_cast<Shape>(random.below(world.shapes));
  any.color = static_cast<Color>(random.below(kColors));
  any.size = static_cast<Size>(random.below(2));
  any.pattern = static_cast<Pattern>(random.below(2));
  return any;
}

class Questioner {
 public:
  Questioner(const World& world, const DrawnScene& scene, SceneRandom& random)
      : world_(world), scene_(scene), random_(random) {}

  std::optional<Question> ask(QuestionKind kind) {
    question_.kind = kind;
    wanted_ = random_.chance(0.5);
    if (!make(kind)) return std::nullopt;
    return std::move(question_);
  }

 private:
  bool make(QuestionKind kind) {
    switch (kind) {
      case QuestionKind::kExistence:
        return ask_existence();
      case QuestionKind::kAttribute:
        return ask_attribute();
      case QuestionKind::kColor:
        return ask_value(kColor);
      case QuestionKind::kShape:
        return ask_value(kShape);
      case QuestionKind::kCount:
        return ask_count();
      case QuestionKind::kRelation:
        return ask_relation();
      case QuestionKind::kOrder:
        return random_.chance(0.5) ? ask_outermost() : ask_further();
      case QuestionKind::kSign:
        return ask_sign();
    }
    return false;
  }

  void say(View words) { question_.text.add(words); }
  void say(const Description& description, bool plural = false) {
    question_.text.add(description.words(plural), referents(scene_, description));
  }
  bool answer(bool yes, bool hard = false) {
    question_.answer.add(yes ? "yes" : "no");
    question_.negative = !yes;
    question_.hard = !yes && hard;
    return true;
  }
  /// A plain shape of the scene; none where there are only signs.
  std::optional<std::size_t> plain_object() {
    std::vector<std::size_t> plain;
    for (std::size_t i = 0; i < scene_.objects.size(); ++i) {
      if (!scene_.objects[i].is_sign()) plain.push_back(i);
    }
    if (plain.empty()) return std::nullopt;
    return random_.of(plain);
  }

  std::optional<Description> mixture(AttributeSet attributes);
  bool ask_existence();
  bool ask_attribute();
  bool ask_value(Attribute attribute);
  bool ask_count();
  bool ask_relation();
  bool ask_outermost();
  bool ask_further();
  bool ask_sign();

  const World& world_;
  const DrawnScene& scene_;
  SceneRandom& random_;
  Question question_;
  bool wanted_ = false;  ///< the answer to a yes/no question
};

/// What existence is asked of: mostly colour and shape.
constexpr AttributeSet kColorShape = attribute_set({kColor, kShape});
constexpr std::array<AttributeSet, 14> kPhrases = {kColorShape,
                                                   kColorShape,
                                                   kColorShape,
                                                   kColorShape,
                                                   kColorShape,
                                                   kColorShape,
                                                   kColorShape,
                                                   attribute_set({kSize, kColor, kShape}),
                                                   attribute_set({kPattern, kColor, kShape}),
                                                   attribute_set({kSize, kShape}),
                                                   attribute_set({kPattern, kShape}),
                                                   attribute_set({kPattern, kColor}),
                                                   attribute_set({kShape}),
                                                   attribute_set({kColor})};

/// Two objects' attributes mixed: each is there, though not together. None where the set has but
/// one attribute, or chance found no such mixture.
std::optional<Description> Questioner::mixture(AttributeSet attributes) {
  for (int attempt = 0; attempt < kTries && std::popcount(attributes) > 1; ++attempt) {
    const DrawnObject& one = random_.of(scene_.objects);
    const DrawnObject& other = random_.of(scene_.objects);
    const auto exchanged = static_cast<Attribute>(random_.below(kAttributes));
    if (one.is_sign() || other.is_sign() || !contains(attributes, exchanged)) continue;
    Description description = describe(one, attributes);
    description.take(exchanged, other);
    if (referents(scene_, description).empty()) return description;
  }
  return std::nullopt;
}

bool Questioner::ask_existence() {
  const AttributeSet attributes = random_.of(kPhrases);
  std::optional<Description> description;
  if (wanted_) {
    const std::optional<std::size_t> object = plain_object();
    if (!object) return false;
    description = describe(scene_.objects[*object], attributes);
  } else if (random_.chance(kHardExistence)) {
    description = mixture(attributes);
  }
  const bool hard = !wanted_ && description;
  for (int attempt = 0; attempt < kTries && !description; ++attempt) {
    description = describe(any_object(world_, random_), attributes);
    if (!referents(scene_, *description).empty()) description.reset();
  }
  if (!description) return false;  // every shape is there
  say("Is there ");
  const std::string phrase = description->words_with_article();
  say(View(phrase).substr(0, phrase.find(' ') + 1));
  say(*description);
  say("?");
  return answer(wanted_, hard);
}

bool Questioner::ask_attribute() {
  static constexpr std::array kAsked = {kColor, kColor, kSize, kPattern};
  for (int attempt = 0; attempt < kTries; ++attempt) {
    const std::optional<std::size_t> object = plain_object();
    if (!object) return false;
    const Attribute attribute = random_.of(kAsked);
    const auto described = single_out(scene_, *object, attribute_set({attribute}), random_);
    if (!described) continue;
    const DrawnObject& shown = scene_.objects[*object];
    Description truth, claim;
    truth.take(attribute, shown);
    claim = truth;
    bool hard = false;
    if (!wanted_) {
      const DrawnObject& other = random_.of(scene_.objects);
      const bool from_other = random_.chance(kHard) && !other.is_sign();
      claim.take(attribute, from_other ? other : any_object(world_, random_));
      if (claim == truth) continue;
      hard = !referents(scene_, claim).empty();
    }
    say("Is the ");
    say(*described);
    const View value = attribute == kColor  ? word(*claim.color)
                       : attribute == kSize ? word(*claim.size)
                                            : word(*claim.pattern);
    say(fmt::format(" {}?", value));
    return answer(wanted_, hard);
  }
  return false;
}

bool Questioner::ask_value(Attribute attribute) {
  for (int attempt = 0; attempt < kTries; ++attempt) {
    const std::optional<std::size_t> object = plain_object();
    if (!object) return false;
    const auto described = single_out(scene_, *object, attribute_set({attribute}), random_);
    if (!described) continue;
    const DrawnObject& shown = scene_.objects[*object];
    say(attribute == kColor ? "What color is the " : "What shape is the ");
    say(*described);
    say("?");
    question_.answer.add(attribute == kColor ? word(shown.color) : word(shown.shape));
    return true;
  }
  return false;
}

bool Questioner::ask_count() {
  Description description;
  if (random_.chance(0.7)) {
    // Attributes of an object that is there, so that zero is as rare as other answers.
    const std::optional<std::size_t> object = random_.chance(0.8) ? plain_object() : std::nullopt;
    description = describe(object ? scene_.objects[*object] : any_object(world_, random_),
                           random_.of(std::array{attribute_set({kShape}), attribute_set({kColor}),
                                                 attribute_set({kPattern}), attribute_set({kSize}),
                                                 attribute_set({kColor, kShape})}));
  }
  say("How many ");
  say(description, true);
  say(" are there?");
  question_.answer.add(std::to_string(referents(scene_, description).size()));
  return true;
}

bool Questioner::ask_relation() {
  if (scene_.relations.empty()) return false;
  for (int attempt = 0; attempt < kTries; ++attempt) {
    const DrawnRelation& relation = random_.of(scene_.relations);
    const auto subject = single_out(scene_, relation.subject, 0, random_);
    const auto object = single_out(scene_, relation.object, 0, random_);
    if (!subject || !object) continue;
    say("Is the ");
    say(*subject);
    say(fmt::format(" {} the ",
                    phrase(wanted_ ? relation.predicate : opposite(relation.predicate))));
    say(*object);
    say("?");
    return answer(wanted_, true);
  }
  return false;
}

bool Questioner::ask_outermost() {
  static constexpr std::array<View, kPredicates> kWords = {"leftmost", "rightmost", "topmost",
                                                           "bottommost"};
  if (scene_.objects.size() < 2) return false;
  const auto direction = static_cast<Predicate>(random_.below(kPredicates));
  std::vector<std::size_t> order = scene_.left_to_right();
  std::ranges::stable_sort(order, std::ranges::greater(),
                           [&](std::size_t i) { return reach(scene_.objects[i], direction); });
  const DrawnObject &first = scene_.objects[order[0]], &second = scene_.objects[order[1]];
  if (reach(first, direction) - reach(second, direction) < kRelationMargin) return false;
  const Description description = describe(first, attribute_set({kColor, kShape}));
  say(fmt::format("Which object is {}?", kWords[static_cast<std::size_t>(direction)]));
  question_.answer.add(description.words(), {{0, static_cast<std::uint32_t>(order[0])}});
  return true;
}

bool Questioner::ask_further() {
  static constexpr std::array<View, kPredicates> kWords = {"further left", "further right",
                                                           "higher", "lower"};
  for (int attempt = 0; attempt < kTries && scene_.objects.size() > 1; ++attempt) {
    const std::size_t a = random_.below(scene_.objects.size());
    const std::size_t b = random_.below(scene_.objects.size());
    if (a == b) continue;
    const auto direction = static_cast<Predicate>(random_.below(kPredicates));
    const double gain = reach(scene_.objects[a], direction) - reach(scene_.objects[b], direction);
    if (gain < kRelationMargin && -gain < kRelationMargin) continue;
    const Description first = describe(scene_.objects[a], attribute_set({kColor, kShape}));
    const Description second = describe(scene_.objects[b], attribute_set({kColor, kShape}));
    if (referents(scene_, first).size() != 1 || referents(scene_, second).size() != 1) continue;
    say(fmt::format("Which is {}, the ", kWords[static_cast<std::size_t>(direction)]));
    say(first);
    say(" or the ");
    say(second);
    say("?");
    const Description& further = gain > 0 ? first : second;
    question_.answer.add(further.words(), referents(scene_, further));
    return true;
  }
  return false;
}

bool Questioner::ask_sign() {
  const auto sign = std::ranges::find_if(scene_.objects, &DrawnObject::is_sign);
  if (sign == scene_.objects.end()) return false;
  Description description;
  description.shape = Shape::kSign;
  if (random_.chance(0.5)) {
    say("What does the ");
    say(description);
    say(" say?");
    question_.answer.add(sign->text);
    return true;
  }
  View said = sign->text;
  while (!wanted_ && said == sign->text) said = random_.of(sign_words());
  say("Does the ");
  say(description);
  say(fmt::format(" say \"{}\"?", said));
  return answer(wanted_);
}

}  // namespace

View question_kind_name(QuestionKind kind) {
  static constexpr std::array<View, kQuestionKinds> kNames = {
      "existence", "attribute", "color", "shape", "count", "relation", "order", "sign"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::optional<Question> ask(const World& world, const DrawnScene& scene, QuestionKind kind,
                            SceneRandom& random) {
  return Questioner(world, scene, random).ask(kind);
}

}  // namespace vernier::scenes
