// Patterns as they are written (rules/tables.h), as a tree.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/spice/dependencies/pattern/word_lists.h"
#include "metrics/spice/dependencies/tree/work_tree.h"

namespace vernier::spice {

/// From a node to others: see rules/tables.h.
enum class Move : std::uint8_t {
  kHas,
  kFirst,
  kSecond,
  kThird,
  kLast,
  kSole,
  kNext,
  kPrevious,
  kLater,
  kEarlier,
  kSisters,
  kUp,
  kHead,
  kSelf,
  kDeep,
  kHeads,
  kLeftEdge,
  kRightEdge,
  kVia,
};

/// What a node must be by itself.
struct NodeTest {
  NodeSet labels;
  WordSet some;  ///< its word is on one of these lists; empty: may be any
  WordSet none;  ///< and on none of these
};

struct ConditionSyntax;

struct NodeSyntax {
  NodeTest test;
  std::string name;        ///< of =name or ==name
  bool is_known = false;   ///< ==name
  std::string same_label;  ///< of ~name
  std::vector<ConditionSyntax> conditions;
};

/// A relation to another node, or alternatives.
struct ConditionSyntax {
  bool negated = false;
  Move move = Move::kSelf;
  NodeSet via;
  std::unique_ptr<NodeSyntax> node;  ///< null for alternatives
  std::vector<std::vector<ConditionSyntax>> alternatives;
};

/// Reads patterns. Throws Error(kInternal) where one is not as rules/tables.h says.
class PatternReader {
 public:
  PatternReader(WordLists& words, std::string_view label_classes, std::string_view macros);

  NodeSyntax read(std::string_view pattern);
  /// Labels as the tables of heads and classes have them: "NP", "VB*".
  static NodeSet labels_like(std::string_view text);

 private:
  [[noreturn]] void fail(std::string_view expected) const;
  bool take(std::string_view text);
  void expect(std::string_view text);
  void skip_blanks();
  std::string_view token();
  std::string_view quoted();

  NodeSyntax node();
  NodeSet label_set(WordSet& leaves);
  NodeSet label_alternative(WordSet& leaves);
  void word_test(NodeTest& test);
  std::vector<ConditionSyntax> conditions();
  ConditionSyntax condition();
  void expand_macros(std::string_view pattern);

  WordLists& words_;
  std::map<std::string, NodeSet, std::less<>> classes_;
  std::map<std::string, std::string, std::less<>> macros_;
  std::string text_;  // the pattern being read, without macros
  std::size_t at_ = 0;
};

}  // namespace vernier::spice
