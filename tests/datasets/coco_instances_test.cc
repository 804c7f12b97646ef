// COCO's instances, of which only ids and categories are taken.
#include "datasets/annotations/coco_instances.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "tests/support/command.h"

namespace vernier {
namespace {

class CocoInstancesTest : public testing::Test {
 protected:
  CocoInstances read(const std::string& text) const {
    return read_coco_instances(folder_.write("instances.json", text));
  }
  void refuses(const std::string& text, const std::string& message) const {
    try {
      read(text);
      FAIL() << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ExitCode::kBadInput);
      EXPECT_NE(std::string(error.what()).find(message), std::string::npos) << error.what();
    }
  }
  tests::TemporaryFolder folder_;
};

TEST_F(CocoInstancesTest, TakesEachCategoryOnce) {
  const CocoInstances file = read(
      R"({"info": {"year": 2014}, "annotations": [
           {"segmentation": [[1.5, 2], {"counts": [1]}], "image_id": 9, "category_id": 18, "id": 1},
           {"image_id": 9, "category_id": 1}, {"image_id": 9, "category_id": 18}],
         "images": [{"id": 8, "file_name": "a.jpg"}, {"id": 9}],
         "categories": [{"supercategory": "x", "id": 18, "name": "dog"}, {"id": 1, "name": "person"}]})");
  EXPECT_EQ(file.categories, (std::vector<std::string>{"dog", "person"}));
  ASSERT_EQ(file.images.size(), 2u);
  EXPECT_EQ(file.images[0].id, "9");
  EXPECT_EQ(file.images[0].categories, (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(file.images[1].id, "8");
  EXPECT_TRUE(file.images[1].categories.empty());
}

TEST_F(CocoInstancesTest, RefusesWhatIsNone) {
  refuses("", "expected an object");
  refuses("[]", "expected an object");
  refuses("{}", "expected \"images\" and \"annotations\"");
  refuses(R"({"annotations": [{"image_id": 1}]})", "a category_id in every annotation");
  refuses("{\"annotations\":\n[{\"image_id\": 1, \"category_id\": 3}], \"categories\": []}",
          "every category_id among the categories");
  refuses(R"({"categories": [{"id": 1}]})", "an id and a name");
  refuses("{\"images\": [{\"id\": 1}],\n \"annotations\": [{", "instances.json:2:");
  refuses(R"({"images": [{"id": {}}]})", "expected an id");
}

}  // namespace
}  // namespace vernier
