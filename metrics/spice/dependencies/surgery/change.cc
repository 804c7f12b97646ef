#include "metrics/spice/dependencies/surgery/change.h"

#include <algorithm>

#include "base/error.h"
#include "metrics/spice/dependencies/rules/table_reader.h"

namespace vernier::spice {
namespace {

Label label_of(std::string_view name) {
  const std::optional<Label> found = find_label(name);
  if (!found) throw Error(ExitCode::kInternal, "no label " + std::string(name));
  return *found;
}

Register register_of(const Pattern& pattern, std::string_view name) {
  const auto found = pattern.names.find(name);
  if (found == pattern.names.end()) {
    throw Error(ExitCode::kInternal, "an action on no node: " + std::string(name));
  }
  return found->second;
}

Action read_action(std::string_view text, const Pattern& pattern) {
  const std::string_view verb = take_word(text);
  Action action{Action::kWrap, kLeaf, 0, 0};
  if (verb == "wrap" || verb == "label") action.label = label_of(take_word(text));
  action.a = register_of(pattern, take_word(text));
  if (verb == "splice" || verb == "delete" || verb == "label") {
    action.kind = verb == "splice"  ? Action::kSplice
                  : verb == "label" ? Action::kLabel
                                    : Action::kDelete;
    return action;
  }
  action.b = register_of(pattern, take_word(text));
  if (verb == "after") {
    action.kind = Action::kAfter;
  } else if (verb == "front") {
    action.kind = Action::kFront;
  } else if (verb != "wrap") {
    throw Error(ExitCode::kInternal, "no action " + std::string(verb));
  }
  return action;
}

Change read_change(std::string_view line, PatternReader& reader, PatternProgram& program) {
  constexpr std::string_view kArrow = " -> ";
  const std::size_t arrow = line.find(kArrow);
  if (arrow == std::string_view::npos) throw Error(ExitCode::kInternal, "a change without actions");
  Change change{program.compile(reader.read(line.substr(0, arrow))), {}};
  line.remove_prefix(arrow + kArrow.size());
  while (!line.empty()) {
    const std::size_t end = std::min(line.find(';'), line.size());
    change.actions.push_back(read_action(line.substr(0, end), change.pattern));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return change;
}

void perform(WorkTree& tree, const Action& action, const Matcher& matcher) {
  const NodeId a = matcher.at(action.a), b = matcher.at(action.b);
  switch (action.kind) {
    case Action::kWrap:
      tree.wrap(action.label, a, b);
      break;
    case Action::kAfter:
      tree.move_after(a, b);
      break;
    case Action::kFront:
      tree.move_to_front(a, b);
      break;
    case Action::kSplice:
      tree.splice(a);
      break;
    case Action::kDelete:
      tree.detach(a);
      break;
    case Action::kLabel:
      tree.relabel(a, action.label);
      break;
  }
}

/// Whether all is there that the pattern needs.
bool may_match(const Pattern& pattern, const WorkTree& tree, const WordSet& words) {
  return std::all_of(pattern.anywhere.begin(), pattern.anywhere.end(), [&](const auto& need) {
    return (need.labels & tree.labels()).any() && (need.words.none() || (need.words & words).any());
  });
}

bool change_once(WorkTree& tree, const ChangeGroup& group, Matcher& matcher) {
  for (NodeId at = tree.root(); at != kNoNode; at = tree.following(at, tree.root())) {
    for (const Change& change : group) {
      if (!matcher.matches(change.pattern, at)) continue;
      for (const Action& action : change.actions) perform(tree, action, matcher);
      return true;
    }
  }
  return false;
}

}  // namespace

std::vector<ChangeGroup> read_multiwords(std::string_view table, PatternReader& reader,
                                         PatternProgram& program) {
  std::vector<ChangeGroup> groups;
  for (const TableEntry& entry : read_table(table)) {
    Change change{program.compile(reader.read(entry.head)), {}};
    change.actions.push_back(read_action("wrap MWE a b", change.pattern));
    if (change.pattern.names.contains("c")) {
      change.actions.push_back(read_action("after b c", change.pattern));
    }
    groups.push_back({std::move(change)});
  }
  return groups;
}

std::vector<ChangeGroup> read_changes(std::string_view table, PatternReader& reader,
                                      PatternProgram& program) {
  std::vector<ChangeGroup> groups;
  for (const TableEntry& entry : read_table(table)) {
    ChangeGroup& group = groups.emplace_back();
    for (const std::string& line : entry.lines) {
      group.push_back(read_change(line, reader, program));
    }
  }
  return groups;
}

// Each change takes a node away from all that its group looks for: it puts a word below a new node
// that the group does not look into, moves an adverb to where nothing stands before it, gives a
// phrase a label that only others have, or makes a node fewer. So a group makes no more changes
// than there are nodes.
void change(WorkTree& tree, const std::vector<ChangeGroup>& groups, std::span<const WordSet> words,
            Matcher& matcher) {
  WordSet all;
  for (const WordSet& word : words) all |= word;
  matcher.look_at({&tree, words, {}});
  for (const ChangeGroup& group : groups) {
    if (std::none_of(group.begin(), group.end(),
                     [&](const Change& change) { return may_match(change.pattern, tree, all); })) {
      continue;
    }
    for (std::size_t left = tree.size(); left > 0 && change_once(tree, group, matcher); --left) {
    }
  }
}

}  // namespace vernier::spice
