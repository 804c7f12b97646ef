// What a phrase such as "small red circle" says, and which objects it fits.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "datasets/scenes/language/utterance.h"
#include "datasets/scenes/world/drawn_scene.h"
#include "datasets/scenes/world/scene_random.h"

namespace vernier::scenes {

enum class Attribute : std::uint8_t { kSize, kPattern, kColor, kShape };
inline constexpr std::size_t kAttributes = 4;

/// Which attributes a phrase speaks of.
using AttributeSet = unsigned;
constexpr AttributeSet attribute_set(std::initializer_list<Attribute> attributes) {
  AttributeSet set = 0;
  for (const Attribute attribute : attributes) set |= 1u << static_cast<unsigned>(attribute);
  return set;
}
constexpr bool contains(AttributeSet set, Attribute attribute) {
  return (set >> static_cast<unsigned>(attribute) & 1u) != 0;
}

struct Description {
  std::optional<Size> size;
  std::optional<Pattern> pattern;
  std::optional<Color> color;
  std::optional<Shape> shape;  ///< none: "object"
  std::string text;            ///< what a sign says, where that is said

  bool operator==(const Description&) const = default;

  bool fits(const DrawnObject& object) const;
  /// Takes one attribute from an object.
  void take(Attribute attribute, const DrawnObject& object);
  /// "small striped red circle", without article; `sign that says "STOP"`.
  std::string words(bool plural = false) const;
  /// "a small red circle"
  std::string words_with_article() const;
};

/// What a set of attributes says of an object. Signs are described by their shape alone.
Description describe(const DrawnObject& object, AttributeSet attributes);
/// All that captions say: size, stripes (but not the lack of them), colour, shape, a sign's word.
Description describe_fully(const DrawnObject& object);

std::vector<Referent> referents(const DrawnScene& scene, const Description& description,
                                std::uint32_t image = 0);

/// A description without the attributes in `hidden` that fits this object alone; colour and shape
/// where that is enough (and nine times of ten where it is more than enough), more only where
/// needed. None when there is no such.
std::optional<Description> single_out(const DrawnScene& scene, std::size_t object,
                                      AttributeSet hidden, SceneRandom& random);

}  // namespace vernier::scenes
