#include "metrics/spice/dependencies/graph/finishing.h"

#include <algorithm>
#include <initializer_list>
#include <tuple>

namespace vernier::spice {
namespace {

bool is_one_of(EdgeName name, std::initializer_list<EdgeName> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr EdgeName kXcomp = edge_name(Relation::kXcomp), kDobj = edge_name(Relation::kDobj),
                   kIobj = edge_name(Relation::kIobj), kDep = edge_name(Relation::kDep),
                   kNmod = edge_name(Relation::kNmod), kCase = edge_name(Relation::kCase),
                   kAuxpass = edge_name(Relation::kAuxpass), kNsubj = edge_name(Relation::kNsubj),
                   kCsubj = edge_name(Relation::kCsubj);

bool has_any(const std::vector<NamedEdge>& edges, EdgeName name) {
  return std::any_of(edges.begin(), edges.end(),
                     [name](const NamedEdge& edge) { return edge.name == name; });
}

/// The original keeps children in hash tables of a power of two of places, at least 16, of which
/// at most three quarters are taken. Their order matters where the first of several is asked for.
class ChildOrder {
 public:
  ChildOrder(const std::vector<NamedEdge>& edges, std::uint16_t governor) {
    const auto children = std::count_if(edges.begin(), edges.end(), [=](const NamedEdge& edge) {
      return edge.governor == governor;
    });
    while (children > places_ * 3 / 4) places_ *= 2;
  }
  bool operator()(const NamedEdge& a, const NamedEdge& b) const {
    return std::pair(a.dependent % places_, a.dependent) <
           std::pair(b.dependent % places_, b.dependent);
  }

 private:
  int places_ = 16;
};

/// The first child of a governor that is wanted, or null.
template <class Wanted>
NamedEdge* first_child(std::vector<NamedEdge>& edges, std::uint16_t governor, Wanted wanted) {
  const ChildOrder before(edges, governor);
  NamedEdge* first = nullptr;
  for (NamedEdge& edge : edges) {
    if (edge.governor != governor || !wanted(edge)) continue;
    if (first == nullptr || before(edge, *first)) first = &edge;
  }
  return first;
}

NamedEdge* first_child(std::vector<NamedEdge>& edges, std::uint16_t governor,
                       std::initializer_list<EdgeName> names) {
  return first_child(edges, governor,
                     [&](const NamedEdge& edge) { return is_one_of(edge.name, names); });
}

bool starts_with_w(Label tag) { return label_name(tag).front() == 'W'; }

// "what does he seem to eat": "what" is the object of "eat".
void reattach_question_words(std::vector<NamedEdge>& edges, const FinishedWords& words) {
  std::vector<std::pair<NamedEdge*, std::uint16_t>> moved;  // an edge and its new governor
  for (const NamedEdge& edge : edges) {
    if (edge.name != kXcomp) continue;
    const std::uint16_t governor = edge.governor;
    NamedEdge* const question = first_child(edges, governor, {kDep, kDobj});
    if (question == nullptr || !starts_with_w(words.tags[question->dependent - 1])) continue;
    if (first_child(edges, governor, {kDobj, kIobj}) == nullptr &&
        !words.reattaching_lemmas.contains(words.lemma_of(governor - 1))) {
      continue;
    }
    moved.emplace_back(question, first_child(edges, governor, {kXcomp})->dependent);
  }
  for (const auto& [edge, governor] : moved) {
    edge->governor = governor;
    edge->name = kDobj;
  }
}

// A preposition that has lost its object goes to what stands before it: "who ... looking at".
void resolve_prepositions(std::vector<NamedEdge>& edges) {
  while (true) {
    const auto any = std::find_if(edges.begin(), edges.end(),
                                  [](const NamedEdge& edge) { return edge.name == kPrepName; });
    if (any == edges.end()) return;
    NamedEdge* const preposition = first_child(edges, any->governor, {kPrepName});
    NamedEdge* const object = first_child(edges, any->governor, [&](const NamedEdge& edge) {
      return is_one_of(edge.name, {kNmod, kRelName}) && edge.dependent <= preposition->dependent;
    });
    if (object == nullptr) {
      preposition->name = kNmod;
    } else {
      object->name = kNmod;
      preposition->governor = object->dependent;
      preposition->name = kCase;
    }
  }
}

void make_subjects_passive(std::vector<NamedEdge>& edges) {
  for (NamedEdge& edge : edges) {
    if (!is_one_of(edge.name, {kNsubj, kCsubj})) continue;
    if (first_child(edges, edge.governor, {kAuxpass}) == nullptr) continue;
    edge.name = edge_name(edge.name == kNsubj ? Relation::kNsubjpass : Relation::kCsubjpass);
  }
}

}  // namespace

void finish(std::vector<NamedEdge>& edges, const FinishedWords& words) {
  if (has_any(edges, kXcomp)) reattach_question_words(edges, words);
  resolve_prepositions(edges);
  for (NamedEdge& edge : edges) {
    if (edge.name == kRelName) edge.name = kDobj;
  }
  if (has_any(edges, kAuxpass)) make_subjects_passive(edges);
  std::sort(edges.begin(), edges.end(), [](const NamedEdge& a, const NamedEdge& b) {
    return std::tie(a.dependent, a.governor, a.name) < std::tie(b.dependent, b.governor, b.name);
  });
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
}

}  // namespace vernier::spice
