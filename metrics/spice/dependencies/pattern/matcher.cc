#include "metrics/spice/dependencies/pattern/matcher.h"

#include "base/error.h"

namespace vernier::spice {

std::span<const NodeId> Matcher::targets(const Pattern& pattern, NodeId at) {
  found_.clear();
  nodes_[0] = at;
  run(pattern.entry);
  return found_;
}

bool Matcher::matches(const Pattern& pattern, NodeId at) {
  if (!passes(pattern.root, node(at), sight_.words)) return false;
  nodes_[0] = at;
  return run(pattern.entry);
}

bool Matcher::fits(const Step& step, NodeId candidate) const {
  const WorkNode& at = node(candidate);
  if (!passes(program_.test(step.test), at, sight_.words)) return false;
  return step.same_label == kNoRegister || at.label == node(nodes_[step.same_label]).label;
}

// Whether the search is over.
bool Matcher::run(std::size_t at) {
  while (true) {
    const Step& step = program_.step(at);
    at = step.next;
    switch (step.kind) {
      case Step::kFound:
        return true;
      case Step::kYield:
        found_.push_back(nodes_[step.from]);
        return false;
      case Step::kOne: {
        const NodeId candidate = single(step.move, nodes_[step.from]);
        if (candidate == kNoNode || !fits(step, candidate)) return false;
        nodes_[step.to] = candidate;
        break;
      }
      case Step::kKnown:
        if (!related(step.move, nodes_[step.from], nodes_[step.to])) return false;
        if (!fits(step, nodes_[step.to])) return false;
        break;
      case Step::kSearch:
        return search(step);
      case Step::kSome:
        if (!run(step.inner)) return false;
        break;
      case Step::kNone:
        if (run(step.inner)) return false;
        break;
      case Step::kEither:
        if (run(step.inner)) return true;
        break;
    }
  }
}

NodeId Matcher::single(Move move, NodeId from) const {
  const WorkNode& at = node(from);
  switch (move) {
    case Move::kFirst:
      return at.first;
    case Move::kSecond:
      return at.first == kNoNode ? kNoNode : node(at.first).next;
    case Move::kThird: {
      const NodeId second = single(Move::kSecond, from);
      return second == kNoNode ? kNoNode : node(second).next;
    }
    case Move::kLast:
      return at.last;
    case Move::kSole:
      return at.first == at.last ? at.first : kNoNode;
    case Move::kNext:
      return at.next;
    case Move::kPrevious:
      return at.previous;
    case Move::kUp:
      return at.parent;
    case Move::kHead:
      return head(from);
    default:
      return from;
  }
}

// Of sisters `order` tells which comes first.
bool Matcher::related(Move move, NodeId from, NodeId to) const {
  const bool sisters = node(from).parent == node(to).parent;
  switch (move) {
    case Move::kHas:
      return node(to).parent == from;
    case Move::kLater:
      return sisters && node(to).order > node(from).order;
    case Move::kEarlier:
      return sisters && node(to).order < node(from).order;
    case Move::kSisters:
      return sisters && to != from;
    default:
      return single(move, from) == to;
  }
}

bool Matcher::search(const Step& step) {
  const NodeId from = nodes_[step.from];
  const auto try_node = [&](NodeId candidate) {
    if (!fits(step, candidate)) return false;
    nodes_[step.to] = candidate;
    return run(step.next);
  };
  const auto try_sisters = [&](NodeId first, NodeId end) {
    for (NodeId at = first; at != end; at = node(at).next) {
      if (at != from && try_node(at)) return true;
    }
    return false;
  };
  const auto try_chain = [&](auto follow) {
    for (NodeId at = follow(from); at != kNoNode; at = follow(at)) {
      if (try_node(at)) return true;
    }
    return false;
  };
  const auto try_below = [&](const NodeSet& open) {
    const WorkTree& tree = *sight_.tree;
    for (NodeId at = node(from).first; at != kNoNode;) {
      if (try_node(at)) return true;
      at = contains(open, node(at).label) ? tree.following(at, from)
                                          : tree.following_outside(at, from);
    }
    return false;
  };
  const NodeId parent = node(from).parent;
  switch (step.move) {
    case Move::kHas:
      return try_sisters(node(from).first, kNoNode);
    case Move::kLater:
      return try_sisters(node(from).next, kNoNode);
    case Move::kEarlier:
      return parent != kNoNode && try_sisters(node(parent).first, from);
    case Move::kSisters:
      return parent != kNoNode && try_sisters(node(parent).first, kNoNode);
    case Move::kHeads:
      return try_chain([&](NodeId at) { return head(at); });
    case Move::kLeftEdge:
      return try_chain([&](NodeId at) { return node(at).first; });
    case Move::kRightEdge:
      return try_chain([&](NodeId at) { return node(at).last; });
    case Move::kDeep:
      return try_below(NodeSet().set());
    case Move::kVia:
      return try_below(program_.via(step.test));
    default:
      throw Error(ExitCode::kInternal, "not a relation to search");
  }
}

}  // namespace vernier::spice
