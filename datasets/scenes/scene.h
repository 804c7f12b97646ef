// What is known of an image: things, what they are like, how they stand to one another.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vernier {

struct SceneObject {
  std::vector<std::string> names;  ///< at least one
  std::vector<std::string> attributes;
  std::optional<std::uint32_t> level = std::nullopt;  ///< of support: 0 stands on the floor
};

struct SceneRelation {
  std::uint32_t subject = 0;  ///< an object of the scene
  std::string predicate;      ///< "on top of"
  std::uint32_t object = 0;
};

/// What it means that a relation is not in the graph.
enum class GraphKind : std::uint8_t {
  kOpen,    ///< nothing: annotators write down what they think of
  kFull,    ///< it does not hold: a simulator has written all of them
  kPruned,  ///< nothing: most edges were taken out on purpose
};
/// open, full, pruned.
const char* graph_kind_name(GraphKind kind);

struct ImageScene {
  std::string id;
  std::uint64_t line = 0;
  std::vector<SceneObject> objects;
  std::vector<SceneRelation> relations;
  std::vector<std::string> texts;  ///< captions, references, passages
  GraphKind kind = GraphKind::kOpen;
  std::uint32_t null_texts =
      0;  ///< captions that are null: whatever should have written them failed

  bool has_graph() const { return !objects.empty(); }
};

}  // namespace vernier
