// Parses that no parser makes, from a source of numbers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "metrics/spice/syntax/parser.h"

namespace vernier::tests {

/// Words that the steps look for, and others; tags, relations and heads of any kind: heads that
/// make cycles and loops, several or none, several roots or none.
struct OddParse {
  std::vector<std::string> texts;
  std::vector<std::string_view> words;
  spice::ParsedSentence parse;
};

/// `draw(n)` gives a number below n.
template <class Draw>
OddParse make_odd_parse(std::size_t words, Draw draw) {
  static constexpr std::string_view kWords[] = {
      "next", "to",   "in",  "front",    "of",       "on",    "top",  "case", "by",
      "and",  "or",   "not", "but",      "as",       "well",  "a",    "an",   "lot",
      "lots", "some", "two", "12",       "he",       "his",   "them", "it",   "dogs",
      "man",  "is",   "be",  "standing", "Horse",    "up",    "from", "\xFF", "\xC3\xA9",
      "",     " ",    "_",   "-",        "t-shirts", "agent", "poss", "tmod", "relcl"};
  using spice::Label;
  using spice::Relation;
  static constexpr Label kTags[] = {Label::kNn, Label::kNns, Label::kPrp, Label::kVbg, Label::kVbz,
                                    Label::kJj, Label::kIn,  Label::kDt,  Label::kNnp};
  static constexpr Relation kRelations[] = {
      Relation::kCase, Relation::kNmod,   Relation::kNmod,     Relation::kAcl,  Relation::kCc,
      Relation::kConj, Relation::kConj,   Relation::kNsubj,    Relation::kDobj, Relation::kAuxpass,
      Relation::kMwe,  Relation::kAdvmod, Relation::kDet,      Relation::kAmod, Relation::kCop,
      Relation::kMark, Relation::kNummod, Relation::kCompound, Relation::kAdvcl};
  const auto one_of = [&](const auto& items) { return items[draw(std::size(items))]; };
  const bool tree = draw(3) == 0, crowded = draw(4) == 0;
  OddParse made;
  for (std::size_t i = 1; i <= words; ++i) {
    made.texts.emplace_back(one_of(kWords));
    made.parse.tags.push_back(draw(8) == 0 ? static_cast<Label>(draw(spice::kLabelCount))
                                           : one_of(kTags));
    std::size_t governors = tree ? 1 : crowded ? draw(8) : draw(10) < 8 ? 1 : draw(3);
    for (; governors > 0; --governors) {
      std::size_t head = tree ? draw(i) : draw(words + 1);
      if (!tree && draw(4) == 0) head = i + draw(5) - std::min<std::size_t>(i, 2);
      if (!tree && draw(200) == 0) head = draw(65'536);
      made.parse.dependencies.push_back(
          {static_cast<std::uint16_t>(head), static_cast<std::uint16_t>(i),
           draw(8) == 0 ? static_cast<Relation>(draw(spice::kRelationCount)) : one_of(kRelations)});
    }
  }
  if (draw(20) == 0 && !made.parse.tags.empty()) made.parse.tags.pop_back();
  made.words.assign(made.texts.begin(), made.texts.end());
  return made;
}

}  // namespace vernier::tests
