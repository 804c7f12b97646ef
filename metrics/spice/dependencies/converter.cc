#include "metrics/spice/dependencies/converter.h"

#include "base/error.h"
#include "metrics/spice/dependencies/graph/finishing.h"
#include "metrics/spice/dependencies/graph/word_graph.h"
#include "metrics/spice/dependencies/surgery/surgery.h"

namespace vernier::spice {
namespace {

const Rules& shared_rules() {
  static const Rules rules;
  return rules;
}

}  // namespace

struct DependencyConverter::Parts {
  void convert(const Tree& tree, std::span<const std::string_view> words, const LemmaOf& lemma_of,
               std::vector<Dependency>& out);

  const Rules& rules = shared_rules();
  WorkTree work;
  std::vector<WordSet> lists;  // of each word, as in Sight
  std::vector<Label> tags;
  std::string folded;
  Surgery surgery{rules};
  Heads heads{rules.heads, rules.program};
  WordGraph graph{rules};
  std::vector<NamedEdge> edges;
};

DependencyConverter::DependencyConverter() : parts_(std::make_unique<Parts>()) {}
DependencyConverter::~DependencyConverter() = default;
DependencyConverter::DependencyConverter(DependencyConverter&&) noexcept = default;
DependencyConverter& DependencyConverter::operator=(DependencyConverter&&) noexcept = default;

void DependencyConverter::convert(const Tree& tree, std::span<const std::string_view> words,
                                  const LemmaOf& lemma_of, std::vector<Dependency>& out) {
  parts_->convert(tree, words, lemma_of, out);
}

void DependencyConverter::Parts::convert(const Tree& tree, std::span<const std::string_view> words,
                                         const LemmaOf& lemma_of, std::vector<Dependency>& out) {
  tags.clear();
  for (const TreeNode& node : tree) {
    if (!is_tag(node.label)) continue;
    if (node.token != tags.size()) throw Error(ExitCode::kInternal, "a tree of unordered words");
    tags.push_back(node.label);
  }
  if (tags.size() != words.size() || words.empty()) {
    throw Error(ExitCode::kInternal, "a tree of other words");
  }
  lists.assign(1, {});
  for (const std::string_view word : words) {
    lists.push_back(rules.words.lists_of(word, folded));
  }

  work.assign(tree);
  surgery.perform(work, lists);
  work.number();
  heads.find(work, lists);
  const std::span<const NamedEdge> built = graph.build(work, lists, heads);
  edges.assign(built.begin(), built.end());
  edges.push_back({0, heads.words()[work.root()], edge_name(Relation::kRoot)});
  finish(edges, {tags, lemma_of, rules.reattaching_lemmas});
  out.clear();
  for (const NamedEdge& edge : edges) {
    out.push_back({edge.governor, edge.dependent, static_cast<Relation>(edge.name)});
  }
}

}  // namespace vernier::spice
