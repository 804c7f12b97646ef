#include "metrics/spice/grammar/grammar.h"

#include <fmt/format.h>

#include <utility>

#include "base/error.h"
#include "base/printable.h"
#include "metrics/spice/grammar/file/grammar_reader.h"
#include "metrics/spice/grammar/unary_closure.h"

namespace vernier::spice {
namespace {

[[noreturn]] void refuse(const std::string& why) {
  throw Error(ExitCode::kResource, "not a usable grammar: " + why);
}

/// A category without its annotations: "NP^S-B" is "NP", "-LRB-^PRN" is "-LRB-". An annotation
/// begins at one of certain characters; one that begins the name does not count, and neither does
/// the next of the same kind.
std::string_view basic_category(std::string_view name) {
  constexpr std::string_view kBegins = "-=|#^~_[";
  bool open = !name.empty() && kBegins.find(name[0]) != std::string_view::npos;
  for (std::size_t i = 1; i < name.size(); ++i) {
    if (kBegins.find(name[i]) == std::string_view::npos) continue;
    if (!open || i == 1 || name[i] != name[0]) return name.substr(0, i);
    open = false;
  }
  return name;
}

}  // namespace

std::shared_ptr<const Grammar> Grammar::read(const std::string& path) {
  GrammarTables tables = read_grammar_tables(read_grammar_bytes(path), path);
  try {
    return std::make_shared<const Grammar>(std::move(tables));
  } catch (const Error& error) {
    throw Error(error.code(), printable(path, 4096) + ": " + error.what());
  }
}

Grammar::Grammar(GrammarTables tables)
    : names_(std::move(tables.states)),
      kinds_(names_.size()),
      tag_states_(std::move(tables.tag_states)),
      closed_(close_unary_rules(tables.unary, names_.size())),
      lexicon_(tables),
      digest_(tables.digest) {
  const StateId boundary = tag_states_[tables.boundary_tag];
  classify(tables.root, boundary);
  for (const BinaryRule& rule : tables.binary) {
    (rule.parent == tables.root ? root_rules_ : binary_).push_back(rule);
  }
  check_boundary(tables.unary, tables.root, boundary);
  const auto parent = [](const auto& rule) { return rule.parent; };
  const auto child = [](const UnaryRule& rule) { return rule.child; };
  binary_of_ = {binary_, names_.size(), parent};
  unary_of_ = {tables.unary, names_.size(), parent};
  closed_from_ = {closed_, names_.size(), child};
}

void Grammar::classify(StateId root, StateId boundary) {
  for (const StateId state : tag_states_) kinds_[state].tag = true;
  for (std::size_t i = 0; i < names_.size(); ++i) {
    StateKind& kind = kinds_[i];
    const std::string& name = names_[i];
    kind.synthetic = name.find('@') != std::string::npos;
    if (i == boundary || (kind.synthetic && !kind.tag)) continue;
    std::string category(basic_category(name));
    if (!kind.tag && name.find("-TMP") != std::string::npos) category += "-TMP";
    const std::optional<Label> label = find_label(category);
    if (kind.synthetic || !label || is_tag(*label) != kind.tag) {
      refuse(fmt::format("the category {} is unknown", printable(name)));
    }
    kind.label = *label;
  }
  if (kinds_[root].tag) refuse("ROOT is a tag");
}

void Grammar::check_boundary(std::span<const UnaryRule> unary, StateId root,
                             StateId boundary) const {
  for (const BinaryRule& rule : binary_) {
    if (rule.left == boundary || rule.right == boundary || rule.left == root ||
        rule.right == root) {
      refuse("a rule goes over the end of the sentence");
    }
    if (kinds_[rule.parent].tag) refuse("a rule makes a tag");
  }
  for (const BinaryRule& rule : root_rules_) {
    if (rule.right != boundary || rule.left == boundary || rule.left == root) {
      refuse("a rule of ROOT does not end at the end of the sentence");
    }
  }
  for (const UnaryRule& rule : unary) {
    if (rule.parent == root || rule.child == boundary || rule.child == root ||
        kinds_[rule.parent].tag) {
      refuse("a unary rule makes ROOT or a tag, or of the end of the sentence something else");
    }
  }
}

std::optional<std::uint16_t> Grammar::find_tag(std::string_view name) const {
  for (std::size_t tag = 0; tag < tag_states_.size(); ++tag) {
    if (names_[tag_states_[tag]] == name) return static_cast<std::uint16_t>(tag);
  }
  return std::nullopt;
}

}  // namespace vernier::spice
