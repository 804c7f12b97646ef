// Makes a scene of what a file says of an image.
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "datasets/objects/object_file.h"
#include "datasets/scenes/scene.h"
#include "metrics/text/text_set.h"

namespace vernier {

class SceneBuilder {
 public:
  explicit SceneBuilder(const ObjectRecord& record) : record_(record) {}

  /// Reads all that is in the record. Throws Error(kBadInput).
  ImageScene build();

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
  text::TextMap<std::uint32_t> by_id_, by_name_;
  struct Inner {  // of GQA: a relation written with its subject
    std::uint32_t subject;
    const Value* relation;
  };
  std::vector<Inner> inner_;
};

}  // namespace vernier
