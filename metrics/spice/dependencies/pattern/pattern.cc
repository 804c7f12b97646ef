#include "metrics/spice/dependencies/pattern/pattern.h"

#include "base/error.h"

namespace vernier::spice {
namespace {

constexpr std::uint16_t kFoundStep = 0;

/// Whether a relation leads to one node at most.
bool leads_to_one(Move move) {
  switch (move) {
    case Move::kFirst:
    case Move::kSecond:
    case Move::kThird:
    case Move::kLast:
    case Move::kSole:
    case Move::kNext:
    case Move::kPrevious:
    case Move::kUp:
    case Move::kHead:
    case Move::kSelf:
      return true;
    default:
      return false;
  }
}

bool leads_to_children(Move move) {
  return move == Move::kHas || move == Move::kHead || (move >= Move::kFirst && move <= Move::kSole);
}

Pattern::Need need_of(const NodeTest& test) {
  return {test.labels, test.labels[static_cast<std::size_t>(kLeaf)] ? WordSet() : test.some};
}

bool is_trivial(const Pattern::Need& need) { return need.labels.all() && need.words.none(); }

void collect_needs(const std::vector<ConditionSyntax>& conditions, bool top, Pattern& pattern) {
  for (const ConditionSyntax& condition : conditions) {
    if (condition.negated || condition.node == nullptr) continue;
    const NodeSyntax& node = *condition.node;
    if (const Pattern::Need need = need_of(node.test); !is_trivial(need)) {
      pattern.anywhere.push_back(need);
      if (top && leads_to_children(condition.move)) pattern.children.push_back(need);
    }
    collect_needs(node.conditions, false, pattern);
  }
}

/// How often names are given or used.
using Counts = std::map<std::string, int, std::less<>>;
struct Names {
  Counts given, used;
};

void count_names(const NodeSyntax& node, Names& names);

void count_names(const ConditionSyntax& condition, Names& names) {
  if (condition.node != nullptr) count_names(*condition.node, names);
  for (const auto& alternative : condition.alternatives) {
    for (const ConditionSyntax& part : alternative) count_names(part, names);
  }
}

void count_names(const NodeSyntax& node, Names& names) {
  if (!node.name.empty()) ++(node.is_known ? names.used : names.given)[node.name];
  if (!node.same_label.empty()) ++names.used[node.same_label];
  for (const ConditionSyntax& condition : node.conditions) count_names(condition, names);
}

}  // namespace

class PatternCompiler {
 public:
  PatternCompiler(PatternProgram& program, const NodeSyntax& root, std::string_view yield)
      : program_(program), root_(root), yield_(yield) {
    count_names(root, all_);
  }

  Pattern compile() {
    Pattern pattern{root_.test, 0, {}, {}, {}};
    pattern.anywhere.push_back(need_of(root_.test));
    collect_needs(root_.conditions, true, pattern);
    std::uint16_t end = kFoundStep;
    names_[root_.name] = 0;
    allocate(root_.conditions);
    if (!yield_.empty()) {
      end = add({Step::kYield, Move::kSelf, register_of(yield_), 0, kNoRegister, 0, 0, 0});
    }
    pattern.entry = conditions(root_.conditions, 0, end);
    names_.erase("");
    pattern.names = std::move(names_);
    return pattern;
  }

 private:
  std::uint16_t add(const Step& step) {
    program_.steps_.push_back(step);
    return static_cast<std::uint16_t>(program_.steps_.size() - 1);
  }

  std::uint16_t add_test(const NodeTest& test, const NodeSet& via) {
    program_.tests_.push_back(test);
    program_.vias_.push_back(via);
    return static_cast<std::uint16_t>(program_.tests_.size() - 1);
  }

  Register register_of(std::string_view name) const {
    const auto found = names_.find(name);
    if (found == names_.end()) {
      throw Error(ExitCode::kInternal, "no node is named " + std::string(name));
    }
    return found->second;
  }

