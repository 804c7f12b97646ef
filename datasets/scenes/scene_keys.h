// What the parts of scene graphs are called in the files of the field.
#pragma once

#include <array>
#include <string_view>

namespace vernier::scene_keys {

using View = std::string_view;

inline constexpr std::array<View, 4> kImage = {"image_id", "id", "image", "img_id"};
inline constexpr std::array<View, 4> kObjects = {"objects", "nodes", "all_object", "vertices"};
inline constexpr std::array<View, 5> kRelations = {"relations", "relationships", "triplets",
                                                   "edges", "links"};
inline constexpr std::array<View, 7> kTexts = {"references",      "captions",       "evidence",
                                               "relevant_chunks", "global_caption", "brief_caption",
                                               "caption"};
/// Question-answer pairs: no texts about the image, but null where they could not be made.
inline constexpr std::array<View, 1> kPairs = {"sft_qa"};
inline constexpr std::array<View, 2> kWidth = {"width", "image_width"};
inline constexpr std::array<View, 2> kHeight = {"height", "image_height"};
// Of an object.
inline constexpr std::array<View, 5> kName = {"name", "names", "label", "class", "category"};
inline constexpr std::array<View, 5> kObjectId = {"object_id", "id", "node_id", "prim_path",
                                                  "path"};
inline constexpr std::array<View, 2> kPath = {"prim_path", "path"};
inline constexpr std::array<View, 3> kAiLabel = {"ai_label", "asset_label", "database_label"};
inline constexpr std::array<View, 2> kAttributes = {"attributes", "properties"};
/// [x, y, width, height], or an object of such members, or of corners.
inline constexpr std::array<View, 7> kBox = {
    "bbox", "box", "bbox_2d", "bbox2d", "bounding_box", "bounding_box_2d", "bounding_box2d"};
/// [x0, y0, x1, y1]
inline constexpr std::array<View, 3> kCorners = {"bbox_xyxy", "box_xyxy", "xyxy"};
inline constexpr std::array<View, 4> kLeft = {"x", "x0", "x_min", "left"};
inline constexpr std::array<View, 4> kTop = {"y", "y0", "y_min", "top"};
inline constexpr std::array<View, 3> kRight = {"x1", "x_max", "right"};
inline constexpr std::array<View, 3> kBottom = {"y1", "y_max", "bottom"};
inline constexpr std::array<View, 2> kBoxWidth = {"w", "width"};
inline constexpr std::array<View, 2> kBoxHeight = {"h", "height"};
/// [x, y] or [x, y, z]
inline constexpr std::array<View, 5> kCentre = {"center", "centre", "centroid", "position",
                                                "translation"};
inline constexpr std::array<View, 2> kLevel = {"level", "support_level"};
/// What it stands on: an object, null for the floor.
inline constexpr std::array<View, 4> kCarrier = {"on", "parent", "supported_by", "parent_id"};
// Of a relation.
inline constexpr std::array<View, 5> kPredicate = {"predicate", "relation", "relationship", "label",
                                                   "name"};
inline constexpr std::array<View, 6> kSubject = {"subject", "subject_id", "source",
                                                 "from",    "parent",     "src"};
inline constexpr std::array<View, 6> kObject = {"object", "object_id", "target",
                                                "to",     "child",     "dst"};
inline constexpr std::array<View, 2> kDistance = {"distance", "dist"};
inline constexpr std::array<View, 1> kMargin = {"margin"};

}  // namespace vernier::scene_keys
