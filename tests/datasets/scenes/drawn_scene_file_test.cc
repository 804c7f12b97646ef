// Drawn scenes, written and read back.
#include "datasets/scenes/input/drawn_scene_file.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/error.h"
#include "datasets/scenes/language/questions/conversation.h"
#include "datasets/scenes/output/scene_json.h"

namespace vernier::scenes {
namespace {

TEST(DrawnSceneFile, ReadsWhatWasWritten) {
  for (const World& world : {small_world(), full_world()}) {
    std::string text;
    std::vector<DrawnScene> drawn;
    for (std::uint64_t number = 0; number < 1000; ++number) {
      drawn.push_back(draw_scene(world, 41, number));
      append_scene(text, drawn.back(), world.side, {});
    }
    const std::vector<DrawnScene> read = parse_drawn_scenes(text, "scenes.jsonl");
    ASSERT_EQ(read.size(), drawn.size());
    const double half_a_step = 0.00501 / world.side;
    int other_words = 0;
    for (std::size_t s = 0; s < read.size(); ++s) {
      EXPECT_EQ(read[s].id, drawn[s].id);
      EXPECT_EQ(read[s].number, drawn[s].number);
      ASSERT_EQ(read[s].objects.size(), drawn[s].objects.size());
      for (std::size_t i = 0; i < read[s].objects.size(); ++i) {
        const DrawnObject &a = read[s].objects[i], &b = drawn[s].objects[i];
        EXPECT_EQ(a.shape, b.shape);
        EXPECT_EQ(a.color, b.color);
        EXPECT_EQ(a.size, b.size);
        EXPECT_EQ(a.pattern, b.pattern);
        EXPECT_EQ(a.text, b.text);
        EXPECT_EQ(a.level, b.level);
        EXPECT_EQ(a.on, b.on);
        EXPECT_EQ(a.main.g, b.main.g);
        EXPECT_NEAR(a.x, b.x, half_a_step);
        EXPECT_NEAR(a.y, b.y, half_a_step);
        EXPECT_NEAR(a.radius, b.radius, half_a_step);
        EXPECT_NEAR(a.box().top, b.box().top, 4 * half_a_step);
      }
      ASSERT_EQ(read[s].relations.size(), drawn[s].relations.size());
      for (std::size_t i = 0; i < read[s].relations.size(); ++i) {
        const DrawnRelation &a = read[s].relations[i], &b = drawn[s].relations[i];
        EXPECT_EQ(a.subject, b.subject);
        EXPECT_EQ(a.predicate, b.predicate);
        EXPECT_EQ(a.object, b.object);
        EXPECT_NEAR(a.margin, b.margin, half_a_step);
      }
      other_words += visual_context(read[s]).text != visual_context(drawn[s]).text;
    }
    // Where two margins differ by less than is written, the context may name the other axis.
    EXPECT_LE(other_words, 2);
  }
}

TEST(DrawnSceneFile, NamesWhatItCannotUse) {
  std::string text;
  append_scene(text, draw_scene(small_world(), 42, 0), 64, {});
  const std::string good = text;
  append_scene(text, draw_scene(small_world(), 42, 1), 64, {});
  const auto refused = [](const std::string& bytes, const std::string& message) {
    try {
      parse_drawn_scenes(bytes, "scenes.jsonl");
      FAIL() << "not refused: " << message;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ExitCode::kBadInput);
      EXPECT_NE(std::string(error.what()).find(message), std::string::npos) << error.what();
    }
  };
  const auto changed = [&](const std::string& from, const std::string& to) {
    std::string out = text;
    const std::size_t at = out.find(from, good.size());  // on line 2
    EXPECT_NE(at, std::string::npos) << from;
    return out.replace(at, from.size(), to);
  };
  refused(changed("\"shape\":\"", "\"shape\":\"x"), "scenes.jsonl:2: ");
  refused(changed("\"shape\":\"", "\"shape\":\"x"), "no shape of drawn scenes is called \"x");
  refused(changed("\"color\":\"", "\"color\":\"x"), "no color");
  refused(changed("\"predicate\":\"", "\"predicate\":\"x"), "no predicate");
  refused(changed("\"shape\"", "\"form\""), "expected \"shape\" in an object");
  refused(changed("\"level\":0", "\"level\":-1"), "\"level\" as a whole number");
  refused(changed("\"on\":null", "\"on\":9"), "\"on\": there is no object 9");
  refused(changed("\"subject\":", "\"subject\":7"), "there is no object 7");
  refused(changed("\"background\":[", "\"background\":[1,"), "expected 2 numbers");
  refused(changed("\"width\":64", "\"width\":0"), "width");
  refused(changed("\"center\":[", "\"center\":[null,"), "expected 2 numbers in \"center\"");
  refused(good + good, "there a second time");
  refused(R"({"image_id":"1","objects":["dog"],"relations":[]})", "not a drawn scene");
  refused("[1]", "scenes.jsonl:1");
  try {
    read_drawn_scenes("/none/scenes.jsonl");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kUsage);
  }
}

}  // namespace
}  // namespace vernier::scenes
