#include <fmt/format.h>

#include <memory>

#include "base/error.h"
#include "base/parallel.h"
#include "base/printable.h"
#include "datasets/annotations/coco_instances.h"
#include "datasets/ratings/reference_texts.h"
#include "judges/probes/object/words/object_finder.h"
#include "runners/probe/objects/object_options.h"

namespace vernier {
namespace {

using probes::ImageObjects;
using probes::ObjectVocabulary;

void add_instances(const std::string& path, const ObjectVocabulary& vocabulary,
                   ImageObjects& known) {
  const CocoInstances instances = read_coco_instances(path);
  std::vector<std::uint32_t> classes;
  for (const std::string& category : instances.categories) {
    const auto object = vocabulary.class_of_name(category);
    if (!object) {
      throw Error(ExitCode::kBadInput,
                  fmt::format("{}: expected categories that are classes of the table of synonyms, "
                              "found '{}'; --synonyms names another table",
                              instances.name, printable(category, 60)));
    }
    classes.push_back(*object);
  }
  std::vector<std::uint32_t> objects;
  for (const CocoInstances::Image& image : instances.images) {
    objects.clear();
    for (const std::size_t category : image.categories) objects.push_back(classes[category]);
    known.add(image.id, objects);
  }
}

void add_references(const ObjectOptions& options, const ObjectVocabulary& vocabulary,
                    const probes::LanguageTools& tools, unsigned threads, ImageObjects& known) {
  const ReferenceTexts references(options.references, {}, false);
  std::vector<std::vector<std::uint32_t>> objects(references.images().size());
  parallel_blocks(threads, objects.size(), 64, [&] {
    const auto finder =
        std::make_shared<probes::ObjectFinder>(vocabulary, options.normalisation, tools);
    return [&, finder](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        for (const std::string& text : references.of(i)) {
          for (const probes::Mention& one : finder->find(text).mentions) {
            objects[i].push_back(one.object);
          }
        }
      }
    };
  });
  for (std::size_t i = 0; i < objects.size(); ++i) known.add(references.images()[i], objects[i]);
}

}  // namespace

ImageObjects open_objects(const ObjectOptions& options, const ObjectVocabulary& vocabulary,
                          const probes::LanguageTools& tools, unsigned threads) {
  ImageObjects known;
  if (!options.objects.empty()) known = ImageObjects::read(options.objects, vocabulary);
  for (const std::string& path : options.instances) add_instances(path, vocabulary, known);
  if (!options.references.empty()) add_references(options, vocabulary, tools, threads, known);
  return known;
}

}  // namespace vernier
