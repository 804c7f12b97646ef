// Scenes as COCO's annotations: instances (boxes, masks) and captions.
#pragma once

#include <string>
#include <string_view>

#include "datasets/scenes/render/picture.h"

namespace vernier::scenes {

/// The members of the lists of instances_*.json and captions_*.json, piece by piece, so that scenes
/// can be added in blocks. Ids of images are the numbers of scenes + 1; those of annotations are
/// image x 100 + object (COCO's tools take 0 for "none").
class CocoLists {
 public:
  /// `picture` is the scene drawn at any side, which becomes the size of the image.
  void add(const DrawnScene& scene, const Picture& picture, std::string_view caption);
  void append(const CocoLists& later);

  /// Whole files: {"images", "annotations", "categories"}; categories are the shapes.
  std::string instances() const;
  std::string captions() const;

 private:
  std::string images_, annotations_, captions_;
};

}  // namespace vernier::scenes
