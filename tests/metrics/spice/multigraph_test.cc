// The graph's order, against maps that are built like Java's; walks over it.
#include <gtest/gtest.h>

#include <random>

#include "metrics/spice/graph/multigraph/traversal.h"

namespace vernier::tests {
namespace {

using spice::Edge;
using spice::EdgeId;
using spice::EdgeLabel;
using spice::Graph;
using spice::kNoEdge;
using spice::kNoNode;
using spice::NodeId;
using spice::Relation;

constexpr EdgeLabel kDep{Relation::kDep, spice::Marker::kNone};

std::vector<NodeId> children(const Graph& graph, NodeId node) {
  std::vector<NodeId> found;
  for (EdgeId e = graph.first_out(node); e != kNoEdge; e = graph.next_out(e)) {
    found.push_back(graph.edge(e).dependent);
  }
  return found;
}
std::vector<NodeId> governors(const Graph& graph, NodeId node) {
  std::vector<NodeId> found;
  for (EdgeId e = graph.first_in(node); e != kNoEdge; e = graph.next_in(e)) {
    found.push_back(graph.edge(e).governor);
  }
  return found;
}

/// A Java hash map from neighbours to lists of edges, with chains.
class JavaMap {
 public:
  void add(NodeId key, std::uint32_t hash, int edge) {
    auto& chain = buckets_[hash % buckets_.size()];
    for (Entry& entry : chain) {
      if (entry.key == key) return entry.edges.push_back(edge);
    }
    chain.push_back({key, hash, {edge}});
    if (++size_ <= buckets_.size() * 3 / 4) return;
    std::vector<std::vector<Entry>> larger(buckets_.size() * 2);
    for (auto& old : buckets_) {
      for (Entry& entry : old) larger[entry.hash % larger.size()].push_back(entry);
    }
    buckets_ = std::move(larger);
  }
  void remove(NodeId key, std::uint32_t hash, int edge) {
    auto& chain = buckets_[hash % buckets_.size()];
    for (std::size_t i = 0; i < chain.size(); ++i) {
      if (chain[i].key != key) continue;
      std::erase(chain[i].edges, edge);
      if (!chain[i].edges.empty()) return;
      chain.erase(chain.begin() + static_cast<std::ptrdiff_t>(i));
      --size_;
      return;
    }
  }
  std::vector<int> edges() const {
    std::vector<int> all;
    for (const auto& chain : buckets_) {
      for (const Entry& entry : chain)
        all.insert(all.end(), entry.edges.begin(), entry.edges.end());
    }
    return all;
  }

 private:
  struct Entry {
    NodeId key;
    std::uint32_t hash;
    std::vector<int> edges;
  };
  std::vector<std::vector<Entry>> buckets_ = std::vector<std::vector<Entry>>(16);
  std::size_t size_ = 0;
};

TEST(SpiceMultigraph, KeepsTheOrderOfJavasMaps) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    const std::size_t words = 1 + random() % 70, sentence = random() % 4;
    Graph graph;
    graph.reset(words, sentence);
    std::vector<JavaMap> out(words), in(words);
    std::vector<std::pair<EdgeId, int>> live;  // and what the maps call it
    for (int step = 0; step < 200; ++step) {
      if (!live.empty() && random() % 3 == 0) {
        const std::size_t at = random() % live.size();
        const auto [id, number] = live[at];
        const Edge edge = graph.edge(id);
        graph.remove_edge(id);
        out[edge.governor].remove(edge.dependent, graph.hash(edge.dependent), number);
        in[edge.dependent].remove(edge.governor, graph.hash(edge.governor), number);
        live.erase(live.begin() + static_cast<std::ptrdiff_t>(at));
      } else {
        // One node has many children.
        const auto governor = static_cast<NodeId>(random() % 2 == 0 ? 0 : random() % words);
        const auto dependent = static_cast<NodeId>(random() % words);
        live.emplace_back(graph.add_edge(governor, dependent, kDep), step);
        out[governor].add(dependent, graph.hash(dependent), step);
        in[dependent].add(governor, graph.hash(governor), step);
      }
    }
    const auto number_of = [&](EdgeId id) {
      for (const auto& [edge, number] : live) {
        if (edge == id) return number;
      }
      return -1;
    };
    for (NodeId node = 0; node < words; ++node) {
      std::vector<int> found;
      for (EdgeId e = graph.first_out(node); e != kNoEdge; e = graph.next_out(e)) {
        found.push_back(number_of(e));
      }
      ASSERT_EQ(found, out[node].edges());
      found.clear();
      for (EdgeId e = graph.first_in(node); e != kNoEdge; e = graph.next_in(e)) {
        found.push_back(number_of(e));
      }
      ASSERT_EQ(found, in[node].edges());
    }
  }
}

