#include "datasets/scenes/replicator/text/phrases.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>

#include "datasets/scenes/replicator/text/english.h"

namespace vernier::replicator {
namespace {

using View = std::string_view;

constexpr std::size_t kMostAttributes = 3;
constexpr std::array<View, 18> kColours = {
    "red",   "orange", "yellow", "green", "cyan", "blue", "purple", "pink",   "white",
    "black", "grey",   "gray",   "brown", "tan",  "gold", "silver", "violet", "beige"};
constexpr std::array<View, 10> kSizes = {"small", "large", "big",  "tiny", "huge",
                                         "tall",  "short", "long", "wide", "little"};
/// First words of predicates that need "is" before them, besides words in -ing and -ed.
constexpr std::array<View, 46> kPlaces = {
    "on",      "in",      "at",     "by",      "of",      "near",     "next",     "to",
    "above",   "over",    "below",  "under",   "beneath", "behind",   "beside",   "between",
    "inside",  "outside", "within", "against", "along",   "around",   "across",   "atop",
    "left",    "right",   "front",  "far",     "close",   "adjacent", "opposite", "underneath",
    "through", "with",    "from",   "off",     "onto",    "into",     "upon",     "part",
    "larger",  "smaller", "taller", "shorter", "bigger",  "full"};

/// Sizes first, colours last, as people say it.
int rank(View attribute) {
  if (std::ranges::find(kSizes, attribute) != kSizes.end()) return 0;
  return is_colour(attribute) ? 2 : 1;
}

/// Attributes that can stand before a noun.
std::vector<View> adjectives(const GraphNode& node) {
  std::vector<View> out;
  for (const std::string& attribute : node.attributes) {
    const bool plain = !attribute.empty() && attribute.find_first_of(" \t\n,;.\"") == View::npos;
    if (plain && std::ranges::find(out, View(attribute)) == out.end()) out.emplace_back(attribute);
    if (out.size() == kMostAttributes) break;
  }
  std::ranges::stable_sort(out, {}, rank);
  return out;
}

std::string with_adjectives(const GraphNode& node, bool colours_only) {
  std::string out;
  for (const View one : adjectives(node)) {
    if (colours_only && !is_colour(one)) continue;
    out += std::string(one) + " ";
  }
  return out + node.name;
}

}  // namespace

bool is_colour(View attribute) { return std::ranges::find(kColours, attribute) != kColours.end(); }

View be(const GraphNode& node) { return is_plural_only(node.name) ? "are" : "is"; }

std::string counted(const std::string& phrase, std::size_t count) {
  if (count > 1) return number_word(count) + " " + plural(phrase);
  if (is_plural_only(phrase)) return phrase;
  return std::string(article(phrase)) + " " + phrase;
}

Phrases::Phrases(const Graph& graph) : graph_(graph) {
  for (const GraphNode& node : graph.nodes) {
    phrases_.push_back(with_adjectives(node, false));
    coloured_.push_back(with_adjectives(node, true));
  }
}

std::optional<std::string> Phrases::only(std::size_t node) const {
  const std::string& name = graph_.nodes[node].name;
  if (std::ranges::count(graph_.nodes, name, &GraphNode::name) == 1) return "the " + name;
  for (const std::vector<std::string>* all : {&coloured_, &phrases_}) {
    if (std::ranges::count(*all, (*all)[node]) == 1) return "the " + (*all)[node];
  }
  return std::nullopt;
}

std::string Phrases::reference(std::size_t node) const {
  return only(node).value_or(counted(phrases_[node], 1));
}

std::vector<PhraseGroup> Phrases::group(const std::vector<std::string>& by) const {
  std::vector<std::size_t> order(by.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const bool placed = std::ranges::all_of(
      graph_.nodes, [](const GraphNode& node) { return node.centre.has_value(); });
  if (placed) {
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return graph_.nodes[i].centre->x; });
  }
  std::vector<PhraseGroup> groups;
  std::map<View, std::size_t> known;
  for (const std::size_t i : order) {
    const auto [at, fresh] = known.try_emplace(by[i], groups.size());
    if (fresh) groups.push_back({by[i], 0, i});
    ++groups[at->second].count;
  }
  return groups;
}

std::vector<PhraseGroup> Phrases::groups() const { return group(phrases_); }

std::vector<PhraseGroup> Phrases::groups_by_name() const {
  std::vector<std::string> names;
  for (const GraphNode& node : graph_.nodes) names.push_back(node.name);
  std::vector<PhraseGroup> groups = group(names);
  std::ranges::stable_sort(groups, std::greater(), &PhraseGroup::count);
  return groups;
}

std::string Phrases::verb_phrase(View predicate, bool plural) {
  const std::string be = plural ? "are " : "is ";
  if (predicate == "left of" || predicate == "right of") {
    return be + "to the " + std::string(predicate);
  }
  const View first = predicate.substr(0, predicate.find(' '));
  if (first == "is" || first == "are") {
    return be + std::string(predicate.substr(std::min(first.size() + 1, predicate.size())));
  }
  const bool place = first.ends_with("ing") || first.ends_with("ed") ||
                     std::ranges::find(kPlaces, first) != kPlaces.end();
  const bool verb = !place && first.ends_with('s') && !plural;
  return verb || first == "has" || first == "have" ? std::string(predicate)
                                                   : be + std::string(predicate);
}

std::optional<std::string> Phrases::sentence(const GraphEdge& edge) const {
  if (edge.predicate.empty() || edge.subject == edge.object) return std::nullopt;
  const bool many = is_plural_only(graph_.nodes[edge.subject].name);
  const std::string subject = reference(edge.subject);
  std::string object = reference(edge.object);
  if (object == subject) object = "another " + phrase(edge.object);
  return sentence_start(subject) + " " + verb_phrase(edge.predicate, many) + " " + object + ".";
}

}  // namespace vernier::replicator
