// Scene graphs as drawings.
#include <gtest/gtest.h>

#include <algorithm>

#include "runners/explain/svg/scene_layout.h"
#include "runners/explain/svg/scene_svg.h"

namespace vernier {
namespace {

using Tuple = SpiceExplanation::Tuple;

const std::vector<Tuple> kTuples = {{{"man"}, 0},
                                    {{"horse"}, {}},
                                    {{"beach"}, {}},
                                    {{"horse", "brown"}, 3},
                                    {{"man", "ride", "horse"}, 4},
                                    {{"horse", "on", "beach"}, {}},
                                    {{"man", "on", "beach"}, {}},
                                    {{"beach", "near", "man"}, {}},
                                    {{"man", "look at", "man"}, {}}};

bool overlap(const SceneLayout::Box& a, const SceneLayout::Box& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

TEST(SceneLayout, SubjectsStandLeftOfObjectsAndNothingOverlaps) {
  const SceneLayout layout = lay_out(kTuples);
  ASSERT_GE(layout.boxes.size(), 3u);
  EXPECT_EQ(layout.boxes[0].name.text, "man");
  EXPECT_TRUE(layout.boxes[0].name.matched);
  EXPECT_EQ(layout.boxes[1].attributes.size(), 1u);
  EXPECT_EQ(layout.boxes[0].layer, 0u);
  EXPECT_EQ(layout.boxes[1].layer, 1u);
  EXPECT_EQ(layout.boxes[2].layer, 2u);
  // man - on - beach passes the column of the horse, which leaves room for it.
  const auto passing = std::ranges::find_if(
      layout.arrows, [](const auto& arrow) { return arrow.from == 0 && arrow.to == 2; });
  ASSERT_NE(passing, layout.arrows.end());
  EXPECT_EQ(passing->through.size(), 1u);
  for (std::size_t a = 0; a < layout.boxes.size(); ++a) {
    EXPECT_LE(layout.boxes[a].x + layout.boxes[a].width, layout.width + 1e-9);
    EXPECT_LE(layout.boxes[a].y + layout.boxes[a].height, layout.height + 1e-9);
    for (std::size_t b = 0; b < a; ++b) EXPECT_FALSE(overlap(layout.boxes[a], layout.boxes[b]));
  }
}

TEST(SceneLayout, OfNothingAndOfCircles) {
  EXPECT_TRUE(lay_out({}).boxes.empty());
  std::vector<Tuple> circle;
  for (int n = 0; n < 50; ++n) {
    circle.push_back({{std::to_string(n), "next to", std::to_string((n + 1) % 50)}, {}});
  }
  EXPECT_EQ(lay_out(circle).arrows.size(), 50u);
}

TEST(SceneSvg, IsADocumentAndEscapesWords) {
  SpiceExplanation spice;
  spice.candidate = kTuples;
  spice.candidate[0].parts[0] = "<script>";
  const std::string svg = scene_svg(spice);
  EXPECT_TRUE(svg.starts_with("<svg xmlns="));
  EXPECT_TRUE(svg.ends_with("</svg>\n"));
  EXPECT_EQ(svg.find("<script"), std::string::npos);
  EXPECT_NE(svg.find("&lt;script&gt;"), std::string::npos);
  EXPECT_NE(svg.find("candidate: 3 of 9 tuples matched"), std::string::npos);
  EXPECT_NE(svg.find("references: 0 of 0 tuples matched"), std::string::npos);
  EXPECT_EQ(svg, scene_svg(spice));
}

}  // namespace
}  // namespace vernier
