#include "datasets/scenes/language/questions/question_reader.h"

#include <array>
#include <utility>

#include "datasets/scenes/language/reading/phrase_reader.h"

namespace vernier::scenes {
namespace {

using View = std::string_view;
using Direction = std::pair<View, Predicate>;

constexpr std::array<Direction, 4> kOutermost = {{{"leftmost", Predicate::kLeftOf},
                                                  {"rightmost", Predicate::kRightOf},
                                                  {"topmost", Predicate::kAbove},
                                                  {"bottommost", Predicate::kBelow}}};
constexpr std::array<Direction, 4> kFurther = {{{"further left", Predicate::kLeftOf},
                                                {"further right", Predicate::kRightOf},
                                                {"higher", Predicate::kAbove},
                                                {"lower", Predicate::kBelow}}};

class SentenceOfQuestion {
 public:
  explicit SentenceOfQuestion(View sentence) : words_(sentence) {}

  std::optional<AskedQuestion> read() {
    words_.take_any({"question :", "q :"});
    if (words_.take("in image")) {
      if (!take_image()) return std::nullopt;
      words_.take(",");
    }
    if (!read_kind()) return std::nullopt;
    const std::size_t before = words_.place();
    if (words_.take("in image")) {
      if (asked_.image || !take_image()) return std::nullopt;
    } else if (words_.take("in")) {
      if (!words_.take_any({"the", "this"}) || !words_.take_any({"image", "picture"})) {
        words_.go_back(before);
      }
    }
    words_.take("?");
    if (!words_.at_end()) return std::nullopt;
    return asked_;
  }

 private:
  bool take_image() {
    const auto number = words_.take_number();
    if (!number || *number == 0) return false;
    asked_.image = *number - 1;
    return true;
  }
  bool is(AskedFor what) {
    asked_.what = what;
    return true;
  }

  bool take_phrase(Description& out) {
    auto phrase = words_.take_phrase();
    if (phrase) out = std::move(phrase->description);
    return phrase.has_value();
  }
  /// The article is not insisted on: prompts put phrases together.
  bool take_with_article(Description& out) {
    words_.take_any({"a", "an", "any"});
    return take_phrase(out);
  }
  bool take_known(Description& out) { return words_.take("the") && take_phrase(out); }
  bool take_direction(const std::array<Direction, 4>& words) {
    for (const Direction& one : words) {
      if (!words_.take(one.first)) continue;
      asked_.predicate = one.second;
      return true;
    }
    return false;
  }

  bool read_kind() {
    if (words_.take_any({"is there", "are there"})) {
      return is(AskedFor::kExistence) && take_with_article(asked_.subject);
    }
    if (words_.take("is")) return read_about_known();
    if (words_.take_any({"what color is", "what colour is"})) {
      return is(AskedFor::kColor) && take_known(asked_.subject);
    }
    if (words_.take("what shape is")) return is(AskedFor::kShape) && take_known(asked_.subject);
    if (words_.take("how many images show")) {
      return is(AskedFor::kNumberOfImages) && take_with_article(asked_.subject);
    }
    if (words_.take("how many")) {
      return is(AskedFor::kCount) && take_phrase(asked_.subject) && words_.take("are there");
    }
    if (words_.take("in which image is there") ||
        (words_.take("which image") && words_.take_any({"shows", "has", "contains"}))) {
      return is(AskedFor::kWhichImage) && take_with_article(asked_.subject);
    }
    if (words_.take("which object is")) {
      return is(AskedFor::kOutermost) && take_direction(kOutermost);
    }
    if (words_.take("which is")) {
      return is(AskedFor::kFurther) && take_direction(kFurther) && words_.take(",") &&
             take_known(asked_.subject) && words_.take("or") && take_known(asked_.object);
    }
    if (words_.take("what does")) {
      return is(AskedFor::kSignText) && take_sign() && words_.take("say");
    }
    return words_.take("does") && is(AskedFor::kSignSays) && take_sign() && words_.take("say") &&
           take_said();
  }

  /// Is the circle red? Is the circle above the star?
  bool read_about_known() {
    if (!take_known(asked_.subject)) return false;
    if (const auto value = words_.take_value()) {
      asked_.value = *value;
      return is(AskedFor::kAttribute);
    }
    const auto predicate = words_.take_predicate();
    if (!predicate) return false;
    asked_.predicate = *predicate;
    return is(AskedFor::kRelation) && take_known(asked_.object);
  }

  bool take_sign() { return take_known(asked_.subject) && asked_.subject.shape == Shape::kSign; }
  bool take_said() {
    auto said = words_.take_quoted();
    if (said) asked_.said = std::move(*said);
    return said.has_value();
  }

  PhraseReader words_;
  AskedQuestion asked_;
};

}  // namespace

std::optional<AskedQuestion> read_question(View text) {
  for (const View sentence : sentences_of(text)) {
    if (auto asked = SentenceOfQuestion(sentence).read()) return asked;
  }
  return std::nullopt;
}

}  // namespace vernier::scenes
