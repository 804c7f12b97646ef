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
// Of an object.
inline constexpr std::array<View, 5> kName = {"name", "names", "label", "class", "category"};
inline constexpr std::array<View, 5> kObjectId = {"object_id", "id", "node_id", "prim_path",
                                                  "path"};
inline constexpr std::array<View, 2> kAttributes = {"attributes", "properties"};
// Of a relation.
inline constexpr std::array<View, 5> kPredicate = {"predicate", "relation", "relationship", "label",
                                                   "name"};
inline constexpr std::array<View, 6> kSubject = {"subject", "subject_id", "source",
                                                 "from",    "parent",     "src"};
inline constexpr std::array<View, 6> kObject = {"object", "object_id", "target",
                                                "to",     "child",     "dst"};

}  // namespace vernier::scene_keys
