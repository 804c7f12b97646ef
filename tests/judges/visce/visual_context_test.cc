// What models write down about an image, well formed and not.
#include "judges/visce/context/visual_context.h"

#include <gtest/gtest.h>

#include <random>

namespace vernier::visce {
namespace {

using Texts = std::vector<std::string>;

TEST(VisualContext, ThreeSections) {
  const VisualContext c = read_context(
      "Objects:\n- circle\n- circle\nFeatures:\n- circle: small, cyan\n- circle: large, orange\n"
      "Relationships:\n- the cyan circle is below the orange circle",
      true);
  ASSERT_EQ(c.objects.size(), 2U);
  EXPECT_EQ(c.objects[0].features, Texts{"small, cyan"});
  EXPECT_EQ(c.objects[1].features, Texts{"large, orange"});
  EXPECT_EQ(c.relations, Texts{"the cyan circle is below the orange circle"});
  EXPECT_EQ(c.sections_found, (Texts{"objects", "features", "relationships"}));
  EXPECT_EQ(c.bullets, 5U);
  EXPECT_FALSE(c.truncated);
  EXPECT_FALSE(c.loop);
}

TEST(VisualContext, OtherMarks) {
  const VisualContext c = read_context(
      "Here is what I see.\n\n## Important Objects\n1. **Dog**: a brown terrier\n2) Ball\n\n"
      "**Features:**\n\xe2\x80\xa2 dog: short fur\n* tree: tall\n\n"
      "3. Relationships between objects:\n+ one chases the other",
      true);
  ASSERT_EQ(c.objects.size(), 3U);
  EXPECT_EQ(c.objects[0].name, "Dog");
  EXPECT_EQ(c.objects[0].description, "a brown terrier");
  EXPECT_EQ(c.objects[0].features, Texts{"short fur"});
  EXPECT_EQ(c.objects[2].name, "tree");
  EXPECT_EQ(c.relations, Texts{"one chases the other"});
}

TEST(VisualContext, ListsOnALine) {
  const VisualContext c = read_context("objects: red circle, blue star; sign.\n", true);
  ASSERT_EQ(c.objects.size(), 3U);
  EXPECT_EQ(c.objects[2].name, "sign");
  EXPECT_EQ(c.sections_found, Texts{"objects"});
}

TEST(VisualContext, ProseHasNoSections) {
  const VisualContext c = read_context("The image shows a dog. It is brown: very brown.", true);
  EXPECT_TRUE(c.sections_found.empty());
  EXPECT_EQ(c.bullets, 0U);
  EXPECT_EQ(c.text, "The image shows a dog. It is brown: very brown.");
}

TEST(VisualContext, CutAndLooping) {
  EXPECT_TRUE(read_context("Objects:\n- do", false).truncated);
  std::string text = "Objects:\n- dog\n";
  const std::size_t begin = text.size();
  for (int i = 0; i < 6; ++i) text += "the dog is brown and the dog is small and ";
  const VisualContext c = read_context(text, false);
  EXPECT_TRUE(c.loop);
  EXPECT_FALSE(c.truncated);
  // What stands before the first repeat stays.
  EXPECT_LT(c.text.size(), text.size() / 2);
  EXPECT_GT(c.text.size(), begin);
  EXPECT_EQ(find_loop("one two three"), std::string_view::npos);
}

TEST(VisualContext, AnyBytes) {
  std::mt19937 random(1);
  const std::string_view letters = "-*:#1.\n\n Objects Features \xe2\x80\xa2,;\xff\x00\t";
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (auto k = random() % 60; k > 0; --k) text += letters[random() % letters.size()];
    const VisualContext c = read_context(text, true);
    ASSERT_LE(c.text.size(), text.size());
  }
}

}  // namespace
}  // namespace vernier::visce
