#include "datasets/scenes/replicator/select.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "datasets/scenes/world/scene_random.h"
#include "datasets/scenes/world/world.h"

namespace vernier::replicator {
namespace {

constexpr std::uint32_t kGone = std::numeric_limits<std::uint32_t>::max();
using Pair = std::pair<std::uint32_t, std::uint32_t>;

Pair pair_of(const GraphEdge& edge) { return std::minmax({edge.subject, edge.object}); }

bool carries(const Graph& graph, const GraphEdge& edge) {
  return graph.nodes[edge.subject].on == edge.object || graph.nodes[edge.object].on == edge.subject;
}

bool of_one_level(const GraphNode& a, const GraphNode& b) {
  return !a.level || !b.level || *a.level == *b.level;
}

/// Gives what stands on something the level above that.
void complete_levels(Graph& graph) {
  for (GraphNode& node : graph.nodes) {
    std::vector<GraphNode*> chain;
    for (GraphNode* at = &node; !at->level; at = &graph.nodes[*at->on]) {
      if (chain.empty() && !at->on) break;  // nothing is known of it
      chain.push_back(at);
      if (!at->on) break;
    }
    for (; !chain.empty(); chain.pop_back()) {
      GraphNode& top = *chain.back();
      top.level = top.on ? *graph.nodes[*top.on].level + 1 : 0;
    }
  }
}

double distance_of(const Graph& graph, const GraphEdge& edge) {
  if (edge.distance) return *edge.distance;
  const auto &a = graph.nodes[edge.subject].centre, &b = graph.nodes[edge.object].centre;
  return a && b ? distance(*a, *b) : std::numeric_limits<double>::infinity();
}

/// The side that margins are shares of: the picture's longer one, or that of what is in it.
double side_of(const Graph& graph) {
  if (graph.width && graph.height) return std::max(*graph.width, *graph.height);
  double low_x = std::numeric_limits<double>::infinity(), low_y = low_x;
  double high_x = -low_x, high_y = -low_x;
  for (const GraphNode& node : graph.nodes) {
    if (!node.box) continue;
    low_x = std::min(low_x, node.box->left);
    low_y = std::min(low_y, node.box->top);
    high_x = std::max(high_x, node.box->left + node.box->width);
    high_y = std::max(high_y, node.box->top + node.box->height);
  }
  return std::max({high_x - low_x, high_y - low_y, 0.0});
}

void add_places(Graph& graph) {
  const double least = side_of(graph) * scenes::kRelationMargin;
  const auto add = [&](std::size_t i, std::size_t j, double margin, const char* before,
                       const char* after) {
    if (margin == 0 || std::abs(margin) < least || !std::isfinite(margin)) return;
    GraphEdge edge;
    edge.subject = static_cast<std::uint32_t>(i);
    edge.predicate = margin > 0 ? before : after;
    edge.object = static_cast<std::uint32_t>(j);
    edge.margin = std::abs(margin);
    graph.edges.push_back(std::move(edge));
  };
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    for (std::size_t j = 0; j < graph.nodes.size(); ++j) {
      const GraphNode &a = graph.nodes[i], &b = graph.nodes[j];
      // Positions in the world say nothing of left and right.
      if (i == j || !a.box || !b.box || !of_one_level(a, b)) continue;
      add(i, j, b.box->left + b.box->width / 2 - a.box->left - a.box->width / 2, "left of",
          "right of");
      add(i, j, b.box->top + b.box->height / 2 - a.box->top - a.box->height / 2, "above", "below");
    }
  }
}

void add_support(Graph& graph) {
  std::vector<bool> said(graph.nodes.size());
  for (const GraphEdge& edge : graph.edges) {
    if (graph.nodes[edge.subject].on == edge.object) said[edge.subject] = true;
    if (graph.nodes[edge.object].on == edge.subject) said[edge.object] = true;
  }
  for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
    if (!graph.nodes[i].on || said[i]) continue;
    graph.edges.push_back({i, "on top of", *graph.nodes[i].on, {}, {}});
    graph.edges.push_back({*graph.nodes[i].on, "under", i, {}, {}});
  }
}

}  // namespace

