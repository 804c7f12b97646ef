// Any constituency tree of up to 150 words through SPICE's converter: dependencies between its
// words, one root, in order, the same when converted again. An input that opens with a bracket is a
// bracketed tree (others than trees are refused), any other one says how to build a tree: labels,
// words and how many phrases end.
#include <array>
#include <string>
#include <vector>

#include "metrics/spice/dependencies/converter.h"
#include "tests/fuzz/input.h"

namespace {

using namespace vernier;
using namespace vernier::spice;
using fuzz::require;

constexpr std::size_t kLongest = 150;  // words that the parser takes

constexpr std::array<std::string_view, 64> kWords = {
    "dog",   "runs",    "is",      "are",     "been",    "got",     "has",     "will",
    "seems", "told",    "to",      "that",    "than",    "whether", "as",      "well",
    "such",  "due",     "because", "instead", "of",      "in",      "case",    "course",
    "order", "rather",  "not",     "mention", "so",      "if",      "prior",   "kind",
    "or",    "opposed", "let",     "alone",   "between", "all",     "but",     "how",
    "come",  "had",     "better",  "more",    "up",      "at",      "least",   "according",
    "also",  "and",     "both",    "yet",     "then",    "now",     "there",   "no",
    "'s",    "/",       "etc",     "monday",  "May",     "where",   "himself", "$"};

struct Sentence {
  Tree tree;
  std::vector<std::string_view> words;
};

// Bytes below 128 open a phrase or are a tag, whose word the next byte chooses; the others end
// phrases.
Sentence build(fuzz::Input& input) {
  Sentence sentence;
  std::vector<std::uint32_t> open;
  const auto add = [&](Label label, std::uint8_t word) {
    const auto self = static_cast<std::uint32_t>(sentence.tree.size());
    sentence.tree.push_back({label, static_cast<std::uint16_t>(sentence.words.size()), self + 1});
    if (is_tag(label)) {
      sentence.words.push_back(kWords[word % kWords.size()]);
    } else {
      open.push_back(self);
    }
  };
  const auto close = [&] {
    if (open.back() + 1 == sentence.tree.size()) add(Label::kNn, 0);
    sentence.tree[open.back()].end = static_cast<std::uint32_t>(sentence.tree.size());
    open.pop_back();
  };
  add(Label::kRoot, 0);
  while (!input.rest().empty() && sentence.words.size() < kLongest) {
    const std::uint8_t byte = input.byte();
    if (byte < 128) {
      const auto label = static_cast<Label>(byte % kLabelCount);
      add(label, is_tag(label) ? input.byte() : std::uint8_t{0});
    } else {
      for (int n = byte % 8; n >= 0 && open.size() > 1; --n) close();
    }
  }
  while (!open.empty()) close();
  return sentence;
}

std::vector<Dependency> convert(DependencyConverter& converter, const Sentence& sentence) {
  std::vector<Dependency> found;
  converter.convert(
      sentence.tree, sentence.words,
      [&](std::size_t word) {
        require(word < sentence.words.size());
        return std::string("seem");
      },
      found);
  return found;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static DependencyConverter converter;
  fuzz::Input input(data, size);
  Sentence sentence;
  if (input.rest().starts_with('(')) {
    auto read = read_tree(input.rest());
    if (!read || read->words.size() > kLongest) return 0;
    sentence = {std::move(read->tree), std::move(read->words)};
  } else {
    sentence = build(input);
  }
  const std::vector<Dependency> found = convert(converter, sentence);
  std::size_t roots = 0;
  for (std::size_t n = 0; n < found.size(); ++n) {
    const auto& [governor, dependent, relation] = found[n];
    require(dependent >= 1 && dependent <= sentence.words.size());
    require(governor <= sentence.words.size() && governor != dependent);
    require((governor == 0) == (relation == Relation::kRoot));
    require(!relation_name(relation).empty());
    require(n == 0 || found[n - 1].dependent <= dependent);
    roots += governor == 0;
  }
  require(roots == 1);
  DependencyConverter other;
  require(convert(other, sentence) == found);
  return 0;
}
