// The classes that COCO's annotators outlined in each image (instances_val2014.json).
#pragma once

#include <string>
#include <vector>

namespace vernier {

struct CocoInstances {
  std::string name;                     ///< printable path
  std::vector<std::string> categories;  ///< names
  struct Image {
    std::string id;
    std::vector<std::size_t> categories;  ///< numbers, ascending, each once
  };
  std::vector<Image> images;  ///< images without outlines too, in the order of the file
};

/// Reads {"images": [{"id"}], "categories": [{"id", "name"}], "annotations": [{"image_id",
/// "category_id"}]} and passes over everything else: outlines are most of the file. Throws
/// Error(kUsage) for a path that cannot be opened, Error(kBadInput), FILE:LINE:, for what is not
/// like that.
CocoInstances read_coco_instances(const std::string& path);

}  // namespace vernier
