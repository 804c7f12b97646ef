#include "datasets/scenes/world/world.h"

#include <fmt/format.h>

#include <algorithm>

#include "datasets/scenes/world/layout.h"
#include "datasets/scenes/world/scene_random.h"

namespace vernier::scenes {
namespace {

constexpr double kSmallRadius = 0.1, kLargeRadius = 0.17;  // ratio 1.7
constexpr double kRadiusJitter = 0.03;
constexpr double kLetterHeight = 0.125;
constexpr int kPaintJitter = 15;
constexpr int kTriesWithSizes = 20;  // before large objects are made small

std::uint8_t shifted(std::uint8_t level, SceneRandom& random) {
  const int by = static_cast<int>(random.below(2 * kPaintJitter + 1)) - kPaintJitter;
  return static_cast<std::uint8_t>(std::clamp(level + by, 0, 255));
}

Rgb shifted(Rgb paint, SceneRandom& random) {
  return {shifted(paint.r, random), shifted(paint.g, random), shifted(paint.b, random)};
}

Rgb darker(Rgb paint) {
  const auto darken = [](std::uint8_t level) { return static_cast<std::uint8_t>(level * 2 / 5); };
  return {darken(paint.r), darken(paint.g), darken(paint.b)};
}

Background draw_background(const World& world, SceneRandom& random) {
  Background background;
  background.from = static_cast<std::uint8_t>(random.between(std::size_t{80}, std::size_t{200}));
  background.to = background.from;
  if (random.chance(world.gradients)) {
    background.gradient = true;
    background.sideways = random.chance(0.5);
    background.to = static_cast<std::uint8_t>(random.between(std::size_t{80}, std::size_t{200}));
  }
  return background;
}

void give_size(DrawnObject& object, Size size, SceneRandom& random) {
  object.size = size;
  object.radius = (size == Size::kSmall ? kSmallRadius : kLargeRadius) *
                  random.between(1 - kRadiusJitter, 1 + kRadiusJitter);
}

DrawnObject draw_object(const World& world, const std::vector<DrawnObject>& others,
                        SceneRandom& random) {
  DrawnObject object;
  object.shape = static_cast<Shape>(random.below(world.shapes));
  object.color = static_cast<Color>(random.below(kColors));
  give_size(object, static_cast<Size>(random.below(2)), random);
  object.pattern = static_cast<Pattern>(random.below(2));
  // Things that share a colour or a shape make questions that one attribute does not answer.
  if (random.chance(world.copies) && !others.empty()) {
    const DrawnObject& other = random.of(others);
    const bool copy_shape = random.chance(0.5);
    if (!other.is_sign() && copy_shape) object.shape = other.shape;
    if (!other.is_sign() && !copy_shape) object.color = other.color;
  }
  object.main = shifted(paint(object.color), random);
  object.second = darker(object.main);
  return object;
}

DrawnObject draw_sign(SceneRandom& random) {
  DrawnObject sign;
  sign.shape = Shape::kSign;
  sign.color = Color::kWhite;
  sign.size = Size::kLarge;
  sign.radius = kLetterHeight * random.between(1 - kRadiusJitter, 1 + kRadiusJitter);
  sign.main = paint(Color::kWhite);
  const auto ink = static_cast<std::uint8_t>(random.between(std::size_t{15}, std::size_t{60}));
  sign.second = {ink, ink, ink};
  sign.text = random.of(sign_words());
  return sign;
}

/// Lets a small object stand on a large square, which is made if need be.
void stack(std::vector<DrawnObject>& objects, SceneRandom& random) {
  DrawnObject& carrier = objects[objects.size() - 2];
  DrawnObject& rider = objects.back();
  if (carrier.is_sign()) return;
  carrier.shape = Shape::kSquare;
  give_size(carrier, Size::kLarge, random);
  give_size(rider, Size::kSmall, random);
  rider.on = objects.size() - 2;
  rider.level = 1;
}

void find_relations(DrawnScene& scene) {
  const auto add_axis = [&](std::size_t i, std::size_t j, double from, double to, Predicate before,
                            Predicate after) {
    const double margin = to - from;
    if (margin >= kRelationMargin) scene.relations.push_back({i, before, j, margin});
    if (-margin >= kRelationMargin) scene.relations.push_back({i, after, j, -margin});
  };
  for (std::size_t i = 0; i < scene.objects.size(); ++i) {
    for (std::size_t j = 0; j < scene.objects.size(); ++j) {
      if (i == j) continue;
      const DrawnObject &a = scene.objects[i], &b = scene.objects[j];
      if (a.on == j) scene.relations.push_back({i, Predicate::kOnTopOf, j, 0});
      if (b.on == i) scene.relations.push_back({i, Predicate::kUnder, j, 0});
      if (a.level != b.level) continue;
      add_axis(i, j, a.x, b.x, Predicate::kLeftOf, Predicate::kRightOf);
      add_axis(i, j, a.y, b.y, Predicate::kAbove, Predicate::kBelow);
    }
  }
}

}  // namespace

World full_world() { return {}; }

World small_world() {
  World world;
  world.name = "small";
  world.side = 64;
  world.most_objects = 4;
  world.shapes = 4;
  world.stacks = 0;
  return world;
}

DrawnScene draw_scene(const World& world, std::uint64_t seed, std::uint64_t number) {
  SceneRandom random(seed, number);
  DrawnScene scene;
  scene.number = number;
  scene.id = fmt::format("s{:07}", number);
  scene.background = draw_background(world, random);
  const std::size_t count = random.between(std::size_t{world.least_objects}, world.most_objects);
  if (random.chance(world.signs)) scene.objects.push_back(draw_sign(random));
  while (scene.objects.size() < count) {
    scene.objects.push_back(draw_object(world, scene.objects, random));
  }
  if (count >= 2 && random.chance(world.stacks)) stack(scene.objects, random);
  for (int attempt = 0; !lay_out(scene.objects, random); ++attempt) {
    if (attempt < kTriesWithSizes) continue;
    for (DrawnObject& object : scene.objects) {
      const bool carries = std::ranges::any_of(scene.objects, [&](const DrawnObject& other) {
        return other.on && &scene.objects[*other.on] == &object;
      });
      if (!object.is_sign() && !carries) give_size(object, Size::kSmall, random);
    }
  }
  find_relations(scene);
  return scene;
}

}  // namespace vernier::scenes