TEST(SpiceMultigraph, ChildrenBehindTheSixteenthComeFirst) {
  Graph graph;
  graph.reset(40, 0);
  for (const NodeId child : std::vector<NodeId>{5, 17, 33, 1, 16}) graph.add_edge(20, child, kDep);
  // Positions 18, 34 and 2 share a bucket and stand as they came; 17 is in that of 1.
  EXPECT_EQ(children(graph, 20), (std::vector<NodeId>{16, 17, 33, 1, 5}));
  EXPECT_EQ(governors(graph, 5), (std::vector<NodeId>{20}));
}

TEST(SpiceMultigraph, NodesAreInTheOrderOfOneMap) {
  Graph graph;
  graph.reset(14, 1);
  for (NodeId node = 0; node < 12; ++node) graph.add_root(node);
  // Hashes from 30 on, 16 buckets; the 13th node makes them 32.
  EXPECT_EQ(graph.in_map_order(), (std::vector<NodeId>{2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0, 1}));
  EXPECT_EQ(graph.first_root(), 2);
  graph.add_edge(12, 0, kDep);
  EXPECT_EQ(graph.in_map_order(), (std::vector<NodeId>{2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0, 1}));
  graph.remove_root(2);
  EXPECT_EQ(graph.first_root(), 3);
  EXPECT_FALSE(graph.present(13));
}

TEST(SpiceMultigraph, CopiesShareTheHashAndFollowTheirWord) {
  Graph graph;
  graph.reset(3, 0);
  graph.add_edge(0, 1, kDep);
  const NodeId copy = graph.add_copy(1), second = graph.add_copy(1), other = graph.add_copy(0);
  EXPECT_EQ(graph.node(copy).copy, 1);
  EXPECT_EQ(graph.node(second).copy, 2);
  EXPECT_EQ(graph.node(other).copy, 1);
  EXPECT_EQ(graph.node(copy).word, 1);
  EXPECT_EQ(graph.in_map_order(), (std::vector<NodeId>{0, other, 1, copy, second}));
  EXPECT_TRUE(graph.before(1, copy));
  EXPECT_TRUE(graph.before(copy, second));
  EXPECT_TRUE(graph.before(second, 2));
  EXPECT_FALSE(graph.before(copy, 1));
}

TEST(SpiceMultigraph, StopsAtItsLimits) {
  Graph graph;
  graph.reset(2, 0);
  std::size_t copies = 0, edges = 0;
  while (graph.add_copy(0) != kNoNode) ++copies;
  EXPECT_EQ(copies, spice::kMaxNodes - 2);
  while (graph.add_edge(0, 1, kDep) != kNoEdge) ++edges;
  EXPECT_EQ(edges, spice::kMaxEdges);
  graph.remove_edge(graph.first_out(0));
  EXPECT_NE(graph.add_edge(1, 0, kDep), kNoEdge);
}

TEST(SpiceMultigraph, FindsTheFirstEdgeAndKnowsOfParallelOnes) {
  Graph graph;
  graph.reset(3, 0);
  const EdgeId first = graph.add_edge(0, 1, kDep);
  EXPECT_FALSE(graph.had_parallel_edges());
  const EdgeId second = graph.add_edge(0, 1, {Relation::kDobj, spice::Marker::kNone});
  EXPECT_TRUE(graph.had_parallel_edges());
  EXPECT_EQ(graph.find_edge(0, 1), first);
  graph.remove_edge(first);
  EXPECT_EQ(graph.find_edge(0, 1), second);
  EXPECT_EQ(graph.find_edge(1, 0), kNoEdge);
  EXPECT_TRUE(graph.had(Relation::kDobj));
  EXPECT_FALSE(graph.had(Relation::kNmod));
}

TEST(SpiceMultigraph, IsRebuiltInTheOrderOfDependents) {
  Graph graph;
  spice::Markers markers;
  graph.reset(20, 0);
  graph.add_root(2);
  graph.add_edge(2, 17, kDep);
  graph.add_edge(2, 1, {Relation::kNmod, markers.label(Relation::kNmod, "on").marker});
  graph.add_edge(2, 1, {Relation::kNmod, markers.label(Relation::kNmod, "in").marker});
  graph.add_edge(2, 1, {Relation::kDobj, spice::Marker::kNone});
  const EdgeId gone = graph.add_edge(5, 6, kDep);
  graph.remove_edge(gone);
  EXPECT_EQ(children(graph, 2), (std::vector<NodeId>{17, 1, 1, 1}));
  graph.rebuild(markers);
  EXPECT_EQ(children(graph, 2), (std::vector<NodeId>{1, 1, 1, 17}));
  std::string labels;
  for (EdgeId e = graph.first_out(2); e != kNoEdge; e = graph.next_out(e)) {
    markers.print(graph.edge(e).label, labels);
    labels += ' ';
  }
  EXPECT_EQ(labels, "dobj nmod:in nmod:on dep ");
  EXPECT_EQ(graph.in_map_order(), (std::vector<NodeId>{1, 17, 2}));
  EXPECT_TRUE(graph.is_root(2));
}

