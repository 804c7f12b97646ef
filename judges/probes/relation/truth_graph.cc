#include "judges/probes/relation/truth_graph.h"

#include <algorithm>
#include <numeric>

#include "metrics/text/text_set.h"

namespace vernier::probes {
namespace {

/// "is" is no relation: what comes behind it is an attribute ("laptop", "is", "black").
bool is_attribute(const SceneRelation& relation) {
  return relation.predicate == "is" || relation.predicate == "are" || relation.predicate == "be";
}

void add_attribute(SceneObject& object, const std::string& attribute) {
  if (std::ranges::find(object.attributes, attribute) == object.attributes.end()) {
    object.attributes.push_back(attribute);
  }
}

}  // namespace

TruthGraph::TruthGraph(const ImageScene& scene, const text::WordNet& word_net)
    : objects_(scene.objects), kind_(scene.kind) {
  std::vector<bool> only_attribute(objects_.size()), in_relation(objects_.size());
  for (const SceneRelation& relation : scene.relations) {
    if (is_attribute(relation)) {
      add_attribute(objects_[relation.subject], objects_[relation.object].names.front());
      only_attribute[relation.object] = true;
      in_relation[relation.subject] = true;
      continue;
    }
    in_relation[relation.subject] = in_relation[relation.object] = true;
    edges_.push_back({relation.subject, relation.object,
                      Predicates::get().canonical(relation.predicate, word_net)});
  }
  // What only ever stood behind "is" was never a thing; names no noun matches are harmless.
  for (std::size_t i = 0; i < objects_.size(); ++i) {
    if (only_attribute[i] && !in_relation[i]) objects_[i].names.clear();
  }
  find_parts();
}

TruthGraph::TruthGraph(const std::vector<Facts>& references, const text::WordNet& word_net) {
  text::TextMap<std::uint32_t> known;
  const auto object = [&](const std::string& name) {
    const auto [found, fresh] =
        known.try_emplace(name, static_cast<std::uint32_t>(objects_.size()));
    if (fresh) objects_.push_back({{name}, {}, {}});
    return found->second;
  };
  for (const Facts& reference : references) {
    for (const Fact& fact : reference.facts) {
      const std::uint32_t subject = object(fact.subject);
      if (fact.kind == FactKind::kAttribute) add_attribute(objects_[subject], fact.link);
      if (fact.kind != FactKind::kRelation) continue;
      edges_.push_back(
          {subject, object(fact.object), Predicates::get().canonical(fact.link, word_net)});
    }
  }
  find_parts();
}

void TruthGraph::find_parts() {
  parts_.resize(objects_.size());
  std::iota(parts_.begin(), parts_.end(), 0U);
  const auto root = [&](std::uint32_t i) {
    while (parts_[i] != i) i = parts_[i];
    return i;
  };
  for (const TruthEdge& edge : edges_) parts_[root(edge.subject)] = root(edge.object);
  for (std::uint32_t i = 0; i < parts_.size(); ++i) parts_[i] = root(i);
}

std::vector<std::uint32_t> TruthGraph::named(std::string_view noun, NounMatch& match) const {
  std::vector<std::uint32_t> out;
  for (std::uint32_t i = 0; i < objects_.size(); ++i) {
    const auto& names = objects_[i].names;
    if (std::ranges::any_of(names,
                            [&](const std::string& name) { return match.same(noun, name); })) {
      out.push_back(i);
    }
  }
  return out;
}

}  // namespace vernier::probes
