#include "datasets/scenes/language/questions/question_answer.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace vernier::scenes {
namespace {

using Answer = std::optional<std::string>;

constexpr AttributeSet kNamed = attribute_set({Attribute::kColor, Attribute::kShape});

Answer yes_or_no(bool yes) { return yes ? "yes" : "no"; }

class Answerer {
 public:
  Answerer(const DrawnScene& scene, const AskedQuestion& asked)
      : scene_(scene), asked_(asked), subjects_(objects_of(asked.subject)) {}

  Answer answer() const {
    switch (asked_.what) {
      case AskedFor::kExistence:
        return yes_or_no(!subjects_.empty());
      case AskedFor::kAttribute:
        return yes_or_no(
            any_subject([&](std::size_t i) { return asked_.value.fits(scene_.objects[i]); }));
      case AskedFor::kRelation:
        return yes_or_no(stands_so());
      case AskedFor::kSignSays:
        return yes_or_no(
            any_subject([&](std::size_t i) { return scene_.objects[i].text == asked_.said; }));
      case AskedFor::kCount:
        return std::to_string(subjects_.size());
      case AskedFor::kOutermost:
        return outermost();
      case AskedFor::kFurther:
        return further();
      case AskedFor::kColor:
      case AskedFor::kShape:
      case AskedFor::kSignText:
        return value();
      case AskedFor::kWhichImage:
      case AskedFor::kNumberOfImages:
        break;
    }
    return std::nullopt;
  }

 private:
  std::vector<std::size_t> objects_of(const Description& description) const {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < scene_.objects.size(); ++i) {
      if (description.fits(scene_.objects[i])) out.push_back(i);
    }
    return out;
  }
  template <class Holds>
  bool any_subject(Holds holds) const {
    return std::any_of(subjects_.begin(), subjects_.end(), holds);
  }

  bool stands_so() const {
    const std::vector<std::size_t> objects = objects_of(asked_.object);
    return any_subject([&](std::size_t subject) {
      return std::any_of(objects.begin(), objects.end(), [&](std::size_t object) {
        return scene_.holds(subject, asked_.predicate, object);
      });
    });
  }

  Answer value() const {
    if (subjects_.empty()) return std::nullopt;
    const DrawnObject& object = scene_.objects[subjects_.front()];
    if (asked_.what == AskedFor::kColor) return std::string(word(object.color));
    if (asked_.what == AskedFor::kShape) return std::string(word(object.shape));
    return object.text;
  }

  Answer outermost() const {
    const auto first = std::ranges::max_element(scene_.objects, {}, [&](const DrawnObject& object) {
      return reach(object, asked_.predicate);
    });
    if (first == scene_.objects.end()) return std::nullopt;
    return describe(*first, kNamed).words();
  }

  Answer further() const {
    const std::vector<std::size_t> others = objects_of(asked_.object);
    if (subjects_.empty() || others.empty()) return std::nullopt;
    const auto reached = [&](std::size_t i) { return reach(scene_.objects[i], asked_.predicate); };
    return reached(subjects_.front()) >= reached(others.front()) ? asked_.subject.words()
                                                                 : asked_.object.words();
  }

  const DrawnScene& scene_;
  const AskedQuestion& asked_;
  const std::vector<std::size_t> subjects_;
};

/// Of a question that names none of several images.
Answer answer_of_all(std::span<const DrawnScene* const> scenes, const AskedQuestion& asked) {
  std::size_t sum = 0;
  bool any_yes = false;
  for (const DrawnScene* const scene : scenes) {
    Answer one = Answerer(*scene, asked).answer();
    if (asked.wants_yes_or_no()) {
      any_yes = any_yes || one == "yes";
    } else if (asked.what == AskedFor::kCount) {
      sum += referents(*scene, asked.subject).size();
    } else if (one) {
      return one;
    }
  }
  if (asked.wants_yes_or_no()) return yes_or_no(any_yes);
  if (asked.what == AskedFor::kCount) return std::to_string(sum);
  return std::nullopt;
}

}  // namespace

Answer answer_question(std::span<const DrawnScene* const> scenes, const AskedQuestion& asked) {
  const auto has_it = [&](const DrawnScene* scene) {
    return !referents(*scene, asked.subject).empty();
  };
  if (asked.what == AskedFor::kWhichImage) {
    const auto first = std::find_if(scenes.begin(), scenes.end(), has_it);
    if (first == scenes.end()) return std::nullopt;
    return std::to_string(first - scenes.begin() + 1);
  }
  if (asked.what == AskedFor::kNumberOfImages) {
    return std::to_string(std::count_if(scenes.begin(), scenes.end(), has_it));
  }
  if (!asked.image) return answer_of_all(scenes, asked);
  if (*asked.image >= scenes.size()) return std::nullopt;
  return Answerer(*scenes[*asked.image], asked).answer();
}

Answer answer_question(const DrawnScene& scene, const AskedQuestion& asked) {
  const DrawnScene* const only = &scene;
  return answer_question({&only, 1}, asked);
}

Answer answer_question(std::span<const DrawnScene* const> scenes, std::string_view text) {
  const std::optional<AskedQuestion> asked = read_question(text);
  if (!asked) return std::nullopt;
  return answer_question(scenes, *asked);
}

Answer answer_question(const DrawnScene& scene, std::string_view text) {
  const DrawnScene* const only = &scene;
  return answer_question({&only, 1}, text);
}

}  // namespace vernier::scenes