  Register new_register() {
    if (used_ == kRegisters) throw Error(ExitCode::kInternal, "a pattern of too many nodes");
    return static_cast<Register>(used_++);
  }

  // Steps are made from the last to the first, names are given from the first to the last.
  void allocate(const std::vector<ConditionSyntax>& conditions) {
    for (const ConditionSyntax& condition : conditions) {
      for (const auto& alternative : condition.alternatives) allocate(alternative);
      if (condition.node == nullptr) continue;
      const NodeSyntax& node = *condition.node;
      if (node.is_known) {
        registers_[&node] = register_of(node.name);
      } else if (node.name.empty()) {
        registers_[&node] = new_register();
      } else {
        const auto [found, added] = names_.try_emplace(node.name, Register{0});
        if (added) found->second = new_register();
        registers_[&node] = found->second;
      }
      allocate(node.conditions);
    }
  }

  // Whether it does not matter to the rest of the pattern which nodes fulfil a condition.
  bool is_private(const ConditionSyntax& condition) const {
    Names inside;
    count_names(condition, inside);
    for (const auto& [name, count] : inside.given) {
      if (yield_.empty() || name == yield_) return false;
      const auto used = all_.used.find(name);
      if (used != all_.used.end() && used->second > inside.used[name]) return false;
    }
    return true;
  }

  std::uint16_t conditions(const std::vector<ConditionSyntax>& all, Register from,
                           std::uint16_t next) {
    for (auto condition = all.rbegin(); condition != all.rend(); ++condition) {
      next = this->condition(*condition, from, next);
    }
    return next;
  }

  std::uint16_t condition(const ConditionSyntax& condition, Register from, std::uint16_t next) {
    if (condition.negated) {
      return add({Step::kNone, Move::kSelf, from, 0, kNoRegister, 0, next,
                  find(condition, from, kFoundStep)});
    }
    const bool one =
        condition.node != nullptr && (leads_to_one(condition.move) || condition.node->is_known);
    if (next == kFoundStep || one || !is_private(condition)) return find(condition, from, next);
    return add({Step::kSome, Move::kSelf, from, 0, kNoRegister, 0, next,
                find(condition, from, kFoundStep)});
  }

  // Leads to `next` with each choice of nodes that fulfils the condition.
  std::uint16_t find(const ConditionSyntax& condition, Register from, std::uint16_t next) {
    if (condition.node == nullptr) {
      std::uint16_t entry = conditions(condition.alternatives.back(), from, next);
      for (std::size_t n = condition.alternatives.size() - 1; n-- > 0;) {
        const std::uint16_t inner = conditions(condition.alternatives[n], from, next);
        entry = add({Step::kEither, Move::kSelf, from, 0, kNoRegister, 0, entry, inner});
      }
      return entry;
    }
    const NodeSyntax& node = *condition.node;
    const Register to = registers_.at(&node);
    const std::uint16_t inside = conditions(node.conditions, to, next);
    const Step::Kind kind = node.is_known                  ? Step::kKnown
                            : leads_to_one(condition.move) ? Step::kOne
                                                           : Step::kSearch;
    const Register same = node.same_label.empty() ? kNoRegister : register_of(node.same_label);
    return add(
        {kind, condition.move, from, to, same, add_test(node.test, condition.via), inside, 0});
  }

  PatternProgram& program_;
  const NodeSyntax& root_;
  std::string_view yield_;
  Names all_;
  std::map<std::string, Register, std::less<>> names_;
  std::map<const NodeSyntax*, Register> registers_;
  std::size_t used_ = 1;
};

PatternProgram::PatternProgram() {
  steps_.push_back({Step::kFound, Move::kSelf, 0, 0, kNoRegister, 0, 0, 0});
}

Pattern PatternProgram::compile(const NodeSyntax& syntax, std::string_view yield) {
  return PatternCompiler(*this, syntax, yield).compile();
}

}  // namespace vernier::spice