std::uint64_t keep_largest(Graph& graph, std::uint64_t capacity) {
  if (graph.nodes.size() <= capacity) return 0;
  std::vector<std::uint32_t> order(graph.nodes.size());
  std::iota(order.begin(), order.end(), 0U);
  const auto area = [&](std::uint32_t i) {
    return graph.nodes[i].box ? graph.nodes[i].box->area() : -1;
  };
  std::ranges::stable_sort(order,
                           [&](std::uint32_t a, std::uint32_t b) { return area(a) > area(b); });
  const std::uint64_t left_out = graph.nodes.size() - capacity;
  order.resize(capacity);
  std::ranges::sort(order);
  std::vector<std::uint32_t> place(graph.nodes.size(), kGone);
  std::vector<GraphNode> kept;
  for (const std::uint32_t i : order) {
    place[i] = static_cast<std::uint32_t>(kept.size());
    kept.push_back(std::move(graph.nodes[i]));
  }
  graph.nodes = std::move(kept);
  for (GraphNode& node : graph.nodes) {
    if (node.on) node.on = place[*node.on];
    if (node.on == kGone) node.on.reset();
  }
  std::erase_if(graph.edges, [&](GraphEdge& edge) {
    edge.subject = place[edge.subject];
    edge.object = place[edge.object];
    return edge.subject == kGone || edge.object == kGone;
  });
  return left_out;
}

Graph full_graph(const Graph& graph) {
  Graph full = graph;
  complete_levels(full);
  if (full.edges.empty()) add_places(full);
  add_support(full);
  std::erase_if(full.edges, [&](const GraphEdge& edge) {
    return !of_one_level(full.nodes[edge.subject], full.nodes[edge.object]) && !carries(full, edge);
  });
  for (GraphEdge& edge : full.edges) {
    const double apart = distance_of(full, edge);
    if (std::isfinite(apart)) edge.distance = apart;
  }
  return full;
}

std::vector<std::size_t> spanning_tree(const Graph& full) {
  struct Joint {
    std::size_t edge;
    double apart, margin;
    bool is_support;
  };
  std::map<Pair, Joint> pairs;
  for (std::size_t i = 0; i < full.edges.size(); ++i) {
    const GraphEdge& edge = full.edges[i];
    if (edge.subject == edge.object) continue;
    const bool support = full.nodes[edge.subject].on == edge.object;
    const Joint joint{i, distance_of(full, edge), edge.margin.value_or(0), support};
    const auto [known, fresh] = pairs.try_emplace(pair_of(edge), joint);
    Joint& best = known->second;
    if (fresh || best.is_support) continue;
    if (support || joint.margin > best.margin) best = joint;
  }
  std::vector<std::pair<Pair, Joint>> order(pairs.begin(), pairs.end());
  std::ranges::stable_sort(order, [](const auto& a, const auto& b) {
    const Joint &x = a.second, &y = b.second;
    return x.is_support != y.is_support ? x.is_support : x.apart < y.apart;
  });
  std::vector<std::uint32_t> parts(full.nodes.size());
  std::iota(parts.begin(), parts.end(), 0U);
  const auto root = [&](std::uint32_t i) {
    while (parts[i] != i) i = parts[i] = parts[parts[i]];
    return i;
  };
  std::vector<std::size_t> tree;
  for (const auto& [pair, joint] : order) {
    const std::uint32_t a = root(pair.first), b = root(pair.second);
    if (a == b) continue;
    parts[a] = b;
    tree.push_back(joint.edge);
  }
  return tree;
}

Graph pruned_graph(const Graph& full, double ratio) {
  std::vector<std::size_t> tree = spanning_tree(full);
  const auto keep =
      static_cast<std::size_t>(std::llround(ratio * static_cast<double>(tree.size())));
  if (keep < tree.size()) {
    scenes::SceneRandom random(0, 0);
    random.shuffle(tree);
    tree.resize(keep);
  }
  std::ranges::sort(tree);
  Graph pruned = full;
  pruned.kind = GraphKind::kPruned;
  pruned.edges.clear();
  for (const std::size_t edge : tree) pruned.edges.push_back(full.edges[edge]);
  return pruned;
}

}  // namespace vernier::replicator
