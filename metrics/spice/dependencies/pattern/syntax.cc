#include "metrics/spice/dependencies/pattern/syntax.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "metrics/spice/dependencies/rules/table_reader.h"

namespace vernier::spice {
namespace {

constexpr std::pair<std::string_view, Move> kMoves[] = {
    {"has", Move::kHas},    {"c1", Move::kFirst},       {"c2", Move::kSecond},
    {"c3", Move::kThird},   {"last", Move::kLast},      {"sole", Move::kSole},
    {"nx", Move::kNext},    {"pv", Move::kPrevious},    {"rt", Move::kLater},
    {"lf", Move::kEarlier}, {"sis", Move::kSisters},    {"up", Move::kUp},
    {"head", Move::kHead},  {"self", Move::kSelf},      {"deep", Move::kDeep},
    {"hd", Move::kHeads},   {"ledge", Move::kLeftEdge}, {"redge", Move::kRightEdge},
    {"via", Move::kVia},
};

constexpr std::string_view kNotInTokens = " |/=~{}()[];";

}  // namespace

PatternReader::PatternReader(WordLists& words, std::string_view label_classes,
                             std::string_view macros)
    : words_(words) {
  for (const TableEntry& entry : read_table(label_classes)) {
    std::string_view line = entry.head;
    NodeSet& labels = classes_[std::string(take_word(line))];
    for (const std::string_view label : split_at_blanks(line)) labels |= labels_like(label);
  }
  for (const TableEntry& entry : read_table(macros)) {
    std::string_view line = entry.head;
    const std::string name(take_word(line));
    macros_[name] = line;
  }
}

NodeSet PatternReader::labels_like(std::string_view text) {
  NodeSet labels;
  if (text == "*") return labels.set();
  for (std::size_t n = 0; n < kLabelCount; ++n) {
    const std::string_view name = label_name(static_cast<Label>(n));
    labels[n] =
        text.ends_with('*') ? name.starts_with(text.substr(0, text.size() - 1)) : name == text;
  }
  return labels;
}

void PatternReader::fail(std::string_view expected) const {
  throw Error(ExitCode::kInternal, "rule \"" + text_ + "\": " + std::string(expected) +
                                       " expected at " + std::to_string(at_));
}

bool PatternReader::take(std::string_view text) {
  if (std::string_view(text_).substr(at_, text.size()) != text) return false;
  at_ += text.size();
  return true;
}

void PatternReader::expect(std::string_view text) {
  if (!take(text)) fail(text);
}

void PatternReader::skip_blanks() {
  while (take(" ")) {
  }
}

std::string_view PatternReader::token() {
  const std::size_t end = std::min(text_.find_first_of(kNotInTokens, at_), text_.size());
  if (end == at_) fail("a name");
  const std::size_t begin = std::exchange(at_, end);
  return std::string_view(text_).substr(begin, end - begin);
}

std::string_view PatternReader::quoted() {
  const std::size_t end = text_.find('"', at_);
  if (end == std::string::npos || end == at_) fail("a word in quotes");
  const std::size_t begin = std::exchange(at_, end + 1);
  return std::string_view(text_).substr(begin, end - begin);
}

void PatternReader::expand_macros(std::string_view pattern) {
  text_.clear();
  at_ = 0;
  for (std::size_t mark; (mark = pattern.find('&')) != std::string_view::npos;) {
    text_ += pattern.substr(0, mark);
    pattern.remove_prefix(mark + 1);
    const std::string_view name =
        pattern.substr(0, pattern.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ"));
    pattern.remove_prefix(name.size());
    const auto found = macros_.find(name);
    if (found == macros_.end()) fail("a macro");
    text_ += found->second;
  }
  text_ += pattern;
}

NodeSyntax PatternReader::read(std::string_view pattern) {
  expand_macros(pattern);
  NodeSyntax read = node();
  if (at_ != text_.size()) fail("the end");
  return read;
}

NodeSyntax PatternReader::node() {
  NodeSyntax node;
  node.test.labels = label_set(node.test.some);
  while (true) {
    if (take("/")) {
      word_test(node.test);
      for (std::size_t n = kTagCount; n < node.test.labels.size() && node.test.some.any(); ++n) {
        node.test.labels.reset(n);
      }
    } else if (take("==")) {
      node.name = token();
      node.is_known = true;
    } else if (take("=")) {
      node.name = token();
    } else if (take("~")) {
      node.same_label = token();
    } else {
      break;
    }
  }
  if (take("{")) {
    node.conditions = conditions();
    expect("}");
  }
  return node;
}

NodeSet PatternReader::label_set(WordSet& leaves) {
  // "==name" alone is any node.
  if (std::string_view(text_).substr(at_).starts_with("==")) return NodeSet().set();
  NodeSet labels;
  do {
    labels |= label_alternative(leaves);
  } while (take("|"));
  return labels;
}

NodeSet PatternReader::label_alternative(WordSet& leaves) {
  NodeSet labels;
  if (take("\"")) {
    leaves |= words_.quoted(quoted());
    labels.set(static_cast<std::size_t>(kLeaf));
  } else if (take("-[")) {
    labels = ~label_set(leaves);
    expect("]");
  } else if (take("@")) {
    const auto found = classes_.find(token());
    if (found == classes_.end()) fail("a class");
    labels = found->second;
  } else {
    labels = labels_like(token());
  }
  return labels;
}

void PatternReader::word_test(NodeTest& test) {
  WordSet& words = take("-") ? test.none : test.some;
  do {
    words |= take("\"") ? words_.quoted(quoted()) : words_.list(token());
  } while (take("|"));
}

std::vector<ConditionSyntax> PatternReader::conditions() {
  std::vector<ConditionSyntax> all;
  skip_blanks();
  while (at_ < text_.size() && std::string_view("};]").find(text_[at_]) == std::string_view::npos) {
    all.push_back(condition());
    skip_blanks();
  }
  return all;
}

ConditionSyntax PatternReader::condition() {
  ConditionSyntax condition;
  if (take("[")) {
    do {
      condition.alternatives.push_back(conditions());
    } while (take(";"));
    expect("]");
    return condition;
  }
  condition.negated = take("!");
  const std::string_view relation = token();
  const std::string_view name = relation.substr(0, relation.find('-'));
  for (const auto& [known, move] : kMoves) {
    if (known == name) condition.move = move;
  }
  if (condition.move == Move::kSelf && name != "self") fail("a relation");
  if (condition.move == Move::kVia) {
    if (relation == "via-") {
      WordSet leaves;
      expect("[");
      condition.via = label_set(leaves);
      expect("]");
    } else {
      condition.via = labels_like(relation.substr(4));
    }
  }
  expect("(");
  condition.node = std::make_unique<NodeSyntax>(node());
  expect(")");
  return condition;
}

}  // namespace vernier::spice
