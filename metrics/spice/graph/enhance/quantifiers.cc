#include "metrics/spice/graph/enhance/quantifiers.h"

#include <algorithm>

namespace vernier::spice {
namespace {

constexpr std::string_view kAmounts[] = {
    "lot",     "assortment", "number",   "couple", "bunch",   "handful",   "litany",
    "sheaf",   "slew",       "dozen",    "series", "variety", "multitude", "wad",
    "clutch",  "wave",       "mountain", "array",  "spate",   "string",    "ton",
    "range",   "plethora",   "heap",     "sort",   "form",    "kind",      "type",
    "version", "bit",        "pair",     "triple", "total"};
constexpr std::string_view kMany[] = {
    "lots",  "many",  "several", "plenty",   "tons",      "dozens",   "multitudes", "mountains",
    "loads", "pairs", "tens",    "hundreds", "thousands", "millions", "billions",   "trillions"};
constexpr std::string_view kNumbers[] = {
    "some", "all",   "both",    "neither",  "everyone", "nobody",  "one",
    "two",  "three", "four",    "five",     "six",      "seven",   "eight",
    "nine", "ten",   "hundred", "thousand", "million",  "billion", "trillion"};

template <std::size_t kSize>
bool is_one_of(const std::string_view (&list)[kSize], std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

bool is_number(std::string_view word) {
  return !word.empty() &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// nmod and all that begins so: what a quantifier's noun is to it.
bool is_any_nmod(EdgeLabel label) {
  return label.relation == Relation::kNmod || label.relation == Relation::kNmodNpmod ||
         label.relation == Relation::kNmodPoss || label.relation == Relation::kNmodTmod;
}

bool follows(const SentenceGraph& g, NodeId node, NodeId other) {
  return g.position(node) == g.position(other) + 1;
}

// The case child "of" that stands behind the head; kNoNode where there is none.
NodeId find_of(const SentenceGraph& g, NodeId noun, NodeId head) {
  NodeId of = kNoNode;
  for_each_out(g.graph, noun, [&](EdgeId, const Edge& edge) {
    if (of == kNoNode && is(edge.label, Relation::kCase) && g.lower(edge.dependent) == "of" &&
        follows(g, edge.dependent, head)) {
      of = edge.dependent;
    }
  });
  return of;
}

NodeId find_article(const SentenceGraph& g, NodeId head) {
  NodeId article = kNoNode;
  for_each_out(g.graph, head, [&](EdgeId, const Edge& edge) {
    if (article == kNoNode && is(edge.label, Relation::kDet) &&
        (g.lower(edge.dependent) == "a" || g.lower(edge.dependent) == "an")) {
      article = edge.dependent;
    }
  });
  return article;
}

bool has_determiner_behind(const SentenceGraph& g, NodeId noun, NodeId of) {
  bool found = false;
  for_each_out(g.graph, noun, [&](EdgeId, const Edge& edge) {
    found = found || (is(edge.label, Relation::kDet) && follows(g, edge.dependent, of));
  });
  return found;
}

}  // namespace

bool may_lead(const Sentence& sentence, std::size_t position, QuantifierKind kind) {
  if (position + 1 >= sentence.size() || sentence.lower(position + 1) != "of") return false;
  const std::string_view word = sentence.lower(position);
  switch (kind) {
    case QuantifierKind::kAmount:
      return is_one_of(kAmounts, word);
    case QuantifierKind::kMany:
      return is_one_of(kMany, word) ||
             (word.ends_with('s') && is_number(word.substr(0, word.size() - 1)));
    case QuantifierKind::kNumber:
      return is_one_of(kNumbers, word) || is_number(word);
  }
  return false;
}

std::optional<Quantifier> find_quantifier(const SentenceGraph& g, NodeId head,
                                          QuantifierKind kind) {
  if (!may_lead(g.sentence, g.position(head), kind)) return std::nullopt;
  const NodeId article = kind == QuantifierKind::kAmount ? find_article(g, head) : kNoNode;
  if (kind == QuantifierKind::kAmount && article == kNoNode) return std::nullopt;
  std::optional<Quantifier> found;
  for_each_out(g.graph, head, [&](EdgeId, const Edge& edge) {
    const NodeId noun = edge.dependent;
    const Label tag = g.tag(noun);
    if (found || !is_any_nmod(edge.label) || !(is_noun(tag) || is_pronoun(tag))) return;
    const NodeId of = find_of(g, noun, head);
    if (of == kNoNode) return;
    if (kind == QuantifierKind::kNumber && !is_pronoun(tag) && !has_determiner_behind(g, noun, of))
      return;
    found = Quantifier{head, noun, {head, of, article}, kind == QuantifierKind::kAmount};
  });
  return found;
}

}  // namespace vernier::spice
