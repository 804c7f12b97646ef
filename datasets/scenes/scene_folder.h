// Folders of scene graphs as a simulator leaves them: one file a view and kind of graph.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/printable.h"
#include "datasets/objects/object_file.h"
#include "datasets/scenes/scene.h"
#include "metrics/text/text_set.h"

namespace vernier {

/// What a file holds by its name: scene_graph_pruned_12.json, full_scene_graph.json, ...
enum class GraphFile : std::uint8_t { kOther, kFull, kPruned, kCaption };
GraphFile graph_file_of(std::string_view name);
/// That of graphs that do not say theirs.
GraphKind graph_kind_of(GraphFile file);

struct GraphPath {
  std::string path;
  std::string view;  ///< what its image is called where the file does not say
};

/// The graphs of a folder in order: the .json files in it (but synth.json, which `vernier synth`
/// leaves), else those in caption_full_json, caption_pruned_json and caption, else those in all
/// folders named Captions, however deep. A file without image id is of the frame whose number ends
/// its name, behind what stands before "scene_graph" ("7_Camera_12"); full_scene_graph.json and its
/// like are of the view that the folders above are called after. Throws Error(kBadInput) where
/// there is no file.
std::vector<GraphPath> graph_files(const std::string& folder);

/// Calls `visit(record)` for each image of a file: its records, or the members of an object of
/// objects.
template <class Visit>
void for_each_image(const ObjectFile& file, Visit visit) {
  const auto is_graph = [](const ObjectRecord& record) {
    return record.find({"objects", "nodes", "edges"}) != nullptr;
  };
  // {"edges": {...}} would be keyed too; a scene of its own is told by its keys.
  if (file.is_keyed() && !is_graph(file.records().front())) {
    for (const ObjectRecord& member : file.members()) visit(member);
  } else {
    for (const ObjectRecord& record : file.records()) visit(record);
  }
}

/// Images, each once. Files of different kinds that are about one view become one image: `merge`
/// takes what the later one has.
template <class Image>
class ImageList {
 public:
  /// Throws Error(kBadInput) for an image that a file of that kind had already.
  void add(Image image, const std::string& file_name, GraphFile file) {
    const auto bit = static_cast<std::uint8_t>(1U << static_cast<unsigned>(file));
    if (!image.id.empty()) {
      const auto [known, fresh] = by_id_.try_emplace(image.id, images_.size());
      if (!fresh) {
        std::uint8_t& seen = seen_[known->second];
        if (file == GraphFile::kOther || (seen & (bit | 1U)) != 0) {
          throw Error(ExitCode::kBadInput,
                      fmt::format("{}:{}: image {} is there a second time", file_name, image.line,
                                  printable(image.id, 60)));
        }
        seen |= bit;
        merge(images_[known->second], std::move(image));
        return;
      }
    }
    images_.push_back(std::move(image));
    seen_.push_back(bit);
  }
  std::vector<Image> take() { return std::move(images_); }

 private:
  std::vector<Image> images_;
  std::vector<std::uint8_t> seen_;  // bits of GraphFile, by image
  text::TextMap<std::size_t> by_id_;
};

/// The fuller of two graphs of a view, the texts and nulls of both.
void merge(ImageScene& scene, ImageScene&& other);
/// Whether a graph of `a` says more than one of `b`: full before open before pruned.
bool says_more(GraphKind a, GraphKind b);

}  // namespace vernier
