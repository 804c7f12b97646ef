#include "datasets/scenes/language/reading/context_reader.h"

#include <algorithm>

#include "datasets/scenes/language/reading/phrase_reader.h"

namespace vernier::scenes {
namespace {

using View = std::string_view;

class ContextReader {
 public:
  std::optional<DrawnScene> read(View text) {
    enum { kBefore, kObjects, kFeatures, kRelationships } section = kBefore;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      PhraseReader line(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
      if (line.at_end()) continue;
      if (line.take("objects :")) {
        section = kObjects;
      } else if (line.take("features :")) {
        section = kFeatures;
      } else if (line.take("relationships :")) {
        section = kRelationships;
      } else if (section == kBefore || !line.take("-")) {
        return std::nullopt;
      } else if (section == kObjects    ? !line.take_phrase().has_value()
                 : section == kFeatures ? !add_object(line)
                                        : !add_relation(line)) {
        return std::nullopt;
      }
      if (!line.at_end()) return std::nullopt;
    }
    if (section != kRelationships || scene_.objects.empty()) return std::nullopt;
    for (std::size_t i = 0; i < scene_.objects.size(); ++i) {
      scene_.objects[i].x =
          static_cast<double>(i + 1) / static_cast<double>(scene_.objects.size() + 1);
      scene_.objects[i].y = 0.5;
    }
    return std::move(scene_);
  }

 private:
  /// "star: large, striped, red"; `sign: says "STOP"`.
  bool add_object(PhraseReader& line) {
    const auto phrase = line.take_phrase();
    if (!phrase || !phrase->description.shape || !line.take(":")) return false;
    DrawnObject object;
    object.shape = *phrase->description.shape;
    if (object.is_sign()) {
      const auto said = line.take("says") ? line.take_quoted() : std::nullopt;
      if (!said) return false;
      object.color = Color::kWhite;
      object.size = Size::kLarge;
      object.text = *said;
    } else {
      Description all;
      do {
        const auto one = line.take_value();
        if (!one) return false;
        if (one->size) all.size = one->size;
        if (one->pattern) all.pattern = one->pattern;
        if (one->color) all.color = one->color;
      } while (line.take(","));
      if (!all.color) return false;
      object.color = *all.color;
      object.size = all.size.value_or(Size::kSmall);
      object.pattern = all.pattern.value_or(Pattern::kSolid);
    }
    scene_.objects.push_back(std::move(object));
    return true;
  }

  /// "the red star is to the left of the green circle". Where several things are called so, two
  /// that are neighbours in the list are meant, behind those of the relation before.
  bool add_relation(PhraseReader& line) {
    const auto subject = line.take("the") ? line.take_phrase() : std::nullopt;
    if (!subject || !line.take("is")) return false;
    const auto predicate = line.take_predicate();
    const auto object = predicate && line.take("the") ? line.take_phrase() : std::nullopt;
    if (!object) return false;
    const auto fits = [&](std::size_t a, std::size_t b) {
      return a != b && subject->description.fits(scene_.objects[a]) &&
             object->description.fits(scene_.objects[b]);
    };
    const auto add = [&](std::size_t a, std::size_t b) {
      scene_.relations.push_back({a, *predicate, b, 0});
      scene_.relations.push_back({b, opposite(*predicate), a, 0});
      return true;
    };
    const std::size_t count = scene_.objects.size();
    for (std::size_t i = next_; i + 1 < count; ++i) {
      if (!fits(i, i + 1)) continue;
      next_ = i + 1;
      return add(i, i + 1);
    }
    for (std::size_t a = 0; a < count; ++a) {
      for (std::size_t b = 0; b < count; ++b) {
        if (fits(a, b)) return add(a, b);
      }
    }
    return false;
  }

  DrawnScene scene_;
  std::size_t next_ = 0;  // the first pair of neighbours that no relation was about
};

}  // namespace

std::optional<DrawnScene> read_context(View text) { return ContextReader().read(text); }

}  // namespace vernier::scenes
