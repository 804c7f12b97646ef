#include "datasets/scenes/language/description.h"

#include <fmt/format.h>

#include <array>

namespace vernier::scenes {

bool Description::fits(const DrawnObject& object) const {
  // Size, pattern and colour of signs are not spoken of: no phrase with them means a sign.
  if (object.is_sign() && (size || pattern || color)) return false;
  return (!size || *size == object.size) && (!pattern || *pattern == object.pattern) &&
         (!color || *color == object.color) && (!shape || *shape == object.shape) &&
         (text.empty() || text == object.text);
}

void Description::take(Attribute attribute, const DrawnObject& object) {
  switch (attribute) {
    case Attribute::kSize:
      size = object.size;
      break;
    case Attribute::kPattern:
      pattern = object.pattern;
      break;
    case Attribute::kColor:
      color = object.color;
      break;
    case Attribute::kShape:
      shape = object.shape;
      break;
  }
}

std::string Description::words(bool plural) const {
  std::string out;
  const auto add = [&](std::string_view one) {
    if (!out.empty()) out.push_back(' ');
    out += one;
  };
  if (size) add(word(*size));
  if (pattern) add(word(*pattern));
  if (color) add(word(*color));
  add(shape ? word(*shape) : "object");
  if (plural) out.push_back('s');
  if (!text.empty()) out += fmt::format(" that says \"{}\"", text);
  return out;
}

std::string Description::words_with_article() const {
  const std::string noun = words();
  return (std::string_view("aeiou").find(noun.front()) != std::string_view::npos ? "an " : "a ") +
         noun;
}

Description describe(const DrawnObject& object, AttributeSet attributes) {
  Description description;
  if (object.is_sign()) {
    if (contains(attributes, Attribute::kShape)) description.shape = object.shape;
    return description;
  }
  for (unsigned a = 0; a < kAttributes; ++a) {
    const auto attribute = static_cast<Attribute>(a);
    if (contains(attributes, attribute)) description.take(attribute, object);
  }
  return description;
}

Description describe_fully(const DrawnObject& object) {
  Description description =
      describe(object, attribute_set({Attribute::kSize, Attribute::kColor, Attribute::kShape}));
  if (!object.is_sign() && object.pattern == Pattern::kStriped) {
    description.pattern = object.pattern;
  }
  description.text = object.text;
  return description;
}

std::vector<Referent> referents(const DrawnScene& scene, const Description& description,
                                std::uint32_t image) {
  std::vector<Referent> out;
  for (std::size_t i = 0; i < scene.objects.size(); ++i) {
    if (description.fits(scene.objects[i])) {
      out.push_back({image, static_cast<std::uint32_t>(i)});
    }
  }
  return out;
}

std::optional<Description> single_out(const DrawnScene& scene, std::size_t object,
                                      AttributeSet hidden, SceneRandom& random) {
  using enum Attribute;
  static constexpr std::array<AttributeSet, 7> kTries = {
      attribute_set({kColor, kShape}),           attribute_set({kSize, kShape}),
      attribute_set({kPattern, kShape}),         attribute_set({kSize, kColor, kShape}),
      attribute_set({kPattern, kColor, kShape}), attribute_set({kSize, kPattern, kColor, kShape}),
      attribute_set({kSize, kPattern, kColor})};
  const auto alone = [&](AttributeSet attributes) -> std::optional<Description> {
    Description description = describe(scene.objects[object], attributes & ~hidden);
    if (description == Description()) return std::nullopt;  // "the object"
    if (referents(scene, description).size() != 1) return std::nullopt;
    return description;
  };
  // "The circle" where there is but one, as people would say.
  const AttributeSet shortest = attribute_set({contains(hidden, kShape) ? kColor : kShape});
  if (random.chance(0.1)) {
    if (auto found = alone(shortest)) return found;
  }
  for (const AttributeSet attributes : kTries) {
    if (auto found = alone(attributes)) return found;
  }
  return std::nullopt;
}

}  // namespace vernier::scenes
