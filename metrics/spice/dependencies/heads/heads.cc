#include "metrics/spice/dependencies/heads/heads.h"

#include <algorithm>

namespace vernier::spice {
namespace {

constexpr std::size_t kNotFound = static_cast<std::size_t>(-1);

template <class... Labels>
NodeSet set_of(Labels... labels) {
  NodeSet set;
  (set.set(static_cast<std::size_t>(labels)), ...);
  return set;
}

const NodeSet kPunctuation = set_of(Label::kCloseQuote, Label::kOpenQuote, Label::kLrb, Label::kRrb,
                                    Label::kPeriod, Label::kColon, Label::kComma);
const NodeSet kSeparators = set_of(Label::kComma, Label::kColon);
const NodeSet kConjunctions = set_of(Label::kCc, Label::kConjp);
const NodeSet kInterjections = set_of(Label::kUh, Label::kIntj);
const NodeSet kParticiples = set_of(Label::kVbn, Label::kVbg, Label::kVbd);
const NodeSet kNounPhrases = set_of(Label::kNp, Label::kNpTmp);
const NodeSet kVerbal = set_of(Label::kTo, Label::kMd, Label::kVb, Label::kVbd, Label::kVbp,
                               Label::kVbz, Label::kVbg, Label::kVbn);
const NodeSet kAlwaysAuxiliary = set_of(Label::kTo, Label::kMd);
const NodeSet kOfVerbs = set_of(Label::kVp, Label::kSq, Label::kSinv);
const NodeSet kWhPhrases = set_of(Label::kWhadjp, Label::kWhadvp, Label::kWhnp, Label::kWhpp);
const NodeSet kVerbs =
    set_of(Label::kVb, Label::kVbd, Label::kVbg, Label::kVbn, Label::kVbp, Label::kVbz);

}  // namespace

void Heads::find(const WorkTree& tree, std::span<const WordSet> words) {
  tree_ = &tree;
  words_ = words;
  matcher_.look_at({&tree, words, {}});
  without_parent_.assign(tree.size(), kNoNode);
  words_of_.assign(tree.size(), 0);
  order_.clear();
  for (NodeId at = tree.root(); at != kNoNode; at = tree.following(at, tree.root())) {
    order_.push_back(at);
  }
  for (std::size_t n = order_.size(); n-- > 0;) {
    const NodeId at = order_[n];
    words_of_[at] = node(at).word;
    if (node(at).first == kNoNode) continue;
    NodeId head = without_parent_[at] = head_of(at, true);
    if (is_existential(at) || is_wh_question(at)) head = head_of(at, false);
    words_of_[at] = words_of_[head];
  }
}

// `copulas`: whether what a form of "be" joins to the subject can be the head.
NodeId Heads::head_of(NodeId at, bool copulas) {
  if (node(at).first == node(at).last) return node(at).first;
  for (const Pattern& pattern : table_.patterns[static_cast<std::size_t>(label(at))]) {
    if (matcher_.matches(pattern, at)) return matcher_.at(pattern.names.find("h")->second);
  }
  const NodeId head = contains(kOfVerbs, label(at)) ? head_of_verbs(at, copulas) : kNoNode;
  return head != kNoNode ? head : head_by_table(at);
}

NodeId Heads::head_of_verbs(NodeId at, bool copulas) {
  bool any = false, any_be = false, copula = false, passive = false;
  children_.clear();
  labels_.reset();
  for (NodeId child = node(at).first; child != kNoNode; child = node(child).next) {
    const bool always = contains(kAlwaysAuxiliary, label(child));
    any |= always || is_auxiliary(child, table_.auxiliaries);
    any_be |= always || is_auxiliary(child, table_.be);
    copula |= is_auxiliary(child, table_.be);
    passive |= is_auxiliary(child, table_.be_or_get);
    if (label(child) == Label::kNpTmp) continue;
    if (matcher_.matches(table_.time_phrase, child)) continue;
    children_.push_back(child);
    labels_.set(static_cast<std::size_t>(label(child)));
  }
  if (any || (passive && has_passive_phrase(at))) {
    const std::size_t found = search(any_be ? table_.of_auxiliary : table_.of_passive);
    if (found != kNotFound) return first_conjunct(found);
  }
  if (!copula || !copulas) return kNoNode;
  const bool question = label(at) == Label::kSq;
  const std::size_t found = search(question ? table_.of_copula_in_question : table_.of_copula);
  if (found == kNotFound) return kNoNode;
  const NodeId head = first_conjunct(found);
  if (!question || !contains(kNounPhrases, label(head))) return head;
  // In a question one noun phrase is the subject, only a second one the predicate.
  for (NodeId before = node(head).previous; before != kNoNode; before = node(before).previous) {
    if (contains(kNounPhrases, label(before))) return head;
  }
  return kNoNode;
}

bool Heads::is_auxiliary(NodeId at, const WordSet& words) const {
  return contains(kVerbal, label(at)) && (words_[node(at).word] & words).any();
}

// Whether a VP below has a participle, or conjuncts behind a phrase with one.
bool Heads::has_passive_phrase(NodeId at) const {
  for (NodeId child = node(at).first; child != kNoNode; child = node(child).next) {
    if (label(child) != Label::kVp) continue;
    bool phrase_with_participle = false;
    for (NodeId inner = node(child).first; inner != kNoNode; inner = node(inner).next) {
      if (contains(kParticiples, label(inner))) return true;
      if (is_tag(label(inner))) {
        if (label(inner) == Label::kCc && phrase_with_participle) return true;
        continue;
      }
      phrase_with_participle = false;
      for (NodeId word = node(inner).first; word != kNoNode; word = node(word).next) {
        phrase_with_participle |= contains(kParticiples, label(word));
      }
    }
  }
  return false;
}

bool Heads::has_existential_word(NodeId at) const {
  for (NodeId below = at; below != kNoNode; below = tree_->following(below, at)) {
    if (label(below) == Label::kEx) return true;
  }
  return false;
}

bool Heads::is_existential(NodeId at) const {
  const bool verbs = label(at) == Label::kVp, question = label(at) == Label::kSq;
  const NodeId parent = node(at).parent;
  if ((!verbs && !question) || parent == kNoNode) return false;
  if (!contains(tree_->labels(), Label::kEx)) return false;
  for (NodeId child = node(parent).first; child != kNoNode; child = node(child).next) {
    if (verbs && label(child) == Label::kVp) return false;
    if (question && contains(kVerbs, label(child))) continue;
    if (has_existential_word(child)) return true;
  }
  return false;
}

bool Heads::is_wh_question(NodeId at) const {
  const NodeId parent = node(at).parent;
  if (label(at) != Label::kSq || parent == kNoNode || label(parent) != Label::kSbarq) return false;
  for (NodeId child = node(parent).first; child != kNoNode; child = node(child).next) {
    if (contains(kWhPhrases, label(child))) return true;
  }
  return false;
}

std::size_t Heads::search(const HeadSearch& search) const {
  for (const NodeSet& labels : search.labels) {
    if ((labels & labels_).none()) continue;
    for (std::size_t n = 0; n < children_.size(); ++n) {
      const std::size_t at = search.from_left ? n : children_.size() - 1 - n;
      if (contains(labels, label(children_[at]))) return at;
    }
  }
  return kNotFound;
}

NodeId Heads::head_by_table(NodeId at) {
  children_.clear();
  labels_.reset();
  for (NodeId child = node(at).first; child != kNoNode; child = node(child).next) {
    children_.push_back(child);
    labels_.set(static_cast<std::size_t>(label(child)));
  }
  const std::vector<HeadSearch>& searches = table_.searches[static_cast<std::size_t>(label(at))];
  for (const HeadSearch& search : searches) {
    const std::size_t found = this->search(search);
    if (found != kNotFound) return first_conjunct(found);
  }
  const bool from_left = searches.back().from_left;
  for (std::size_t n = 0; n < children_.size(); ++n) {
    const std::size_t found = from_left ? n : children_.size() - 1 - n;
    if (!contains(kPunctuation, label(children_[found]))) return first_conjunct(found);
  }
  return from_left ? children_.front() : children_.back();
}

// Where the child found is the last of several that are coordinated, the first of them.
NodeId Heads::first_conjunct(std::size_t found) const {
  if (found < 2 || !contains(kConjunctions, label(children_[found - 1]))) return children_[found];
  const bool interjections = label(children_[found]) != Label::kUh;
  const auto skipped = [&](std::size_t at) {
    return contains(kPunctuation, label(children_[at])) ||
           (interjections && contains(kInterjections, label(children_[at])));
  };
  std::size_t end = found - 1;  // one behind the conjunct found so far
  while (end > 0 && skipped(end - 1)) --end;
  if (end == 0) return children_[found];
  while (end > 2) {
    bool separated = false;
    std::size_t before = end - 1;
    while (before > 0 && skipped(before - 1)) {
      separated |= contains(kSeparators, label(children_[before - 1]));
      --before;
    }
    if (before == 0 || !separated) break;
    end = before;
  }
  return children_[end - 1];
}

}  // namespace vernier::spice
