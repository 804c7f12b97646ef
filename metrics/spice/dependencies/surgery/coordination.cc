#include "metrics/spice/dependencies/surgery/coordination.h"

#include <algorithm>

namespace vernier::spice {
namespace {

bool is_noun_phrase(Label label) { return label == Label::kNp || label == Label::kNpTmp; }

bool is_adjective(Label label) {
  return label == Label::kJj || label == Label::kJjr || label == Label::kJjs;
}

}  // namespace

// A conjunction that has been grouped is the last or the last but one of its sisters, or a noun
// phrase follows it, none of which a later step undoes. So there are no more steps than nodes.
void CoordinationGrouper::group(WorkTree& tree, std::span<const WordSet> words,
                                const WordSet& opening) {
  if (!contains(tree.labels(), Label::kCc)) return;
  tree_ = &tree;
  words_ = words;
  opening_ = opening;
  for (std::size_t left = tree.size(); left > 0 && group_one(); --left) {
  }
}

bool CoordinationGrouper::group_one() {
  for (NodeId at = tree_->root(); at != kNoNode; at = tree_->following(at, tree_->root())) {
    if ((*tree_)[at].label != Label::kCc || !take_children(at)) continue;
    const NodeId phrase = (*tree_)[at].parent;
    const Label left = label(at_ - 1), right = label(at_ + 1);
    const bool single = left == Label::kDt || left == Label::kJj || left == Label::kRb;
    regrouped_.clear();
    if (at_ == 1 && (single || right != Label::kDt) && !is_noun_phrase(left) &&
        left != Label::kAdjp && left != Label::kNns) {
      group_first();
    } else if (at_ == 2 && label(0) == Label::kDt && left != Label::kNns && next_ == 5) {
      group_after_determiner();
    } else if (at_ > 2 && label(at_ - 2) == Label::kComma && left != Label::kNns) {
      group_list();
    } else {
      group_whole();
    }
    tree_->set_children(phrase, regrouped_);
    return true;
  }
  return false;
}

// Whether the conjunction stands in a noun phrase with words behind it that are not grouped.
bool CoordinationGrouper::take_children(NodeId conjunction) {
  const NodeId phrase = (*tree_)[conjunction].parent;
  if (phrase == kNoNode || !is_noun_phrase((*tree_)[phrase].label)) return false;
  children_.clear();
  for (NodeId at = (*tree_)[phrase].first; at != kNoNode; at = (*tree_)[at].next) {
    if (at == conjunction) at_ = children_.size();
    children_.push_back(at);
  }
  const std::size_t size = children_.size();
  if (at_ == 0 || size <= at_ + 2 || label(at_ + 1) == Label::kCc) return false;
  next_ = size;
  for (std::size_t n = size; n-- > at_ + 1;) {
    if (is_noun_phrase(label(n))) return false;
    if (label(n) == Label::kCc && n + 1 < size) next_ = n;
  }
  return true;
}

Label CoordinationGrouper::side_label(std::size_t child) const {
  return is_adjective(label(child)) ? Label::kAdjp : Label::kNp;
}

std::span<const NodeId> CoordinationGrouper::children(std::size_t begin, std::size_t end) const {
  return std::span(children_).subspan(begin, end - begin);
}

void CoordinationGrouper::keep(std::size_t begin, std::size_t end) {
  for (std::size_t n = begin; n < end; ++n) regrouped_.push_back(children_[n]);
}

// "soya or maize | oil": what stands beside the conjunction belongs together, and with all that
// comes before the next conjunction.
void CoordinationGrouper::group_first() {
  const std::size_t size = children_.size();
  NodeId left = tree_->make(side_label(0), children(0, 3));
  std::size_t rest = 3;
  if (next_ == size) {
    regrouped_.push_back(left);
    keep(rest, size);
    return;
  }
  const bool comma = label(next_ - 1) == Label::kComma;
  const std::size_t end = comma ? next_ - 1 : next_;
  if (end > rest) {
    std::vector<NodeId>& side = regrouped_;
    side.push_back(left);
    keep(rest, end);
    left = tree_->make(side_label(end - 1), side);
    side.clear();
    rest = end;
  }
  const std::size_t right = rest + (comma ? 2 : 1);
  regrouped_.push_back(left);
  keep(rest, right);
  if (right < size) regrouped_.push_back(tree_->make(Label::kNp, children(right, size)));
}

// "a | red and white | bus"
void CoordinationGrouper::group_after_determiner() {
  regrouped_.push_back(children_[0]);
  regrouped_.push_back(tree_->make(side_label(1), children(1, 4)));
  keep(4, children_.size());
}

// "a | big , red , white and blue | kite"
void CoordinationGrouper::group_list() {
  std::size_t begin = at_ - 3;
  while (begin >= 2 && label(begin - 1) == Label::kComma) begin -= 2;
  keep(0, begin);
  regrouped_.push_back(tree_->make(side_label(at_ - 1), children(begin, at_ + 2)));
  keep(at_ + 2, children_.size());
}

// "the new phone book | and | tour guide", with "both" before it or more behind it.
void CoordinationGrouper::group_whole() {
  const std::size_t size = children_.size();
  const Label left = side_label(at_ - 1), right = side_label(next_ - 1);
  std::size_t begin = 0;
  if (is_tag(label(0)) && (words_[(*tree_)[children_[0]].word] & opening_).any()) {
    tree_->relabel(children_[0], Label::kCc);
    begin = 1;
  }
  keep(0, begin);
  const std::size_t left_end = label(at_ - 1) == Label::kComma ? at_ - 1 : at_;
  if (begin < left_end) regrouped_.push_back(tree_->make(left, children(begin, left_end)));
  keep(std::max(begin, left_end), at_ + 1);
  const std::size_t right_end = label(next_ - 1) == Label::kComma ? next_ - 1 : next_;
  if (at_ + 1 < right_end) {
    regrouped_.push_back(tree_->make(right, children(at_ + 1, right_end)));
  }
  if (next_ < size) {
    const NodeId group = tree_->make(Label::kNp, regrouped_);
    regrouped_.assign(1, group);
  }
  keep(right_end, size);
}

}  // namespace vernier::spice
