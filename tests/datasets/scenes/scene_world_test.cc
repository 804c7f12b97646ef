// Drawn scenes: chance, places, relations, pictures.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/hash.h"
#include "datasets/scenes/render/lettering.h"
#include "datasets/scenes/render/outline.h"
#include "datasets/scenes/render/picture.h"
#include "datasets/scenes/world/scene_random.h"
#include "datasets/scenes/world/world.h"

namespace vernier::scenes {
namespace {

TEST(SceneRandom, IsSplitMix64) {
  // Reference values of the published generator for a state of 0 before the first step.
  SceneRandom random(0, ~std::uint64_t{0});
  EXPECT_EQ(random.next(), 0xE220A8397B1DCDAFu);
  EXPECT_EQ(random.next(), 0x6E789E6AA1B965F4u);
  EXPECT_EQ(random.next(), 0x06C45D188009454Fu);
}

TEST(SceneRandom, ShufflesEvenly) {
  std::array<int, 6> seen{};
  for (std::uint64_t key = 0; key < 6000; ++key) {
    SceneRandom random(3, key);
    std::array<int, 3> items = {0, 1, 2};
    random.shuffle(items);
    ++seen[static_cast<std::size_t>(items[0] * 2 + (items[1] > items[2]))];
  }
  for (const int n : seen) EXPECT_NEAR(n, 1000, 120);
}

bool touch(const Box& a, const Box& b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

TEST(DrawScene, KeepsBoxesApartAndInside) {
  for (const World& world : {small_world(), full_world()}) {
    std::size_t stacked = 0, signs = 0;
    for (std::uint64_t number = 0; number < 2000; ++number) {
      const DrawnScene scene = draw_scene(world, 5, number);
      ASSERT_GE(scene.objects.size(), 1u);
      ASSERT_LE(scene.objects.size(), world.most_objects);
      for (std::size_t i = 0; i < scene.objects.size(); ++i) {
        const Box box = scene.objects[i].box();
        EXPECT_GT(box.left, 0);
        EXPECT_GT(box.top, 0);
        EXPECT_LT(box.right, 1);
        EXPECT_LT(box.bottom, 1);
        for (std::size_t j = 0; j < i; ++j) {
          const bool carries = scene.objects[i].on == j;
          EXPECT_TRUE(carries || !touch(box, scene.objects[j].box())) << number;
        }
        if (scene.objects[i].on) {
          ++stacked;
          const Box below = scene.objects[*scene.objects[i].on].box();
          EXPECT_NEAR(box.bottom, below.top, 1e-12);
          EXPECT_LT(box.left, below.right);
          EXPECT_GT(box.right, below.left);
          EXPECT_EQ(scene.objects[i].level, 1u);
        }
        signs += scene.objects[i].is_sign();
      }
    }
    EXPECT_NEAR(static_cast<double>(signs) / 2000, world.signs, 0.03);
    EXPECT_EQ(stacked > 0, world.stacks > 0);
  }
}

TEST(DrawScene, RelationsHaveOpposites) {
  for (std::uint64_t number = 0; number < 500; ++number) {
    const DrawnScene scene = draw_scene(full_world(), 1, number);
    for (const DrawnRelation& relation : scene.relations) {
      EXPECT_TRUE(scene.holds(relation.object, opposite(relation.predicate), relation.subject));
      EXPECT_FALSE(scene.holds(relation.object, relation.predicate, relation.subject));
    }
  }
}

TEST(DrawScene, IsTheSameWhateverWasDrawnBefore) {
  const DrawnScene once = draw_scene(full_world(), 9, 41);
  for (std::uint64_t number = 0; number < 41; ++number) draw_scene(full_world(), 9, number);
  const DrawnScene again = draw_scene(full_world(), 9, 41);
  ASSERT_EQ(once.objects.size(), again.objects.size());
  EXPECT_EQ(once.objects[0].x, again.objects[0].x);
  EXPECT_NE(draw_scene(full_world(), 10, 41).objects[0].x, once.objects[0].x);
}

TEST(Render, GivesTheSamePixelsEverywhere) {
  std::uint64_t hash = 0;
  for (std::uint64_t number = 0; number < 50; ++number) {
    const Picture picture = render(draw_scene(full_world(), 1, number), 96);
    hash = hash_more(hash, hash_bytes({reinterpret_cast<const char*>(picture.pixels.data()),
                                       picture.pixels.size()}));
    hash = hash_more(hash, hash_bytes({reinterpret_cast<const char*>(picture.instances.data()),
                                       picture.instances.size()}));
  }
  // Of x86-64 with GCC 12 at -O0 and -O3 and Clang 14: a change here changes every data set made.
  EXPECT_EQ(hash, 7218174366523596223u);
}

DrawnScene one(Shape shape, Pattern pattern) {
  DrawnObject object;
  object.shape = shape;
  object.pattern = pattern;
  object.x = object.y = 0.5;
  object.radius = 0.4;
  object.main = {200, 0, 0};
  object.second = {80, 0, 0};
  object.text = shape == Shape::kSign ? "AB" : "";
  if (shape == Shape::kSign) object.radius = 0.3;
  DrawnScene scene;
  scene.objects = {object};
  return scene;
}

/// Share of the picture that the object fills.
double filled(Shape shape) {
  const Picture picture = render(one(shape, Pattern::kSolid), 200);
  double sum = 0;
  for (const std::uint8_t instance : picture.instances) sum += instance;
  return sum / (200.0 * 200.0);
}

TEST(Render, FillsTheAreaOfEachShape) {
  constexpr double kUnit = 0.4 * 0.4, kPi = 3.14159265;
  EXPECT_NEAR(filled(Shape::kCircle), kUnit * kPi * 0.95 * 0.95, 0.002);
  EXPECT_NEAR(filled(Shape::kSquare), kUnit * 4 * 0.86 * 0.86, 0.005);
  EXPECT_NEAR(filled(Shape::kTriangle), kUnit * 1.8, 0.005);
  EXPECT_NEAR(filled(Shape::kPentagon), kUnit * 2.5 * 0.951057, 0.003);
  EXPECT_NEAR(filled(Shape::kRing), kUnit * kPi * (0.98 * 0.98 - 0.52 * 0.52), 0.003);
  // Ten triangles with sides 1 and 0.42 and the angle pi / 5 between them.
  EXPECT_NEAR(filled(Shape::kStar), kUnit * 5 * 0.42 * 0.587785, 0.003);
}

TEST(Render, StripesLeaveTheAnchorItsPaint) {
  for (const Shape shape : {Shape::kCircle, Shape::kSquare, Shape::kTriangle, Shape::kStar,
                            Shape::kPentagon, Shape::kRing}) {
    const DrawnScene scene = one(shape, Pattern::kStriped);
    const Picture picture = render(scene, 96);
    const auto [x, y] = scene.objects[0].anchor();
    const std::size_t pixel =
        static_cast<std::size_t>(y * 96) * 96 + static_cast<std::size_t>(x * 96);
    EXPECT_EQ(picture.pixels[pixel * 3], 200) << word(shape);
    EXPECT_EQ(picture.instances[pixel], 1) << word(shape);
    std::set<int> reds(picture.pixels.begin(), picture.pixels.end());
    EXPECT_TRUE(reds.contains(80)) << word(shape);
  }
}

TEST(Render, OutlinesStayInTheirBoxes) {
  for (unsigned s = 0; s < static_cast<unsigned>(Shape::kSign); ++s) {
    const auto shape = static_cast<Shape>(s);
    const Box box = outline_box(shape);
    for (int step = -1100; step <= 1100; ++step) {
      const double y = step / 1000.0;
      const Crossings row = outline_row(shape, y);
      EXPECT_EQ(row.count % 2, 0u);
      EXPECT_TRUE(row.count == 0 || (y >= box.top && y <= box.bottom)) << word(shape) << y;
      for (std::size_t i = 0; i < row.count; ++i) {
        EXPECT_GE(row.at[i], box.left - 1e-9) << word(shape);
        EXPECT_LE(row.at[i], box.right + 1e-9) << word(shape);
        EXPECT_LE(row.at[i > 0 ? i - 1 : 0], row.at[i]);
      }
    }
  }
}

TEST(Signs, LettersDiffer) {
  const auto letter = [](char c) {
    std::string bits;
    for (int y = 0; y < 24; ++y) {
      for (int x = 0; x < 20; ++x) {
        const std::string text(1, c);
        bits.push_back(sign_ink(text, (x - 9.5) / 24, (y - 11.5) / 24) == Ink::kLetter ? '#' : '.');
      }
    }
    return bits;
  };
  for (char a = 'A'; a <= 'Z'; ++a) {
    EXPECT_GT(std::ranges::count(letter(a), '#'), 60) << a;
    for (char b = 'A'; b < a; ++b) {
      int differing = 0;
      const std::string first = letter(a), second = letter(b);
      for (std::size_t i = 0; i < first.size(); ++i) differing += first[i] != second[i];
      EXPECT_GT(differing, 10) << a << b;
    }
  }
}

TEST(Signs, InkLiesOnTheBoard) {
  const Box board = board_box("STOP");
  for (double x = -4; x < 4; x += 0.01) {
    for (double y = -1; y < 1; y += 0.01) {
      const bool inside =
          x >= board.left && x <= board.right && y >= board.top && y <= board.bottom;
      EXPECT_EQ(sign_ink("STOP", x, y) != Ink::kNone, inside);
    }
  }
}

}  // namespace
}  // namespace vernier::scenes
