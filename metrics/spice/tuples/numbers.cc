#include "metrics/spice/tuples/numbers.h"

#include <algorithm>

namespace vernier::spice {
namespace {

bool is_bare_object(EdgeLabel label) {
  return is(label, Relation::kDobj) || is(label, Relation::kIobj);
}

bool is_any_nmod(EdgeLabel label) {
  return is(label, Relation::kNmod) || (is_object(label) && !is_bare_object(label));
}

bool is_plural(const SentenceGraph& g, NodeId node) { return is_plural_noun(g.tag(node)); }

// A plural noun in a phrase with a preposition that does not make it an agent.
bool is_plural_in_phrase(const SentenceGraph& g, const Edge& edge) {
  return is_object(edge.label) && !is_bare_object(edge.label) && is_plural(g, edge.dependent) &&
         nmod_text(g, edge.label).find("agent") == std::string_view::npos &&
         g.has_child(edge.dependent, Relation::kCase);
}

bool has_plural_object(const SentenceGraph& g, NodeId verb) {
  bool found = false;
  for_each_out(g.graph, verb, [&](EdgeId, const Edge& edge) {
    found = found || (is_bare_object(edge.label) && is_plural(g, edge.dependent)) ||
            is_plural_in_phrase(g, edge);
  });
  return found;
}

bool has_plural_subject(const SentenceGraph& g, NodeId verb) {
  bool found = false;
  for_each_out(g.graph, verb, [&](EdgeId, const Edge& edge) {
    found = found || (is(edge.label, Relation::kNsubj) && is_plural(g, edge.dependent));
  });
  return found;
}

bool leads_or_is_lone_subject(const SentenceGraph& g, NodeId noun) {
  bool fits = g.graph.is_root(noun);
  for_each_in(g.graph, noun, [&](EdgeId, const Edge& edge) {
    fits = fits || (is(edge.label, Relation::kNsubj) && !has_plural_object(g, edge.governor));
  });
  return fits;
}

bool is_neither_subject_nor_object(const SentenceGraph& g, NodeId noun) {
  bool fits = !g.graph.is_root(noun);
  for_each_in(g.graph, noun, [&](EdgeId, const Edge& edge) {
    if (is(edge.label, Relation::kNsubj)) fits = false;
    if (is_bare_object(edge.label) || is_any_nmod(edge.label)) {
      fits = fits && !has_plural_subject(g, edge.governor);
    }
  });
  return fits;
}

}  // namespace

bool is_object(EdgeLabel label) {
  switch (label.relation) {
    case Relation::kDobj:
    case Relation::kIobj:
      return label.marker == Marker::kNone;
    case Relation::kNmod:
      return label.marker != Marker::kNone;
    case Relation::kNmodPoss:
    case Relation::kNmodTmod:
    case Relation::kNmodNpmod:
      return true;
    default:
      return false;
  }
}

std::string_view nmod_text(const SentenceGraph& g, EdgeLabel label) {
  switch (label.relation) {
    case Relation::kNmod:
      return g.markers.text(label.marker);
    case Relation::kNmodPoss:
      return "poss";
    case Relation::kNmodTmod:
      return "tmod";
    case Relation::kNmodNpmod:
      return "npmod";
    default:
      return {};
  }
}

const std::vector<Numbered>& NumberFinder::find(const SentenceGraph& g,
                                                const std::vector<NodeId>& order) {
  found_.clear();
  const bool possible = g.graph.had(Relation::kNummod) || g.graph.had(Relation::kDet);  // det:qmod
  if (!possible) return found_;
  for (const NodeId verb : order) add_subject_and_object(g, verb);
  for (const NodeId noun : order) {
    if (is_plural(g, noun) && leads_or_is_lone_subject(g, noun)) add(g, noun);
  }
  for (const NodeId noun : order) {
    if (is_plural(g, noun) && is_neither_subject_nor_object(g, noun)) add(g, noun);
  }
  return found_;
}

void NumberFinder::add(const SentenceGraph& g, NodeId noun) {
  const NodeId number = g.child(noun, Relation::kNummod);
  if (number != kNoNode) {
    if (g.graph.before(number, noun)) found_.push_back({noun, number});
    return;
  }
  NodeId quantifier = kNoNode;
  for_each_out(g.graph, noun, [&](EdgeId, const Edge& edge) {
    if (quantifier == kNoNode && edge.label == EdgeLabel{Relation::kDet, Marker::kQmod}) {
      quantifier = edge.dependent;
    }
  });
  if (quantifier != kNoNode) found_.push_back({noun, quantifier});
}

void NumberFinder::add_subject_and_object(const SentenceGraph& g, NodeId verb) {
  NodeId subject = kNoNode, object = kNoNode, in_phrase = kNoNode;
  for_each_out(g.graph, verb, [&](EdgeId, const Edge& edge) {
    if (subject == kNoNode && is(edge.label, Relation::kNsubj) && is_plural(g, edge.dependent)) {
      subject = edge.dependent;
    } else if (object == kNoNode && is_bare_object(edge.label) && is_plural(g, edge.dependent)) {
      object = edge.dependent;
    } else if (in_phrase == kNoNode && is_plural_in_phrase(g, edge)) {
      in_phrase = edge.dependent;
    }
  });
  if (object == kNoNode) object = in_phrase;
  if (subject == kNoNode || object == kNoNode) return;
  add(g, subject);
  add(g, object);
}

}  // namespace vernier::spice
