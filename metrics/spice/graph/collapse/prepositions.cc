// Prepositions of several words.
#include <algorithm>
#include <array>

#include "metrics/spice/graph/collapse/steps.h"
#include "metrics/spice/graph/multigraph/small_sort.h"

namespace vernier::spice {
namespace {

using Pair = std::array<std::string_view, 2>;
using Triple = std::array<std::string_view, 3>;

// In CoreNLP's order, which is that in which they are joined.
constexpr Pair kPairs[] = {
    {"across", "from"},    {"along", "with"},      {"alongside", "of"}, {"apart", "from"},
    {"as", "for"},         {"as", "from"},         {"as", "of"},        {"as", "per"},
    {"as", "to"},          {"aside", "from"},      {"based", "on"},     {"close", "by"},
    {"close", "to"},       {"contrary", "to"},     {"compared", "to"},  {"compared", "with"},
    {"except", "for"},     {"exclusive", "of"},    {"far", "from"},     {"followed", "by"},
    {"inside", "of"},      {"irrespective", "of"}, {"next", "to"},      {"near", "to"},
    {"off", "of"},         {"out", "of"},          {"outside", "of"},   {"owing", "to"},
    {"preliminary", "to"}, {"preparatory", "to"},  {"previous", "to"},  {"pursuant", "to"},
    {"regardless", "of"},  {"subsequent", "to"},   {"thanks", "to"},    {"together", "with"},
};
// Those whose first word may be the head of the phrase.
constexpr Pair kHeadedPairs[] = {
    {"apart", "from"},  {"as", "from"},       {"aside", "from"},    {"away", "from"},
    {"close", "by"},    {"close", "to"},      {"contrary", "to"},   {"far", "from"},
    {"next", "to"},     {"near", "to"},       {"out", "of"},        {"outside", "of"},
    {"pursuant", "to"}, {"regardless", "of"}, {"together", "with"},
};
constexpr Triple kTriples[] = {
    {"by", "means", "of"},     {"in", "accordance", "with"}, {"in", "addition", "to"},
    {"in", "case", "of"},      {"in", "front", "of"},        {"in", "lieu", "of"},
    {"in", "place", "of"},     {"in", "spite", "of"},        {"on", "account", "of"},
    {"on", "behalf", "of"},    {"on", "top", "of"},          {"with", "regard", "to"},
    {"with", "respect", "to"},
};

// The last words of all of them.
bool may_end(std::string_view word) {
  return word == "of" || word == "to" || word == "with" || word == "on" || word == "by" ||
         word == "from" || word == "for" || word == "per";
}

// Calls visit(position of the first word) wherever an item of the list stands in the sentence, in
// the order of the list; the same item in the order of a Java hash set of positions. (`ends` are
// the positions of words that may end an item.)
template <class Item, std::size_t kItems, class Visit>
void for_each_present(const SentenceGraph& g, const Item (&list)[kItems],
                      std::span<const NodeId> ends, Visit visit) {
  constexpr std::size_t length = std::tuple_size_v<Item>;
  for (const Item& item : list) {
    std::array<NodeId, kMaxWords> found;
    std::size_t count = 0;
    for (const NodeId end : ends) {
      if (end + 1u < length) continue;
      const std::size_t begin = end + 1 - length;
      bool equal = true;
      for (std::size_t k = length; equal && k > 0; --k) {
        equal = g.sentence.lower(begin + k - 1) == item[k - 1] &&
                g.graph.present(static_cast<NodeId>(begin + k - 1));
      }
      if (equal) found[count++] = static_cast<NodeId>(begin);
    }
    small_stable_sort(found.begin(), found.begin() + count,
                      [](NodeId a, NodeId b) { return (a + 1) % 16 < (b + 1) % 16; });
    for (std::size_t i = 0; i < count; ++i) visit(found[i]);
  }
}

bool is_leaf(const SentenceGraph& g, NodeId node) { return g.graph.first_out(node) == kNoEdge; }

bool has_edge(const SentenceGraph& g, NodeId governor, NodeId dependent, Relation relation) {
  bool found = false;
  for_each_in(g.graph, dependent, [&](EdgeId, const Edge& edge) {
    found = found || (edge.governor == governor && is(edge.label, relation));
  });
  return found;
}

void detach(SentenceGraph& g, NodeId node) {
  const NodeId parent = g.traversal.parent(g.graph, node);
  if (parent != kNoNode) g.graph.remove_edge(g.graph.find_edge(parent, node));
}

void make_expression(SentenceGraph& g, NodeId governor, Relation relation,
                     std::span<const NodeId> words) {
  for (const NodeId word : words) detach(g, word);
  g.graph.add_edge(governor, words[0], {relation, Marker::kNone});
  for (const NodeId word : words.subspan(1)) {
    g.graph.add_edge(words[0], word, {Relation::kMwe, Marker::kNone});
  }
}

// "across from": both words depend on the noun.
void join_pair(SentenceGraph& g, NodeId first, NodeId second) {
  if (!is_leaf(g, first) || !is_leaf(g, second)) return;
  NodeId governor = kNoNode;
  bool several = false;
  const auto fits = [&](const Edge& edge) {
    return (is(edge.label, Relation::kCase) || is(edge.label, Relation::kAdvmod)) &&
           has_edge(g, edge.governor, second, Relation::kCase);
  };
  for_each_in(g.graph, first, [&](EdgeId, const Edge& edge) {
    if (!fits(edge)) return;
    several = several || (governor != kNoNode && governor != edge.governor);
    governor = edge.governor;
  });
  if (governor == kNoNode) return;
  if (several) {
    for (const NodeId node : g.traversal.order(g.graph)) {
      bool found = false;
      for_each_in(g.graph, first, [&](EdgeId, const Edge& edge) {
        found = found || (edge.governor == node && fits(edge));
      });
      if (!found) continue;
      governor = node;
      break;
    }
  }
  make_expression(g, governor, Relation::kCase, std::array{first, second});
}

// The dependent takes the place of `head`, whose other children it also takes over.
void move_children(SentenceGraph& g, NodeId head, NodeId dependent, StepMemory& memory) {
  memory.edge_ids.clear();
  for_each_out(g.graph, head, [&](EdgeId id, const Edge&) { memory.edge_ids.push_back(id); });
  small_stable_sort(memory.edge_ids.begin(), memory.edge_ids.end(), [&](EdgeId a, EdgeId b) {
    return g.graph.before(g.graph.edge(a).dependent, g.graph.edge(b).dependent);
  });
  for (const EdgeId id : memory.edge_ids) {
    const Edge edge = g.graph.edge(id);
    g.graph.remove_edge(id);
    g.graph.add_edge(dependent, edge.dependent, edge.label);
  }
}

bool has_place(const SentenceGraph& g, NodeId node) {
  return g.graph.is_root(node) || g.graph.first_in(node) != kNoEdge;
}

NodeId first_governor(const SentenceGraph& g, NodeId node) {
  return g.graph.edge(g.graph.first_in(node)).governor;
}

bool joins_clauses(EdgeLabel label) {
  if (label.marker != Marker::kNone) return false;
  switch (label.relation) {
    case Relation::kConj:
    case Relation::kXcomp:
    case Relation::kCcomp:
    case Relation::kAcl:
    case Relation::kAdvcl:
    case Relation::kAclRelcl:
    case Relation::kParataxis:
    case Relation::kAppos:
    case Relation::kList:
      return true;
    default:
      return false;
  }
}

// "next to": the noun depends on the first word and the second one on the noun.
void join_headed_pair(SentenceGraph& g, NodeId first, NodeId second, StepMemory& memory) {
  if (!is_leaf(g, second) || !has_place(g, first)) return;
  NodeId noun = kNoNode;
  for_each_out(g.graph, first, [&](EdgeId, const Edge& edge) {
    if (noun == kNoNode && is(edge.label, Relation::kNmod) &&
        has_edge(g, edge.dependent, second, Relation::kCase)) {
      noun = edge.dependent;
    }
  });
  if (noun == kNoNode) return;
  if (g.graph.is_root(first)) {
    g.graph.remove_edge(g.graph.find_edge(first, noun));
    g.graph.remove_root(first);
    g.graph.add_root(noun);
  } else {
    const NodeId governor = first_governor(g, first);
    EdgeLabel label = g.graph.edge(g.graph.find_edge(governor, first)).label;
    if (!joins_clauses(label) || !g.has_child(first, Relation::kCop)) {
      label = {Relation::kNmod, Marker::kNone};
    }
    g.graph.remove_edge(g.graph.find_edge(first, noun));
    g.graph.add_edge(governor, noun, label);
  }
  move_children(g, first, noun, memory);
  make_expression(g, noun, Relation::kCase, std::array{first, second});
}

// "in front of": the noun depends on the second word, the first on the second, the third on the
// noun.
void join_triple(SentenceGraph& g, const std::array<NodeId, 3>& words, StepMemory& memory) {
  const NodeId first = words[0], head = words[1], third = words[2];
  if (!is_leaf(g, first) || !is_leaf(g, third) || !has_place(g, head) ||
      !has_edge(g, head, first, Relation::kCase)) {
    return;
  }
  NodeId noun = kNoNode;
  for_each_out(g.graph, head, [&](EdgeId, const Edge& edge) {
    if (noun == kNoNode && takes_markers(edge.label) &&
        (has_edge(g, edge.dependent, third, Relation::kCase) ||
         has_edge(g, edge.dependent, third, Relation::kMark))) {
      noun = edge.dependent;
    }
  });
  if (noun == kNoNode) return;
  Relation marking = Relation::kCase;
  const EdgeId down = g.graph.find_edge(head, noun);
  const EdgeLabel below = g.graph.edge(down).label;
  if (g.graph.is_root(head)) {
    g.graph.remove_edge(down);
    g.graph.remove_root(head);
    g.graph.add_root(noun);
  } else {
    const NodeId governor = first_governor(g, head);
    EdgeLabel label = g.graph.edge(g.graph.find_edge(governor, head)).label;
    if (is(label, Relation::kNmod) && (is(below, Relation::kAcl) || is(below, Relation::kAdvcl))) {
      label = below;
      marking = Relation::kMark;
    }
    g.graph.remove_edge(down);
    g.graph.add_edge(governor, noun, label);
  }
  move_children(g, head, noun, memory);
  make_expression(g, noun, marking, words);
}

}  // namespace

void join_prepositions(SentenceGraph& g, StepMemory& memory) {
  memory.nodes.clear();
  for (std::size_t i = 1; i < g.sentence.size(); ++i) {
    if (may_end(g.sentence.lower(i))) memory.nodes.push_back(static_cast<NodeId>(i));
  }
  if (memory.nodes.empty()) return;
  const auto next = [](NodeId node, int by) { return static_cast<NodeId>(node + by); };
  for_each_present(g, kPairs, memory.nodes,
                   [&](NodeId begin) { join_pair(g, begin, next(begin, 1)); });
  for_each_present(g, kHeadedPairs, memory.nodes,
                   [&](NodeId begin) { join_headed_pair(g, begin, next(begin, 1), memory); });
  for_each_present(g, kTriples, memory.nodes, [&](NodeId begin) {
    join_triple(g, {begin, next(begin, 1), next(begin, 2)}, memory);
  });
}

}  // namespace vernier::spice
