// What is known of an image, ready to be asked.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/scenes/scene.h"
#include "judges/probes/relation/noun_match.h"
#include "judges/probes/relation/predicates.h"
#include "judges/probes/scene/fact.h"

namespace vernier::probes {

struct TruthEdge {
  std::uint32_t subject = 0, object = 0;
  std::string predicate;  ///< canonical
};

class TruthGraph {
 public:
  /// Of an annotated or simulated graph.
  TruthGraph(const ImageScene& scene, const text::WordNet& word_net);
  /// Of what references say, one after the other: things of one name are one.
  TruthGraph(const std::vector<Facts>& references, const text::WordNet& word_net);

  const std::vector<SceneObject>& objects() const { return objects_; }
  const std::vector<TruthEdge>& edges() const { return edges_; }
  GraphKind kind() const { return kind_; }

  /// The objects that a noun may name.
  std::vector<std::uint32_t> named(std::string_view noun, NounMatch& match) const;
  /// Whether two objects are of one level of support, so that in a full graph of a simulator an
  /// edge that is not there does not hold. Where the graph does not say levels, objects that are
  /// joined by edges, however many, are of one.
  bool joined(std::uint32_t a, std::uint32_t b) const {
    if (objects_[a].level && objects_[b].level) return objects_[a].level == objects_[b].level;
    return parts_[a] == parts_[b];
  }

 private:
  void find_parts();

  std::vector<SceneObject> objects_;
  std::vector<TruthEdge> edges_;
  std::vector<std::uint32_t> parts_;  // by object
  GraphKind kind_ = GraphKind::kOpen;
};

}  // namespace vernier::probes
