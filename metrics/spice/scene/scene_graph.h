// The scene graph of one caption, or of all references of an image together: SPICE 1.0, Anderson
// et al., "SPICE: Semantic Propositional Image Caption Evaluation", ECCV 2016.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "metrics/spice/scene/concept.h"

namespace vernier::spice {

/// A part of what a graph claims: (object), (object, attribute) or (subject, relation, object).
struct SceneTuple {
  std::uint8_t parts = 1;
  AttributeGroup group = AttributeGroup::kNone;  ///< of an attribute that is one word
  std::uint32_t first = 0;                       ///< a node
  std::uint32_t link = 0;                        ///< an attribute or relation; not of an object
  std::uint32_t second = 0;                      ///< a node; of a relation
};

/// Nodes, attributes and relations grow together as tuples come: each joins the most similar of
/// those before it, so the order of tuples matters. SPICE visits nodes in an order that no two runs
/// of it share; ties go to the oldest here.
class SceneGraph {
 public:
  explicit SceneGraph(ConceptTexts& texts) : texts_(texts) {}
  /// Forgets all, keeps the memory.
  void clear() {
    node_count_ = link_count_ = 0;
    attributes_.clear();
    relations_.clear();
  }

  /// Adds a tuple as extraction has it: (object), (object, attribute) or (subject, object,
  /// predicate).
  void add(std::span<const TextId> tuple);

  /// All tuples: objects, then attributes, then relations, each as old as it is.
  void tuples(std::vector<SceneTuple>& out) const;
  const Concept& node(std::uint32_t number) const { return nodes_[number]; }
  const Concept& link(std::uint32_t number) const { return links_[number]; }
  std::size_t node_count() const { return node_count_; }

 private:
  struct Attribute {
    std::uint32_t node, link;
  };
  struct Relation {
    std::uint32_t subject, object, link;
  };
  std::uint32_t find_or_add_node(TextId text);
  void add_attribute(std::uint32_t node, TextId text);
  void add_relation(std::uint32_t subject, std::uint32_t object, TextId text);
  std::uint32_t new_link(TextId text);

  ConceptTexts& texts_;
  std::vector<Concept> nodes_, links_;  // the first so many are in use
  std::uint32_t node_count_ = 0, link_count_ = 0;
  std::vector<Attribute> attributes_;
  std::vector<Relation> relations_;
};

}  // namespace vernier::spice
