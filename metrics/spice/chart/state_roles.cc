#include "metrics/spice/chart/state_roles.h"

#include <map>

#include "base/error.h"

namespace vernier::spice {
namespace {

[[noreturn]] void refuse(const char* why) {
  throw Error(ExitCode::kResource, std::string("not a usable grammar: ") + why);
}

class Finder {
 public:
  explicit Finder(const Grammar& grammar) : grammar_(grammar), begins_(grammar.states()) {
    found_.roles.resize(grammar.states());
  }

  StateRoles find() {
    for (std::size_t i = 0; i < grammar_.states(); ++i) {
      for (const UnaryRule& rule : grammar_.unary_of(static_cast<StateId>(i))) see(rule);
    }
    // From the complete states down to their parts, one step a round; only a grammar made to annoy
    // needs more than a few.
    constexpr int kMostRounds = 1000;
    for (int round = 0; see_binary(); ++round) {
      if (round == kMostRounds) refuse("its chains of rules are too long");
    }
    for (std::size_t i = 0; i < grammar_.states(); ++i) {
      const StateId state = static_cast<StateId>(i);
      StateRole& role = found_.roles[i];
      if (synthetic(state) && role.owner == StateRole::kNoOwner) {
        refuse("a synthetic state is part of nothing");
      }
      if (role.role == Role::kMiddle && begins_[i] && grammar_.binary_of(state).empty()) {
        role.role = Role::kStart;
      }
    }
    return std::move(found_);
  }

 private:
  bool synthetic(StateId state) const { return grammar_.kind(state).synthetic; }

  void see(const UnaryRule& rule) {
    begins_[rule.parent] = true;
    if (!synthetic(rule.child)) return;
    if (synthetic(rule.parent)) refuse("a synthetic state becomes another one");
    const auto [number, is_new] =
        numbers_.emplace(rule.parent, static_cast<std::uint16_t>(numbers_.size()));
    if (is_new) found_.owners.push_back(rule.parent);
    own(rule.child, number->second);
    found_.roles[rule.child].role = Role::kFinal;
  }

  bool see_binary() {
    bool changed = false;
    for (const BinaryRule& rule : grammar_.binary_rules()) {
      if (synthetic(rule.left) == synthetic(rule.right) || !synthetic(rule.parent)) {
        refuse("a rule of two children is not part of a chain");
      }
      const StateId child = synthetic(rule.left) ? rule.left : rule.right;
      if (found_.roles[child].role == Role::kFinal) refuse("a complete state is added to");
      const std::uint16_t owner = found_.roles[rule.parent].owner;
      if (owner != StateRole::kNoOwner) changed = own(child, owner) || changed;
    }
    return changed;
  }

  bool own(StateId state, std::uint16_t owner) {
    std::uint16_t& known = found_.roles[state].owner;
    if (known == owner) return false;
    if (known != StateRole::kNoOwner) refuse("a synthetic state is part of two categories");
    known = owner;
    return true;
  }

  const Grammar& grammar_;
  StateRoles found_;
  std::vector<bool> begins_;  // by state: made by a unary rule
  std::map<StateId, std::uint16_t> numbers_;
};

}  // namespace

StateRoles find_state_roles(const Grammar& grammar) { return Finder(grammar).find(); }

}  // namespace vernier::spice
