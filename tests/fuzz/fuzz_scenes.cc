// Any bytes as scene graphs, as COCO's instances and as marked texts: what is read hangs together,
// or there is one Error(kBadInput) of one line.
#include <string>

#include "base/error.h"
#include "datasets/annotations/coco_instances.h"
#include "datasets/scenes/scene_file.h"
#include "judges/probes/words/labelled/labelled_texts.h"
#include "tests/fuzz/input.h"

namespace {

using namespace vernier;
using fuzz::require;

void check(const SceneFile& file) {
  require(!file.images.empty());
  for (const ImageScene& scene : file.images) {
    fuzz::require_utf8(scene.id);
    for (const SceneObject& object : scene.objects) {
      require(!object.names.empty());
      for (const std::string& name : object.names) {
        require(!name.empty());
        fuzz::require_utf8(name);
      }
      for (const std::string& attribute : object.attributes) fuzz::require_utf8(attribute);
    }
    for (const SceneRelation& relation : scene.relations) {
      require(relation.subject < scene.objects.size());
      require(relation.object < scene.objects.size());
      fuzz::require_utf8(relation.predicate);
    }
    for (const std::string& text : scene.texts) fuzz::require_utf8(text);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const std::uint8_t kind = input.byte() % 3;
  const std::string text(input.rest());
  if (kind == 0) {
    fuzz::answered_or_refused([&] { check(parse_scenes(text, "input")); });
    return 0;
  }
  const fuzz::MemoryFile file(text);
  if (kind == 1) {
    fuzz::answered_or_refused([&] {
      const CocoInstances instances = read_coco_instances(file.path());
      require(!instances.images.empty());
      for (const CocoInstances::Image& image : instances.images) {
        for (std::size_t i = 0; i < image.categories.size(); ++i) {
          require(image.categories[i] < instances.categories.size());
          require(i == 0 || image.categories[i - 1] < image.categories[i]);
        }
      }
    });
    return 0;
  }
  fuzz::answered_or_refused([&] {
    const probes::LabelledTexts texts = probes::read_labelled_texts(file.path());
    require(texts.images.size() == texts.references.size());
    for (const probes::LabelledText& one : texts.texts) {
      require(one.image < texts.images.size());
      fuzz::require_utf8(one.text);
      for (const probes::CharacterRange place : one.places) {
        require(place.begin <= place.end && place.end <= one.text.size());
      }
    }
  });
  return 0;
}