TEST(SpiceMarkers, AreEqualWhereTheyArePrintedAlike) {
  spice::Markers markers;
  const EdgeLabel on = markers.label(Relation::kNmod, "on");
  EXPECT_EQ(markers.label(Relation::kNmod, "on"), on);
  EXPECT_NE(markers.label(Relation::kNmod, "in"), on);
  EXPECT_NE(markers.label(Relation::kAcl, "on"), on);
  EXPECT_EQ(markers.text(on.marker), "on");
  EXPECT_EQ(markers.label(Relation::kNmod, "agent").marker, spice::Marker::kAgent);
  EXPECT_EQ(markers.label(Relation::kNmod, "poss"),
            (EdgeLabel{Relation::kNmodPoss, spice::Marker::kNone}));
  EXPECT_EQ(markers.label(Relation::kAcl, "relcl"),
            (EdgeLabel{Relation::kAclRelcl, spice::Marker::kNone}));
  EXPECT_FALSE(spice::is(on, Relation::kNmod));
  EXPECT_TRUE(spice::is({Relation::kNmod, spice::Marker::kNone}, Relation::kNmod));
  markers.clear();
  EXPECT_EQ(markers.text(markers.label(Relation::kNmod, "under").marker), "under");
}

TEST(SpiceTraversal, NodesComeBeforeTheirChildrenAndInMapOrderWhereThereIsACycle) {
  Graph graph;
  graph.reset(5, 0);
  graph.add_edge(3, 0, kDep);
  graph.add_edge(3, 4, kDep);
  graph.add_edge(4, 1, kDep);
  spice::Traversal traversal;
  EXPECT_EQ(traversal.order(graph), (std::vector<NodeId>{3, 4, 1, 0}));
  graph.add_edge(1, 3, kDep);
  EXPECT_EQ(traversal.order(graph), (std::vector<NodeId>{0, 1, 3, 4}));
  graph.reset(2, 0);
  graph.add_edge(1, 0, kDep);
  EXPECT_EQ(traversal.order(graph), (std::vector<NodeId>{1, 0}));
  graph.add_edge(0, 0, kDep);
  EXPECT_EQ(traversal.order(graph), (std::vector<NodeId>{0, 1}));
}

TEST(SpiceTraversal, TheParentLeadsToARoot) {
  Graph graph;
  graph.reset(6, 0);
  spice::Traversal traversal;
  graph.add_edge(1, 0, kDep);
  graph.add_edge(3, 0, kDep);
  graph.add_edge(2, 0, kDep);
  EXPECT_EQ(traversal.parent(graph, 0), kNoNode) << "there is no root";
  graph.add_root(3);
  EXPECT_EQ(traversal.parent(graph, 0), 3);
  graph.add_edge(3, 2, kDep);
  EXPECT_EQ(traversal.parent(graph, 0), 2) << "the first by position";
  EXPECT_EQ(traversal.parent(graph, 3), kNoNode) << "roots have none";
  graph.add_edge(0, 1, kDep);
  EXPECT_EQ(traversal.parent(graph, 0), 2) << "1 leads to the root through 0 only";
  EXPECT_EQ(traversal.parent(graph, 1), 0);
  EXPECT_EQ(traversal.parent(graph, 5), kNoNode);
}

TEST(SpiceTraversal, SearchesLevelByLevelAndByPosition) {
  Graph graph;
  graph.reset(30, 0);
  graph.add_edge(3, 20, kDep);  // in the children's order before 5
  graph.add_edge(3, 5, kDep);
  graph.add_edge(5, 1, kDep);
  graph.add_edge(1, 3, kDep);
  spice::Traversal traversal;
  std::vector<NodeId> seen;
  const auto search = [&](NodeId wanted) {
    seen.clear();
    return traversal.search(graph, 3, [&](NodeId node) {
      seen.push_back(node);
      return node == wanted;
    });
  };
  EXPECT_EQ(search(1), 1);
  EXPECT_EQ(seen, (std::vector<NodeId>{3, 5, 20, 1}));
  EXPECT_EQ(search(7), kNoNode) << "a cycle ends";
  EXPECT_EQ(search(3), 3);
}

}  // namespace
}  // namespace vernier::tests
