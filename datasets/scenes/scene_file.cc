#include "datasets/scenes/scene_file.h"

#include <filesystem>

#include "base/io/byte_source.h"
#include "base/printable.h"
#include "datasets/scenes/scene_builder.h"
#include "datasets/scenes/scene_folder.h"

namespace vernier {
namespace {

namespace fs = std::filesystem;

/// Adds the images of a file; `view` names one that does not say what it is called.
void add_file(const ObjectFile& file, const std::string& view, const SceneFileOptions& options,
              ImageList<ImageScene>& out) {
  const GraphFile by_name = graph_file_of(file.name());
  for_each_image(file, [&](const ObjectRecord& record) {
    ImageScene scene = SceneBuilder(record).build(graph_kind_of(by_name));
    if (scene.objects.empty() && scene.texts.empty() && scene.null_texts == 0) {
      record.refuse("expected objects, relations or texts of an image, found none");
    }
    if (options.kind) scene.kind = *options.kind;
    if (scene.id.empty()) scene.id = view;
    out.add(std::move(scene), file.name(), by_name);
  });
}

SceneFile read_folder(const std::string& path, const SceneFileOptions& options) {
  ImageList<ImageScene> images;
  for (const GraphPath& file : graph_files(path)) {
    add_file(ObjectFile::read(file.path), file.view, options, images);
  }
  return {printable(path, 4096), images.take()};
}

}  // namespace

SceneFile parse_scenes(std::string_view bytes, const std::string& name,
                       const SceneFileOptions& options) {
  ImageList<ImageScene> images;
  add_file(ObjectFile::parse(bytes, name), "", options, images);
  return {name, images.take()};
}

SceneFile read_scenes(const std::string& path, const SceneFileOptions& options) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return read_folder(path, options);
  const auto source = ByteSource::open(path);
  return parse_scenes(source->read_rest(), source->name(), options);
}

}  // namespace vernier
