// Each relation rule by itself, and where several rules or none apply.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "metrics/spice/dependencies/graph/word_graph.h"
#include "metrics/spice/dependencies/rules/table_reader.h"
#include "metrics/spice/dependencies/rules/tables.h"
#include "tests/metrics/spice/dependencies/trees.h"
#include "tests/metrics/spice/dependencies/work.h"
#include "tests/support/shared.h"

namespace vernier::tests {
namespace {

using namespace spice;

struct RuleExample {
  std::string rule;  ///< "conj 3"
  std::string tree, pairs, dependencies;
};

std::vector<RuleExample> read_examples() {
  std::string text;
  for (const std::string& line :
       read_lines(std::string(VERNIER_SOURCE) +
                  "/tests/metrics/spice/dependencies/relation_examples.txt")) {
    if (!line.starts_with("#")) text += line + "\n";
  }
  std::vector<RuleExample> examples;
  for (const TableEntry& entry : read_table(text)) {
    examples.push_back({entry.head, entry.lines.at(0), entry.lines.at(1), entry.lines.at(2)});
  }
  return examples;
}

/// "conj 3" of each rule in the order of Rules::relations.
std::vector<std::string> rule_names() {
  std::vector<std::string> names;
  for (const TableEntry& entry : read_table(kRelations)) {
    std::string_view head = entry.head;
    const std::string relation(take_word(head));
    for (std::size_t n = 1; n <= entry.lines.size(); ++n) {
      names.push_back(relation + " " + std::to_string(n));
    }
  }
  return names;
}

/// What one rule finds: "dependent<governor", from 1.
std::string pairs_of(const RelationRule& rule, std::string_view text) {
  const TreeAtWork work = after_surgery(text);
  Heads heads(rules().heads, rules().program);
  heads.find(work.tree, work.lists);
  Matcher matcher(rules().program);
  matcher.look_at({&work.tree, work.lists, heads.without_parent()});
  std::vector<std::string> pairs;
  for (NodeId at = work.tree.root(); at != kNoNode;
       at = work.tree.following(at, work.tree.root())) {
    if (work.tree[at].word != 0 || !contains(rule.pattern.root.labels, work.tree[at].label))
      continue;
    for (const NodeId target : matcher.targets(rule.pattern, at)) {
      const int dependent = heads.words()[target], governor = heads.words()[at];
      const std::string pair = std::to_string(dependent) + "<" + std::to_string(governor);
      const bool known = std::find(pairs.begin(), pairs.end(), pair) != pairs.end();
      if (dependent != governor && !known) pairs.push_back(pair);
    }
  }
  std::string all;
  for (const std::string& pair : pairs) all += (all.empty() ? "" : " ") + pair;
  return all;
}

TEST(SpiceRelations, EachRuleFindsItsWords) {
  const std::vector<std::string> names = rule_names();
  ASSERT_EQ(names.size(), rules().relations.size());
  std::set<std::string> seen;
  for (const RuleExample& example : read_examples()) {
    const auto found = std::find(names.begin(), names.end(), example.rule);
    ASSERT_NE(found, names.end()) << example.rule;
    seen.insert(example.rule);
    EXPECT_EQ(pairs_of(rules().relations[found - names.begin()], example.tree), example.pairs)
        << example.rule << " " << example.tree;
    EXPECT_EQ(dependencies_of(example.tree), example.dependencies) << example.tree;
  }
  for (const std::string& name : names) EXPECT_TRUE(seen.contains(name)) << name;
}

TEST(SpiceRelations, OfSeveralNamesTheFirstOrItsSpecialCaseStays) {
  constexpr TreeExample kExamples[] = {
      // advmod, neg
      {"(VP (VBZ does) (RB not) (VP (VB run)))", "3:aux 3:neg 0:root"},
      // aux, auxpass, cop
      {"(VP (VBZ is) (VP (VBN seen)))", "2:auxpass 0:root"},
      // amod, compound
      {"(QP (CD two) (CD million))", "2:compound 0:root"},
      // advcl, ccomp
      {"(VP (VBZ asks) (SBAR (WHADVP (WRB how)) (S (VP (TO to) (VP (VB run))))))",
       "0:root 4:advmod 4:mark 1:ccomp"},
      // acl, acl:relcl
      {"(NP (NP (NN dog)) (SBAR (WHADVP (WRB where)) (S (VP (TO to) (VP (VB run))))))",
       "0:root 4:advmod 4:mark 1:acl"},
  };
  for (const auto& [tree, dependencies] : kExamples) EXPECT_EQ(dependencies_of(tree), dependencies);
}

TEST(SpiceRelations, WordsThatNoRuleReachesAreAttachedToThePhraseAround) {
  EXPECT_EQ(dependencies_of("(X (NP (NNS dogs)) (NP (NNS cats)) (FRAG (NN x)))"),
            "2:dep 0:root 2:dep");
  EXPECT_EQ(dependencies_of("(FRAG (NP (DT a) (NN dog)) (X (VP (VBG running)) (NN x)))"),
            "2:det 0:root 2:dep 3:dep");
}

// "day" governs "runs" by the outer rule, so that the inner one may not turn it round.
TEST(SpiceRelations, NoWordGovernsItself) {
  EXPECT_EQ(
      dependencies_of("(NP (NP (DT the) (NN day)) (SBAR (WHADVP (WRB when)) (S (NP (PRP he)) (VP "
                      "(VBZ runs)))))"),
      "2:det 0:root 5:advmod 5:nsubj 2:acl:relcl");
}

}  // namespace
}  // namespace vernier::tests
