// What the objects and edges of a graph are called in sentences.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/scenes/replicator/graph.h"

namespace vernier::replicator {

/// Objects that the same words describe.
struct PhraseGroup {
  std::string phrase;  ///< "small red circle"
  std::size_t count = 0;
  std::size_t first = 0;  ///< the first of the nodes
};

class Phrases {
 public:
  /// The graph must outlive it.
  explicit Phrases(const Graph& graph);

  const Graph& graph() const { return graph_; }
  /// At most three attributes, colours last, and the name: "small striped red circle".
  const std::string& phrase(std::size_t node) const { return phrases_[node]; }
  /// "the circle", "the red circle", "the small red circle": the shortest that fits this node
  /// alone; none where there is no such.
  std::optional<std::string> only(std::size_t node) const;
  /// The same, or "a small red circle".
  std::string reference(std::size_t node) const;

  /// From left to right where the places are known, else in the order of the nodes.
  std::vector<PhraseGroup> groups() const;
  /// By name alone, the commonest first.
  std::vector<PhraseGroup> groups_by_name() const;

  /// "The red circle is to the left of the square." None for edges without a predicate and of a
  /// thing to itself.
  std::optional<std::string> sentence(const GraphEdge& edge) const;
  /// "is to the left of", "carries".
  static std::string verb_phrase(std::string_view predicate, bool plural);

 private:
  std::vector<PhraseGroup> group(const std::vector<std::string>& by) const;

  const Graph& graph_;
  std::vector<std::string> phrases_, coloured_;
};

/// "is", or "are" for what has a plural only.
std::string_view be(const GraphNode& node);
/// "two small red circles", "a circle", "scissors".
std::string counted(const std::string& phrase, std::size_t count);
bool is_colour(std::string_view attribute);

}  // namespace vernier::replicator
