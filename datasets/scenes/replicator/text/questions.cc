#include "datasets/scenes/replicator/text/questions.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "datasets/scenes/replicator/select.h"
#include "datasets/scenes/replicator/text/english.h"
#include "datasets/scenes/replicator/text/phrases.h"

namespace vernier::replicator {
namespace {

using View = std::string_view;

constexpr std::size_t kMostRelations = 12;
/// Places that cannot hold both ways round.
constexpr std::array<View, 8> kOneWay = {"left of",   "right of", "above",       "below",
                                         "on top of", "under",    "in front of", "behind"};

class QuestionWriter {
 public:
  explicit QuestionWriter(const Graph& full) : full_(full), phrases_(full) {}

  std::vector<QuestionPair> write() {
    add_counts();
    for (std::size_t i = 0; i < full_.nodes.size(); ++i) add_looks(i);
    std::size_t relations = 0;
    for (const std::size_t edge : spanning_tree(full_)) {
      if (relations == kMostRelations) break;
      relations += add_relation(full_.edges[edge]);
    }
    return std::move(pairs_);
  }

 private:
  void add(std::string question, std::string answer) {
    pairs_.push_back({std::move(question), std::move(answer)});
  }

  static std::string there_are(const std::string& what, std::size_t count) {
    return fmt::format("There {} {}.", count > 1 || is_plural_only(what) ? "are" : "is",
                       counted(what, count));
  }

  void add_counts() {
    const std::size_t all = full_.nodes.size();
    add("How many objects are there?",
        all == 1 ? "There is one object." : fmt::format("There are {} objects.", number_word(all)));
    for (const PhraseGroup& group : phrases_.groups_by_name()) {
      if (is_plural_only(group.phrase)) continue;
      add(fmt::format("How many {} are there?", plural(group.phrase)),
          group.count == 1 ? fmt::format("There is one {}.", group.phrase)
                           : there_are(group.phrase, group.count));
    }
  }

  void add_looks(std::size_t number) {
    const GraphNode& node = full_.nodes[number];
    const bool by_name = std::ranges::count(full_.nodes, node.name, &GraphNode::name) == 1;
    if (!by_name || node.attributes.empty()) return;
    const std::string the = "the " + node.name;
    // As phrases have them: sizes first, colours last.
    std::string words = phrases_.phrase(number);
    words.resize(words.size() - node.name.size());
    std::vector<std::string> looks;
    for (std::size_t at = 0; at < words.size();) {
      const std::size_t end = words.find(' ', at);
      looks.push_back(words.substr(at, end - at));
      at = end + 1;
    }
    if (looks.empty()) return;
    add(fmt::format("What {} {} like?", be(node), the),
        sentence_start(fmt::format("{} {} {}.", the, be(node), list_of(looks))));
    if (std::ranges::count_if(looks, is_colour) == 1) {
      add(fmt::format("What color {} {}?", be(node), the),
          sentence_start(
              fmt::format("{} {} {}.", the, be(node), *std::ranges::find_if(looks, is_colour))));
    }
  }

  bool add_relation(const GraphEdge& edge) {
    const auto subject = phrases_.only(edge.subject), object = phrases_.only(edge.object);
    const auto sentence = phrases_.sentence(edge);
    if (!subject || !object || !sentence) return false;
    const View verb = be(full_.nodes[edge.subject]);
    const std::string said = Phrases::verb_phrase(edge.predicate, verb == "are");
    if (!said.starts_with(verb)) return false;  // "carries": no question without "does"
    const std::string rest = said.substr(verb.size() + 1);
    std::string truth = *sentence;
    truth.front() = 't';  // "the", whatever is singled out
    add(sentence_start(fmt::format("{} {} {} {}?", verb, *subject, rest, *object)),
        "Yes, " + truth);
    const bool both_ways = std::ranges::any_of(full_.edges, [&](const GraphEdge& other) {
      return other.subject == edge.object && other.object == edge.subject &&
             other.predicate == edge.predicate;
    });
    if (!both_ways && std::ranges::find(kOneWay, edge.predicate) != kOneWay.end()) {
      add(sentence_start(
              fmt::format("{} {} {} {}?", be(full_.nodes[edge.object]), *object, rest, *subject)),
          "No, " + truth);
    }
    return true;
  }

  const Graph& full_;
  const Phrases phrases_;
  std::vector<QuestionPair> pairs_;
};

}  // namespace

std::vector<QuestionPair> question_pairs(const Graph& full) { return QuestionWriter(full).write(); }

}  // namespace vernier::replicator
