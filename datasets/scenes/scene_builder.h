// Makes a scene of what a file says of an image.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "datasets/objects/object_file.h"
#include "datasets/scenes/scene.h"
#include "metrics/text/text_set.h"

namespace vernier {

/// The first member of an object that is there and not null; null where there is none.
const Value* find_first(const Value& object, std::span<const std::string_view> names);
/// A label as captions have it: lower case, blanks for '_', none at its ends.
std::string scene_name(std::string_view label);
/// The last part of a prim path: "/World/Boxes/box_a" is "box_a". Empty without '/'.
std::string_view last_path_part(std::string_view path);

/// What a file says of each object and relation of a scene: null for objects that stand in
/// relations only. Parts of the record.
struct SceneSources {
  std::vector<const Value*> objects, relations;
};

class SceneBuilder {
 public:
  explicit SceneBuilder(const ObjectRecord& record) : record_(record) {}

  /// Reads all that is in the record; `kind` is that of a graph that does not say which it is.
  /// Throws Error(kBadInput).
  ImageScene build(GraphKind kind = GraphKind::kOpen);

  // After build():

  const SceneSources& sources() const { return sources_; }
  /// The object with this id or name.
  std::optional<std::uint32_t> find_object(const Value& value) const;

 private:
  void add_objects(const Value& list);
  void add_object(const Value& value, std::string_view id);
  void add_relations(const Value& list);
  void add_relation(const Value& value);
  void add_texts();
  /// An object of a relation, by the id or the name that stands there.
  std::uint32_t object_of(const Value& value);
  std::uint32_t object_named(std::string_view name);
  std::vector<std::string> names_of(const Value& value) const;
  std::vector<std::string> strings(const Value& value, std::string_view what) const;
  void add_triplet(std::string_view triplet);

  const ObjectRecord& record_;
  ImageScene scene_;
  SceneSources sources_;
  text::TextMap<std::uint32_t> by_id_, by_name_;
  struct Inner {  // of GQA: a relation written with its subject
    std::uint32_t subject;
    const Value* relation;
  };
  std::vector<Inner> inner_;
};

}  // namespace vernier
