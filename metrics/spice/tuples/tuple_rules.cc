#include "metrics/spice/tuples/tuple_rules.h"

#include <algorithm>

#include "metrics/spice/lemmas/lemma.h"

namespace vernier::spice {
namespace {

constexpr std::uint64_t bit(Relation relation) {
  return std::uint64_t{1} << static_cast<int>(relation);
}

constexpr std::uint64_t kObjects = bit(Relation::kDobj) | bit(Relation::kIobj) |
                                   bit(Relation::kNmod) | bit(Relation::kNmodPoss) |
                                   bit(Relation::kNmodTmod) | bit(Relation::kNmodNpmod);

// Java's String.trim().
std::string_view trim(std::string_view text) {
  const auto is_blank = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

// What the original does not take for prepositions.
bool is_agent_or_possessor(EdgeLabel label) {
  return label.relation == Relation::kNmodPoss ||
         label == EdgeLabel{Relation::kNmod, Marker::kAgent};
}

}  // namespace

void TupleRules::append(SentenceGraph& graph, TupleList& out) {
  g_ = &graph;
  out_ = &out;
  order_ = graph.traversal.order(graph.graph);
  names_.assign(graph.sentence.size(), kNoName);
  in_compound_.assign(graph.graph.size(), false);
  relations_.assign(graph.graph.size(), 0);
  for (const NodeId node : order_) {
    for_each_out(graph.graph, node,
                 [&](EdgeId, const Edge& edge) { relations_[node] |= bit(edge.label.relation); });
  }
  add_clauses();
  add_participles();
  add_intransitive_clauses();
  add_copular_clauses();
  add_adjectives();
  add_adjectival_predicates();
  add_phrases();
  add_possessives();
  add_agents();
  add_numbers();
  add_compounds();
  add_objects();
}

NameId TupleRules::name(NodeId node) {
  NameId& name = names_[g_->graph.node(node).word];
  if (name == kNoName) {
    text_.clear();
    append_lower(trim(g_->lemma(node)), text_);
    name = out_->add_name(text_);
  }
  return name;
}

void TupleRules::append_preposition(EdgeLabel label) {
  const std::size_t begin = text_.size();
  text_ += nmod_text(*g_, label);
  std::replace(text_.begin() + begin, text_.end(), '_', ' ');
}

NameId TupleRules::preposition(EdgeLabel label) {
  text_.clear();
  append_preposition(label);
  return out_->add_name(text_);
}

NameId TupleRules::predicate(NodeId verb, EdgeLabel label) {
  text_.clear();
  const std::string_view lemma = g_->lemma(verb);
  const NodeId particle =
      may_have(verb, Relation::kCompoundPrt) ? g_->child(verb, Relation::kCompoundPrt) : kNoNode;
  if (particle == kNoNode) {
    text_ += lemma;
  } else {
    if (lemma != "be") text_ += lemma;
    text_ += ' ';
    text_ += g_->sentence.word(g_->position(particle));
  }
  if (!nmod_text(*g_, label).empty() && !is_agent_or_possessor(label)) {
    text_ += ' ';
    append_preposition(label);
  }
  return out_->add_name(text_);
}

bool TupleRules::has_object(NodeId verb) const {
  bool found = false;
  for_each_out(g_->graph, verb, [&](EdgeId, const Edge& edge) {
    found = found || (is_object(edge.label) && is_noun_node(edge.dependent));
  });
  return found;
}

// "a man rides a horse"
void TupleRules::add_clauses() {
  for (const NodeId verb : order_) {
    if (!may_have(verb, Relation::kNsubj) || (relations_[verb] & kObjects) == 0 ||
        g_->has_child(verb, Relation::kCop)) {
      continue;
    }
    for_each_out(g_->graph, verb, [&](EdgeId, const Edge& subject) {
      if (!is(subject.label, Relation::kNsubj) || !is_noun_node(subject.dependent)) return;
      for_each_out(g_->graph, verb, [&](EdgeId, const Edge& object) {
        if (!is_object(object.label) || !is_noun_node(object.dependent)) return;
        const NameId first = name(subject.dependent), second = name(object.dependent);
        out_->add(first, second, predicate(verb, object.label));
      });
    });
  }
}

// "a man riding a horse"
void TupleRules::add_participles() {
  for (const NodeId node : order_) {
    if (!may_have(node, Relation::kAcl)) continue;
    for_each_out(g_->graph, node, [&](EdgeId, const Edge& participle) {
      const NodeId verb = participle.dependent;
      if (!is(participle.label, Relation::kAcl) || !is_verb(g_->tag(verb))) return;
      for_each_out(g_->graph, verb, [&](EdgeId, const Edge& object) {
        if (!is_object(object.label) || !is_noun_node(object.dependent)) return;
        const NameId first = name(node), second = name(object.dependent);
        out_->add(first, second, predicate(verb, object.label));
      });
    });
  }
}

// "a man sits"
void TupleRules::add_intransitive_clauses() {
  for (const NodeId verb : order_) {
    if (!may_have(verb, Relation::kNsubj) || g_->has_child(verb, Relation::kCop) ||
        has_object(verb)) {
      continue;
    }
    for_each_out(g_->graph, verb, [&](EdgeId, const Edge& subject) {
      if (is(subject.label, Relation::kNsubj) && is_noun_node(subject.dependent)) {
        add_subject_pair(subject.dependent, verb);
      }
    });
  }
}

// "a woman is in the house", "a man is a rider"
void TupleRules::add_copular_clauses() {
  for (const NodeId head : order_) {
    if (!may_have(head, Relation::kNsubj) || !may_have(head, Relation::kCop)) continue;
    for_each_out(g_->graph, head, [&](EdgeId, const Edge& subject) {
      if (!is(subject.label, Relation::kNsubj) || !is_noun_node(subject.dependent)) return;
      for_each_out(g_->graph, head, [&](EdgeId, const Edge& copula) {
        if (is(copula.label, Relation::kCop)) add_subject_pair(subject.dependent, head);
      });
    });
  }
}

void TupleRules::add_subject_pair(NodeId subject, NodeId verb) {
  const NodeId marker = g_->child(verb, Relation::kCase);
  if (marker == kNoNode) {
    if (g_->lemma(verb) == "be") return;
    const NameId first = name(subject);
    out_->add(first, name(verb));
    return;
  }
  const NameId first = name(subject), second = name(verb);
  text_ = g_->sentence.word(g_->position(marker));
  for_each_out(g_->graph, marker, [&](EdgeId, const Edge& edge) {
    if (!is(edge.label, Relation::kMwe)) return;
    text_ += ' ';
    text_ += g_->sentence.word(g_->position(edge.dependent));
  });
  out_->add(first, second, out_->add_name(text_));
}

// "a brown horse"
void TupleRules::add_adjectives() {
  for (const NodeId node : order_) {
    if (!may_have(node, Relation::kAmod)) continue;
    for_each_out(g_->graph, node, [&](EdgeId, const Edge& edge) {
      if (!is(edge.label, Relation::kAmod)) return;
      const NameId first = name(node);
      out_->add(first, name(edge.dependent));
    });
  }
}

// "the horse is brown"
void TupleRules::add_adjectival_predicates() {
  for (const NodeId node : order_) {
    if (!may_have(node, Relation::kNsubj) || !is_adjective(g_->tag(node))) continue;
    for_each_out(g_->graph, node, [&](EdgeId, const Edge& edge) {
      if (!is(edge.label, Relation::kNsubj)) return;
      const NameId first = name(edge.dependent);
      out_->add(first, name(node));
    });
  }
}

// "a man on a horse"
void TupleRules::add_phrases() {
  for (const NodeId node : order_) {
    if ((relations_[node] & kObjects) == 0 || !is_noun_node(node)) continue;
    for_each_out(g_->graph, node, [&](EdgeId, const Edge& edge) {
      if (!is_object(edge.label) || is(edge.label, Relation::kDobj) ||
          is(edge.label, Relation::kIobj) || is_agent_or_possessor(edge.label)) {
        return;
      }
      const NameId first = name(node), second = name(edge.dependent);
      out_->add(first, second, preposition(edge.label));
    });
  }
}

// "a man 's horse"
void TupleRules::add_possessives() {
  for (const NodeId node : order_) {
    if (!may_have(node, Relation::kNmodPoss) || !is_noun_node(node)) continue;
    for_each_out(g_->graph, node, [&](EdgeId, const Edge& edge) {
      if (!is(edge.label, Relation::kNmodPoss) || !is_noun_node(edge.dependent)) return;
      const NameId first = name(edge.dependent), second = name(node);
      out_->add(first, second, out_->add_name("have"));
    });
  }
}

// "a horse is ridden by a man"
void TupleRules::add_agents() {
  for (const NodeId verb : order_) {
    if (!may_have(verb, Relation::kNsubjpass) || !is_verb(g_->tag(verb))) continue;
    for_each_out(g_->graph, verb, [&](EdgeId, const Edge& agent) {
      if (agent.label != EdgeLabel{Relation::kNmod, Marker::kAgent} ||
          !is_noun_node(agent.dependent)) {
        return;
      }
      for_each_out(g_->graph, verb, [&](EdgeId, const Edge& subject) {
        if (!is(subject.label, Relation::kNsubjpass) || !is_noun_node(subject.dependent)) return;
        const NameId first = name(agent.dependent), second = name(subject.dependent);
        out_->add(first, second, predicate(verb, agent.label));
      });
    });
  }
}

// "two horses"
void TupleRules::add_numbers() {
  for (const Numbered& numbered : numbers_.find(*g_, order_)) {
    const NameId first = name(numbered.noun);
    out_->add(first, name(numbered.number));
  }
}

// "a tennis racket"
void TupleRules::add_compounds() {
  for (const NodeId node : order_) {
    if (!may_have(node, Relation::kCompound) || !is_noun_node(node)) continue;
    for_each_out(g_->graph, node, [&](EdgeId, const Edge& edge) {
      if (!is(edge.label, Relation::kCompound) || !is_noun_node(edge.dependent)) return;
      const NameId first = name(node);
      out_->add(first, name(edge.dependent));
      in_compound_[node] = in_compound_[edge.dependent] = true;
    });
  }
}

void TupleRules::add_objects() {
  for (const NodeId node : order_) {
    if (is_noun_node(node) && !in_compound_[node]) out_->add(name(node));
  }
}

}  // namespace vernier::spice
