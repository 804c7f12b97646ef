// Which objects and edges of a view are kept: the full graph, the pruned one.
#pragma once

#include <cstdint>
#include <vector>

#include "datasets/scenes/replicator/graph.h"

namespace vernier::replicator {

/// Keeps the objects with the largest boxes (ties: the first; no box: the smallest), in their
/// order, and the edges between them. Returns how many were left out.
std::uint64_t keep_largest(Graph& graph, std::uint64_t capacity);

/// All edges between objects of one level of support, and those between an object and what carries
/// it. Objects that say what carries them get their level from that where they have none, and
/// "on top of" and "under" where no edge says so. A graph without any edge whose objects have
/// centres in the picture gets left of, right of, above, below where centres are 8/96 of the
/// picture apart along that axis, as drawn scenes do. Objects of unknown level count as of one
/// level with any other.
Graph full_graph(const Graph& graph);

/// The tree that joins all objects, as far as edges do: what carries what, then the nearest pairs
/// (minimum spanning tree by the distance of centres; pairs without come last; ties by number).
/// Numbers of edges of the full graph, one a pair: the object on its carrier, else the edge of the
/// greatest margin.
std::vector<std::size_t> spanning_tree(const Graph& full);

/// The full graph with the edges of its spanning tree, of which `ratio` (rounded to whole edges) is
/// kept by chance with seed 0: the same edges whenever the graph is the same.
Graph pruned_graph(const Graph& full, double ratio);

}  // namespace vernier::replicator
