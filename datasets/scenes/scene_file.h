// Files of scene graphs and descriptions of images.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/scenes/scene.h"

namespace vernier {

struct SceneFile {
  std::string name;  ///< printable path
  std::vector<ImageScene> images;
};

struct SceneFileOptions {
  std::optional<GraphKind> kind;  ///< overrules what files say
};

/// Reads, told apart by their keys:
///   records   {"image_id", "objects": [NAME or {"name", "attributes"}], "relations" or "triplets":
///             [[S, P, O] or {"subject", "predicate", "object"} or "(S, P, O)"], "references"}
///   Visual Genome  scene_graphs.json, objects.json, relationships.json
///   GQA       {IMAGE: {"objects": {ID: {"name", "attributes", "relations"}}}}
///   Tri-HE    {IMAGE: {"triplets", "all_object"}}
///   Isaac Sim Replicator's scene graphs: any object with a list of labelled nodes and a list of
///             edges, also a folder of them (scene_folder.h): file names say full or pruned, and
///             the files of a view are one image, with the fullest of its graphs and all texts
/// The names of keys are those in scene_keys.h. Throws Error(kUsage) for a path that cannot be
/// opened and Error(kBadInput), FILE:LINE:, for what is none of these or is there twice.
SceneFile read_scenes(const std::string& path, const SceneFileOptions& options = {});

/// The same of bytes that were read already.
SceneFile parse_scenes(std::string_view bytes, const std::string& name,
                       const SceneFileOptions& options = {});

}  // namespace vernier
