#include "metrics/spice/dependencies/graph/word_graph.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace vernier::spice {
namespace {

// The byte order of the names: the relations are declared in it, but for the root, which no edge
// here has.
constexpr std::array<EdgeName, kEdgeNames> kByName = [] {
  std::array<EdgeName, kEdgeNames> names{};
  std::size_t n = 0;
  for (std::size_t relation = 0; relation < kRelationCount; ++relation) {
    if (relation == edge_name(Relation::kPunct)) names[n++] = kPrepName;
    if (relation == edge_name(Relation::kXcomp)) names[n++] = kRelName;
    names[n++] = static_cast<EdgeName>(relation);
  }
  return names;
}();

}  // namespace

std::span<const NamedEdge> WordGraph::build(const WorkTree& tree, std::span<const WordSet> words,
                                            const Heads& heads) {
  matcher_.look_at({&tree, words, heads.without_parent()});
  words_ = words;
  heads_ = heads.words();
  attachments_.assign(words.size(), {});
  edges_.clear();
  for (NodeId at = tree.root(); at != kNoNode; at = tree.following(at, tree.root())) {
    if (tree[at].word == 0) relate(tree, at);
  }
  components_.resize(words.size());
  std::iota(components_.begin(), components_.end(), std::uint16_t{0});
  for (std::size_t n = 1; n < words.size(); ++n) {
    const auto word = static_cast<std::uint16_t>(n);
    const auto [governor, names] = attachments_[word];
    if (governor == 0) continue;
    edges_.push_back({governor, word, single_name(names)});
    components_[component(word)] = component(governor);
  }
  attach_stranded(tree);
  return edges_;
}

void WordGraph::relate(const WorkTree& tree, NodeId phrase) {
  NodeSet labels;
  WordSet words;
  for (NodeId child = tree[phrase].first; child != kNoNode; child = tree[child].next) {
    labels.set(static_cast<std::size_t>(tree[child].label));
    words |= words_[tree[child].word];
  }
  const auto label = static_cast<std::size_t>(tree[phrase].label);
  for (const std::uint16_t index : rules_.relations_of[label]) {
    const RelationRule& rule = rules_.relations[index];
    const auto there = [&](const Pattern::Need& need) {
      return (need.labels & labels).any() && (need.words.none() || (need.words & words).any());
    };
    const auto& needs = rule.pattern.children;
    if (!std::all_of(needs.begin(), needs.end(), there)) continue;
    for (const NodeId target : matcher_.targets(rule.pattern, phrase)) {
      add(heads_[phrase], heads_[target], rule.name);
    }
  }
}

// A word has one governor here, and none that it governs itself, directly or not.
void WordGraph::add(std::uint16_t governor, std::uint16_t dependent, EdgeName name) {
  if (governor == dependent) return;
  Attachment& attachment = attachments_[dependent];
  if (attachment.governor == 0) {
    for (std::uint16_t above = governor; above != 0; above = attachments_[above].governor) {
      if (above == dependent) return;
    }
    attachment.governor = governor;
  }
  if (attachment.governor == governor) attachment.names |= std::uint64_t{1} << name;
}

std::uint16_t WordGraph::component(std::uint16_t word) {
  while (components_[word] != word) word = components_[word] = components_[components_[word]];
  return word;
}

// Whatever no edge connects with the root becomes a dependent of the phrase around it. Here, in
// strange trees, a word may get a second governor.
void WordGraph::attach_stranded(const WorkTree& tree) {
  const std::uint16_t root = heads_[tree.root()];
  for (NodeId at = tree.root(); at != kNoNode; at = tree.following(at, tree.root())) {
    if (at == tree.root() || tree[at].label == kLeaf) continue;
    const std::uint16_t word = heads_[at], governor = heads_[tree[at].parent];
    if (word == governor || component(word) == component(root)) continue;
    if (attachments_[word].governor == governor) continue;
    edges_.push_back({governor, word, edge_name(Relation::kDep)});
    components_[component(word)] = component(governor);
  }
}

// Of several names the first in the order of the alphabet, or special cases of it.
EdgeName WordGraph::single_name(std::uint64_t names) const {
  EdgeName single = kEdgeNames;
  for (const EdgeName name : kByName) {
    if ((names >> name & 1) == 0) continue;
    if (single == kEdgeNames || rules_.parents[name] == single) single = name;
  }
  return single;
}

}  // namespace vernier::spice
