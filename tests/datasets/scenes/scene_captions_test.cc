// Captions of drawn scenes: descriptions, ratings, faults.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "datasets/scenes/language/captions/candidates.h"

namespace vernier::scenes {
namespace {

DrawnObject object(Shape shape, Color color, Size size, Pattern pattern, double x, double y) {
  DrawnObject out;
  out.shape = shape;
  out.color = color;
  out.size = size;
  out.pattern = pattern;
  out.x = x;
  out.y = y;
  out.radius = 0.1;
  return out;
}

DrawnObject sign(const std::string& text, double x, double y) {
  DrawnObject out = object(Shape::kSign, Color::kWhite, Size::kLarge, Pattern::kSolid, x, y);
  out.text = text;
  return out;
}

/// A large striped blue star left of a small red circle, which is above a sign.
DrawnScene scene() {
  DrawnScene out;
  out.id = "s0000000";
  out.objects = {object(Shape::kCircle, Color::kRed, Size::kSmall, Pattern::kSolid, 0.7, 0.3),
                 object(Shape::kStar, Color::kBlue, Size::kLarge, Pattern::kStriped, 0.2, 0.35),
                 sign("STOP", 0.72, 0.8)};
  out.relations = {{1, Predicate::kLeftOf, 0, 0.5},  {0, Predicate::kRightOf, 1, 0.5},
                   {0, Predicate::kAbove, 2, 0.5},   {2, Predicate::kBelow, 0, 0.5},
                   {1, Predicate::kAbove, 2, 0.45},  {2, Predicate::kBelow, 1, 0.45},
                   {1, Predicate::kLeftOf, 2, 0.52}, {2, Predicate::kRightOf, 1, 0.52}};
  return out;
}

Description item(const std::string& size, const std::string& pattern, Color color, Shape shape) {
  Description out;
  if (!size.empty()) out.size = size == "small" ? Size::kSmall : Size::kLarge;
  if (!pattern.empty()) out.pattern = Pattern::kStriped;
  out.color = color;
  out.shape = shape;
  return out;
}

TEST(Description, FitsWhatItSays) {
  const DrawnScene s = scene();
  EXPECT_TRUE(item("small", "", Color::kRed, Shape::kCircle).fits(s.objects[0]));
  EXPECT_FALSE(item("large", "", Color::kRed, Shape::kCircle).fits(s.objects[0]));
  EXPECT_EQ(item("large", "striped", Color::kBlue, Shape::kStar).words(),
            "large striped blue star");
  EXPECT_EQ(item("", "", Color::kOrange, Shape::kRing).words_with_article(), "an orange ring");
  Description nothing;
  EXPECT_EQ(nothing.words(true), "objects");
  EXPECT_EQ(referents(s, nothing).size(), 3u);
  Description large;
  large.size = Size::kLarge;
  EXPECT_EQ(referents(s, large).size(), 1u) << "size is not spoken of with signs";
}

TEST(Description, SinglesOut) {
  DrawnScene s = scene();
  s.objects.push_back(object(Shape::kCircle, Color::kRed, Size::kLarge, Pattern::kSolid, 0.2, 0.8));
  for (std::uint64_t key = 0; key < 50; ++key) {
    SceneRandom random(1, key);
    const auto small = single_out(s, 0, 0, random);
    ASSERT_TRUE(small);
    EXPECT_EQ(small->words(), "small circle");
    EXPECT_FALSE(single_out(s, 0, attribute_set({Attribute::kSize}), random));
    const auto star = single_out(s, 1, attribute_set({Attribute::kColor}), random);
    ASSERT_TRUE(star);
    EXPECT_EQ(star->words(), "star");
  }
}

TEST(Captions, SayThePlan) {
  const DrawnScene s = scene();
  SceneRandom random(1, 1);
  const CaptionPlan truth = true_plan(s, 0, random);
  const Utterance list = caption_text(s, truth, CaptionStyle::kList);
  EXPECT_EQ(list.text,
            "A large striped blue star, a small red circle and a sign that says \"STOP\".");
  ASSERT_EQ(list.mentions.size(), 3u);
  EXPECT_EQ(list.text.substr(list.mentions[1].start, list.mentions[1].end - list.mentions[1].start),
            "small red circle");
  ASSERT_EQ(list.mentions[1].referents.size(), 1u);
  EXPECT_EQ(list.mentions[1].referents[0].object, 0u);
  EXPECT_EQ(graph_score(s, truth).rating, 100);

  CaptionPlan two{{truth.items[0], truth.items[1]}, {{0, Predicate::kLeftOf, 1}}};
  EXPECT_EQ(caption_text(s, two, CaptionStyle::kRelation).text,
            "A large striped blue star is to the left of a small red circle.");
  EXPECT_EQ(caption_text(s, two, CaptionStyle::kThere).text,
            "There is a large striped blue star and a small red circle. The blue star is to the "
            "left of the red circle.");
  EXPECT_EQ(caption_text(s, {{truth.items[1], truth.items[1]}, {}}, CaptionStyle::kShows).text,
            "The image shows a small red circle and another small red circle.");
}

struct Rated {
  const char* what;
  CaptionPlan plan;
  int rating;
};

TEST(GraphScore, IsWorkedOutByHand) {
  const DrawnScene s = scene();
  // Objects 3; attributes of the whole truth: circle 2, star 3, sign 1 = 6.
  const Description circle = item("small", "", Color::kRed, Shape::kCircle);
  const Description star = item("large", "striped", Color::kBlue, Shape::kStar);
  Description stop;
  stop.shape = Shape::kSign;
  stop.text = "STOP";
  Description exit = stop;
  exit.text = "EXIT";
  Description plain = star;
  plain.pattern.reset();
  const Description invented = item("small", "", Color::kGreen, Shape::kSquare);
  const std::vector<Rated> cases = {
      {"nothing", {}, 0},
      {"all", {{star, circle, stop}, {}}, 100},
      {"no stripes: A = 10/11", {{plain, circle, stop}, {}}, 95},
      // O = 2 * 2 / 5 = 0.8, A = 2 * 5 / 11 = 0.909
      {"no sign", {{star, circle}, {}}, 85},
      // O = 1, A = 2 * 5 / 12 = 0.833
      {"wrong word", {{star, circle, exit}, {}}, 90},
      // O = 2 * 3 / 7 = 0.857, A = 2 * 6 / 14 = 0.857
      {"invented", {{star, circle, stop, invented}, {}}, 85},
      // O = 0, A = 0
      {"nothing right", {{invented}, {}}, 0},
      {"a relation that holds", {{star, circle, stop}, {{0, Predicate::kLeftOf, 1}}}, 100},
      {"the other way round", {{star, circle, stop}, {{1, Predicate::kLeftOf, 0}}}, 80},
      {"of two relations one",
       {{star, circle, stop}, {{0, Predicate::kLeftOf, 1}, {2, Predicate::kAbove, 1}}},
       90},
      // 0.8 * (0.857 + 0.857) / 2 + 0 = 0.686
      {"a relation with what is not there",
       {{star, circle, stop, invented}, {{3, Predicate::kLeftOf, 1}}},
       70},
      // Two stars are said, there is one: O = 2 * 1 / 5, A = 2 * 3 / (5 + 6)
      {"one too many", {{plain, star}, {}}, 45},
  };
  for (const Rated& one : cases) {
    EXPECT_EQ(graph_score(s, one.plan).rating, one.rating) << one.what;
  }
}

TEST(GradedCaptions, FaultsLowerTheRating) {
  const World world = full_world();
  std::map<std::string, int> kinds;
  for (std::uint64_t number = 0; number < 1000; ++number) {
    const DrawnScene drawn = draw_scene(world, 2, number);
    const DrawnScene other = draw_scene(world, 2, number + 5000);
    SceneRandom random(7, number);
    for (const Candidate& candidate : graded_captions(world, drawn, other, random)) {
      ++kinds[candidate.kind];
      if (candidate.kind == "correct" || candidate.kind == "verbose") {
        EXPECT_EQ(candidate.score.rating, 100) << candidate.caption.text;
      } else if (candidate.kind == "empty") {
        EXPECT_EQ(candidate.score.rating, 0);
        EXPECT_TRUE(candidate.caption.text.empty());
      } else if (candidate.kind != "mixed" && candidate.kind != "other image") {
        EXPECT_LT(candidate.score.rating, 100) << drawn.id << ": " << candidate.caption.text;
      }
    }
  }
  for (const char* kind : {"correct", "verbose", "empty", "mixed", "other image", "invented object",
                           "wrong attribute"}) {
    EXPECT_GT(kinds[kind], 990) << kind;
  }
  // A single object can be neither left out nor related.
  for (const char* kind : {"missing object", "wrong relation", "swapped arguments"}) {
    EXPECT_GT(kinds[kind], 700) << kind;
  }
}

TEST(RatedCaptions, CoverTheScale) {
  const World world = small_world();
  std::array<int, 5> fifths{};
  for (std::uint64_t number = 0; number < 3000; ++number) {
    const DrawnScene drawn = draw_scene(world, 3, number);
    const DrawnScene other = draw_scene(world, 3, number + 5000);
    SceneRandom random(8, number);
    const int rating = rated_caption(world, drawn, other, random).score.rating;
    EXPECT_EQ(rating % 5, 0);
    ++fifths[static_cast<std::size_t>(std::min(rating / 20, 4))];
  }
  for (const int n : fifths) EXPECT_GT(n, 300);
}

}  // namespace
}  // namespace vernier::scenes
