// Scene graphs as the field writes them.
#include "datasets/scenes/scene_file.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "tests/support/command.h"

namespace vernier {
namespace {

SceneFile parse(const std::string& text) { return parse_scenes(text, "file"); }

/// "man riding horse; ..." of a scene.
std::string relations(const ImageScene& scene) {
  std::string out;
  for (const SceneRelation& one : scene.relations) {
    out += (out.empty() ? "" : "; ") + scene.objects[one.subject].names.front() + " " +
           one.predicate + " " + scene.objects[one.object].names.front();
  }
  return out;
}

void refuses(const std::string& text, const std::string& message) {
  try {
    parse(text);
    FAIL() << text;
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kBadInput);
    EXPECT_NE(std::string(error.what()).find(message), std::string::npos) << error.what();
  }
}

TEST(SceneFiles, Records) {
  const SceneFile file = parse(R"~({"image_id": 7,
      "objects": ["Man", {"name": "horse", "attributes": ["Brown"]}],
      "relations": [["man", "riding", "horse"],
                    {"subject": "horse", "predicate": "on", "object": "beach"},
                    "(man, wearing, a red, warm hat)"],
      "references": ["A man."]})~");
  ASSERT_EQ(file.images.size(), 1u);
  const ImageScene& scene = file.images[0];
  EXPECT_EQ(scene.id, "7");
  EXPECT_EQ(relations(scene), "man riding horse; horse on beach; man wearing a red, warm hat");
  EXPECT_EQ(scene.objects[1].attributes, std::vector<std::string>{"brown"});
  EXPECT_EQ(scene.texts.size(), 1u);
  EXPECT_EQ(scene.kind, GraphKind::kOpen);
}

TEST(SceneFiles, VisualGenome) {
  const SceneFile file =
      parse(R"([{"image_id": 1, "objects": [{"object_id": 10, "names": ["man", "guy"]}, )"
            R"({"object_id": 11, "names": ["man"]}, {"object_id": 12, "name": "bike"}], )"
            R"("relationships": [{"predicate": "ON", "subject_id": 11, "object_id": 12}]}, )"
            R"({"image_id": 2, "relationships": [{"predicate": "has", "subject": {"name": "dog", )"
            R"("object_id": 1}, "object": {"names": ["tail"], "object_id": 2}}]}])");
  ASSERT_EQ(file.images.size(), 2u);
  EXPECT_EQ(file.images[0].objects.size(), 3u);
  EXPECT_EQ(file.images[0].relations[0].subject, 1u) << "by id, not by name";
  EXPECT_EQ(relations(file.images[0]), "man on bike");
  EXPECT_EQ(relations(file.images[1]), "dog has tail");
}

TEST(SceneFiles, Gqa) {
  const SceneFile file = parse(
      R"({"2407890": {"width": 640, "objects": {"271": {"name": "mirror", "attributes": ["large"], )"
      R"("relations": [{"name": "to the left of", "object": "272"}]}, )"
      R"("272": {"name": "wall", "attributes": [], "relations": []}}}})");
  ASSERT_EQ(file.images.size(), 1u);
  EXPECT_EQ(file.images[0].id, "2407890");
  EXPECT_EQ(relations(file.images[0]), "mirror to the left of wall");
  EXPECT_EQ(file.images[0].objects[0].attributes, std::vector<std::string>{"large"});
}

TEST(SceneFiles, TriHe) {
  const SceneFile file = parse(
      R"~({"5": {"instance": [], "triplets": ["(laptop, is, black)"], "all_object": ["laptop", "pen"]}})~");
  EXPECT_EQ(file.images[0].objects.size(), 3u);
  EXPECT_EQ(relations(file.images[0]), "laptop is black");
}

TEST(SceneFiles, Simulator) {
  const tests::TemporaryFolder folder;
  const std::string graph =
      R"({"nodes": [{"id": 0, "label": "Pallet_Jack", "bbox": [0, 0, 9, 9]}, )"
      R"({"id": 1, "prim_path": "/World/Boxes/box_a", "label": null}], )"
      R"("edges": [{"source": 0, "target": 1, "relation": "carries"}], "global_caption": null, )"
      R"("brief_caption": "A pallet jack."})";
  folder.write("scene_graph_pruned_12.json", graph);
  folder.write("scene_graph_full_13.json", graph);
  const SceneFile file = read_scenes(folder.path("."));
  ASSERT_EQ(file.images.size(), 2u);
  EXPECT_EQ(file.images[0].id, "13");
  EXPECT_EQ(file.images[0].kind, GraphKind::kFull);
  EXPECT_EQ(file.images[1].id, "12");
  EXPECT_EQ(file.images[1].kind, GraphKind::kPruned);
  EXPECT_EQ(relations(file.images[0]), "pallet jack carries box a");
  EXPECT_EQ(file.images[0].null_texts, 1u);
  EXPECT_EQ(file.images[0].texts, std::vector<std::string>{"A pallet jack."});
  SceneFileOptions open;
  open.kind = GraphKind::kOpen;
  EXPECT_EQ(read_scenes(folder.path("."), open).images[0].kind, GraphKind::kOpen);
}

TEST(SceneFiles, RefuseWhatIsNone) {
  refuses("", "holds no records");
  refuses(R"({"image_id": 1})", "expected objects, relations or texts");
  refuses(R"({"image_id": 1, "objects": 3})", "expected a list of objects");
  refuses(R"({"image_id": 1, "objects": [{}]})", "expected a name for every object");
  refuses(R"({"image_id": 1, "relations": [["a", "b"]]})", "[subject, predicate, object]");
  refuses(R"~({"image_id": 1, "relations": ["(a, b)"]})~", "expected a triplet");
  refuses(R"({"image_id": 1, "relations": [{"subject": 4, "predicate": "on", "object": "b"}]})",
          "expected the id or name of an object");
  refuses(R"([{"image_id": 1, "objects": ["a"]}, {"image_id": 1, "objects": ["b"]}])",
          "is there a second time");
  const tests::TemporaryFolder folder;
  EXPECT_THROW(read_scenes(folder.path(".")), Error);
  EXPECT_THROW(read_scenes(folder.path("none.json")), Error);
}

}  // namespace
}  // namespace vernier
