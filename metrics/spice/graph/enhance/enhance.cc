#include "metrics/spice/graph/enhance/enhance.h"

#include <algorithm>

#include "metrics/spice/graph/multigraph/small_sort.h"

namespace vernier::spice {
namespace {

constexpr std::string_view kSingular[] = {
    "i",   "me",  "myself",  "mine", "my", "yourself", "he",  "him", "himself", "his",
    "she", "her", "herself", "hers", "it", "itself",   "its", "one", "oneself", "one's"};

bool is_singular(std::string_view pronoun) {
  return std::find(std::begin(kSingular), std::end(kSingular), pronoun) != std::end(kSingular);
}

}  // namespace

void Enhancer::enhance(SentenceGraph& graph) {
  // (A quantifier that has no parent ends the search for others.)
  if (quantify(graph, QuantifierKind::kAmount) && quantify(graph, QuantifierKind::kMany)) {
    quantify(graph, QuantifierKind::kNumber);
  }
  resolve_pronouns(graph);
}

bool Enhancer::quantify(SentenceGraph& g, QuantifierKind kind) {
  bool possible = false;
  for (std::size_t i = 0; i < g.sentence.size() && !possible; ++i) {
    possible = may_lead(g.sentence, i, kind);
  }
  if (!possible) return true;
  quantifiers_.clear();
  for (const NodeId node : g.traversal.order(g.graph)) {
    if (const auto found = find_quantifier(g, node, kind)) quantifiers_.push_back(*found);
  }
  return std::all_of(quantifiers_.begin(), quantifiers_.end(),
                     [&](const Quantifier& quantifier) { return move_quantifier(g, quantifier); });
}

bool Enhancer::move_quantifier(SentenceGraph& g, const Quantifier& quantifier) {
  const auto [head, noun, own_words, amods_only] = quantifier;
  if (g.graph.is_root(head)) {
    g.graph.remove_root(head);
    g.graph.add_root(noun);
  } else {
    const NodeId parent = g.traversal.parent(g.graph, head);
    if (parent == kNoNode) return false;
    const EdgeId edge = g.graph.find_edge(parent, head);
    const EdgeLabel label = g.graph.edge(edge).label;
    g.graph.remove_edge(edge);
    g.graph.add_edge(parent, noun, label);
  }
  const EdgeId down = g.graph.find_edge(head, noun);
  if (down != kNoEdge) g.graph.remove_edge(down);

  words_.clear();
  for (const NodeId word : own_words) {
    if (word != kNoNode) words_.push_back(word);
  }
  for_each_out(g.graph, head, [&, amods = amods_only, of = head](EdgeId, const Edge& edge) {
    if (g.graph.before(edge.dependent, of) && (!amods || is(edge.label, Relation::kAmod))) {
      words_.push_back(edge.dependent);
    }
  });
  std::sort(words_.begin(), words_.end(), [&](NodeId a, NodeId b) { return g.graph.before(a, b); });
  words_.erase(std::unique(words_.begin(), words_.end()), words_.end());
  for (const NodeId word : words_) {
    for_each_in(g.graph, word, [&](EdgeId id, const Edge&) { g.graph.remove_edge(id); });
  }
  g.graph.add_edge(noun, words_[0], {Relation::kDet, Marker::kQmod});
  for (std::size_t i = 1; i < words_.size(); ++i) {
    g.graph.add_edge(words_[0], words_[i], {Relation::kMwe, Marker::kNone});
  }
  return true;
}

void Enhancer::resolve_pronouns(SentenceGraph& g) {
  const NodeId root = g.graph.first_root();
  if (root == kNoNode) return;
  references_.clear();
  for (std::size_t i = 1; i < g.sentence.size(); ++i) {
    const auto pronoun = static_cast<NodeId>(i);
    if (!is_pronoun(g.sentence.tag(i)) || !g.graph.present(pronoun) ||
        g.traversal.parent(g.graph, pronoun) == kNoNode) {
      continue;
    }
    const bool singular = is_singular(g.sentence.word(i));
    const NodeId found = g.traversal.search(g.graph, root, [&](NodeId node) {
      return is_singular_noun(g.tag(node)) || (!singular && is_plural_noun(g.tag(node)));
    });
    if (found != kNoNode && g.position(found) < i) references_.push_back({pronoun, found});
  }
  // The original keeps the pairs in a Java hash set.
  const std::uint32_t mask = hash_map_buckets(references_.size()) - 1;
  const auto bucket = [&](const Reference& pair) {
    return (31 * g.graph.hash(pair.pronoun) + g.graph.hash(pair.antecedent)) & mask;
  };
  small_stable_sort(references_.begin(), references_.end(),
                    [&](const auto& a, const auto& b) { return bucket(a) < bucket(b); });
  for (const auto [pronoun, antecedent] : references_) {
    for_each_in(g.graph, pronoun, [&, to = antecedent](EdgeId id, const Edge& edge) {
      const Edge old = edge;
      g.graph.remove_edge(id);
      g.graph.add_edge(old.governor, to, old.label);
    });
    for_each_out(g.graph, pronoun, [&, to = antecedent](EdgeId id, const Edge& edge) {
      const Edge old = edge;
      g.graph.remove_edge(id);
      g.graph.add_edge(to, old.dependent, old.label);
    });
  }
}

}  // namespace vernier::spice
