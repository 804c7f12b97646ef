#include "metrics/spice/scene/scene_graph.h"

namespace vernier::spice {
namespace {

Concept& next(std::vector<Concept>& pool, std::uint32_t used) {
  if (used == pool.size()) pool.emplace_back();
  return pool[used];
}

}  // namespace

void SceneGraph::add(std::span<const TextId> tuple) {
  const std::uint32_t node = find_or_add_node(tuple[0]);
  if (tuple.size() == 2) add_attribute(node, tuple[1]);
  if (tuple.size() == 3) {
    const std::uint32_t object = find_or_add_node(tuple[1]);
    add_relation(node, object, texts_.without_be(tuple[2]));
  }
}

std::uint32_t SceneGraph::find_or_add_node(TextId text) {
  // The very same word goes before a node that has merged it with others.
  for (std::uint32_t n = 0; n < node_count_; ++n) {
    if (nodes_[n].is(text)) return n;
  }
  const std::span<const std::uint32_t> synsets = texts_.synsets(text);
  float best = 0;
  std::uint32_t chosen = node_count_;
  for (std::uint32_t n = 0; n < node_count_; ++n) {
    const float similarity = nodes_[n].similarity(text, synsets);
    if (similarity <= best) continue;
    best = similarity;
    chosen = n;
  }
  if (chosen == node_count_) {
    next(nodes_, node_count_++).assign(text, synsets);
  } else {
    nodes_[chosen].merge(text, synsets);
  }
  return chosen;
}

std::uint32_t SceneGraph::new_link(TextId text) {
  next(links_, link_count_).assign(text, texts_.synsets(text));
  return link_count_++;
}

void SceneGraph::add_attribute(std::uint32_t node, TextId text) {
  for (const Attribute& a : attributes_) {
    if (a.node == node && links_[a.link].is(text)) return;
  }
  const std::span<const std::uint32_t> synsets = texts_.synsets(text);
  for (const Attribute& a : attributes_) {
    if (a.node != node || links_[a.link].similarity(text, synsets) <= 0) continue;
    links_[a.link].merge(text, synsets);
    return;
  }
  attributes_.push_back({node, new_link(text)});
}

void SceneGraph::add_relation(std::uint32_t subject, std::uint32_t object, TextId text) {
  const auto between = [&](const Relation& r) {
    return r.subject == subject && r.object == object;
  };
  for (const Relation& r : relations_) {
    if (between(r) && links_[r.link].is(text)) return;
  }
  const std::span<const std::uint32_t> synsets = texts_.synsets(text);
  for (const Relation& r : relations_) {
    if (!between(r) || links_[r.link].similarity(text, synsets) <= 0) continue;
    links_[r.link].merge(text, synsets);
    return;
  }
  relations_.push_back({subject, object, new_link(text)});
}

void SceneGraph::tuples(std::vector<SceneTuple>& out) const {
  out.clear();
  for (std::uint32_t n = 0; n < node_count_; ++n) out.push_back({.first = n});
  for (const Attribute& a : attributes_) {
    const std::span<const TextId> words = links_[a.link].texts();
    const AttributeGroup group = words.size() == 1 ? texts_.group(words[0]) : AttributeGroup::kNone;
    out.push_back({.parts = 2, .group = group, .first = a.node, .link = a.link});
  }
  for (const Relation& r : relations_) {
    out.push_back({.parts = 3, .first = r.subject, .link = r.link, .second = r.object});
  }
}

}  // namespace vernier::spice
