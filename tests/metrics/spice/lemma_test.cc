// The lemmatiser: what comes before any analysis, tables, rules of endings, odd words.
#include "metrics/spice/lemmas/lemma.h"

#include <gtest/gtest.h>

#include "metrics/spice/lemmas/rules.h"
#include "metrics/spice/lemmas/tables/exceptions.h"

namespace vernier::tests {
namespace {

using spice::Before;
using spice::Label;

std::string lemma(std::string_view word, Label tag) {
  std::string out;
  spice::append_lemma(word, tag, out);
  return out;
}
std::string noun(std::string_view word) { return lemma(word, Label::kNns); }
std::string verb(std::string_view word) { return lemma(word, Label::kVbg); }

/// "form>lemma" with blanks between: those whose lemma is another one.
std::string wrong(std::string_view pairs, std::string (*lemma_of)(std::string_view)) {
  std::string out;
  for (std::size_t begin = 0; begin < pairs.size();) {
    const std::size_t end = std::min(pairs.find(' ', begin), pairs.size());
    const std::string_view pair = pairs.substr(begin, end - begin);
    begin = end + 1;
    const std::size_t arrow = pair.find('>');
    const std::string found = lemma_of(pair.substr(0, arrow));
    if (found != pair.substr(arrow + 1)) out += std::string(pair) + " is " + found + "; ";
  }
  return out;
}

TEST(SpiceLemma, AppendsToWhatIsThere) {
  std::string out = "x ";
  spice::append_lemma("dogs", Label::kNns, out);
  EXPECT_EQ(out, "x dog");
}

TEST(SpiceLemma, ContractionsAndAuxiliariesGoByTheirTag) {
  EXPECT_EQ(lemma("were", Label::kVbd), "be");
  EXPECT_EQ(lemma("was", Label::kVbd), "be");
  EXPECT_EQ(lemma("am", Label::kVbp), "be");
  EXPECT_EQ(lemma("are", Label::kVbp), "be");
  EXPECT_EQ(lemma("Is", Label::kVbz), "be");
  EXPECT_EQ(lemma("'s", Label::kVbz), "be");
  EXPECT_EQ(lemma("s", Label::kVbz), "be");
  EXPECT_EQ(lemma("ai", Label::kVbp), "be");
  EXPECT_EQ(lemma("'m", Label::kVbp), "be");
  EXPECT_EQ(lemma("'re", Label::kVbp), "be");
  EXPECT_EQ(lemma("'d", Label::kVbd), "have");
  EXPECT_EQ(lemma("'ve", Label::kVbp), "have");
  EXPECT_EQ(lemma("'d", Label::kMd), "would");
  EXPECT_EQ(lemma("d", Label::kMd), "would");
  EXPECT_EQ(lemma("ca", Label::kMd), "can");
  EXPECT_EQ(lemma("sha", Label::kMd), "shall");
  EXPECT_EQ(lemma("wo", Label::kMd), "will");
  EXPECT_EQ(lemma("'ll", Label::kMd), "will");
  EXPECT_EQ(lemma("ll", Label::kMd), "will");
  EXPECT_EQ(lemma("wilt", Label::kMd), "will");
  EXPECT_EQ(lemma("n't", Label::kRb), "not");
  EXPECT_EQ(lemma("n", Label::kRb), "not");
  // Under other tags they are words like any other.
  EXPECT_EQ(lemma("'s", Label::kPos), "'s");
  EXPECT_EQ(lemma("ca", Label::kNn), "ca");
  EXPECT_EQ(lemma("were", Label::kNn), "were");
  EXPECT_EQ(lemma("n", Label::kNn), "n");
}

TEST(SpiceLemma, PronounsBecomeSubjects) {
  const auto pronoun = [](std::string_view word) { return lemma(word, Label::kPrp); };
  EXPECT_EQ(wrong("him>he her>she them>they their>they me>I us>we our>we my>my your>you his>he "
                  "its>its himself>himself I>I i>I it>it",
                  pronoun),
            "");
  EXPECT_EQ(lemma("his", Label::kPrpDollar), "he");
  EXPECT_EQ(lemma("her", Label::kNn), "her");
}

TEST(SpiceLemma, AnIsAWhereItIsADeterminer) {
  EXPECT_EQ(lemma("an", Label::kDt), "a");
  EXPECT_EQ(lemma("An", Label::kDt), "a");
  EXPECT_EQ(lemma("an", Label::kFw), "an");
}

TEST(SpiceLemma, OnlyVerbsAndPluralNounsAreAnalysed) {
  EXPECT_EQ(lemma("Dogs", Label::kNn), "dogs");
  EXPECT_EQ(lemma("larger", Label::kJjr), "larger");
  EXPECT_EQ(lemma("striped", Label::kJj), "striped");
  EXPECT_EQ(lemma("dogs", Label::kNns), "dog");
  for (const Label tag :
       {Label::kVb, Label::kVbd, Label::kVbg, Label::kVbn, Label::kVbp, Label::kVbz}) {
    EXPECT_EQ(lemma("striped", tag), "strip") << spice::label_name(tag);
  }
  EXPECT_EQ(lemma("striped", Label::kXx), "striped");
}

TEST(SpiceLemma, NamesStayAsTheyAre) {
  EXPECT_EQ(lemma("Simpsons", Label::kNnps), "Simpsons");
  EXPECT_EQ(lemma("Boston", Label::kNnp), "Boston");
}

TEST(SpiceLemma, WordsArePutInLowerCase) {
  EXPECT_EQ(lemma("Men", Label::kNns), "man");
  EXPECT_EQ(lemma("RIDING", Label::kVbg), "ride");
  EXPECT_EQ(lemma("\u00C9t\u00E9", Label::kNn), "\u00E9t\u00E9");
}

TEST(SpiceLemma, IsPerTable) {
  EXPECT_EQ(
      wrong("trousers>trousers tennis>tennis jacuzzi>jacuzzi mercedes>mercedes "  // as it is
            "movies>movie canoes>canoe toes>toe "                                 // -s
            "canvases>canvas irises>iris "                                        // -es
            "children>child feet>foot geese>goose knives>knife teeth>tooth abcs>ABC figs.>fig.",
            noun),
      "");
  EXPECT_EQ(wrong("canvas>canvas "                             // as it is
                  "browses>browse toes>toe "                   // -s
                  "quizes>quiz "                               // -es
                  "roped>rope piped>pipe "                     // -d
                  "paneled>panel talced>talc "                 // -ed
                  "swinging>swing bringing>bring skiing>ski "  // -ing
                  "wiping>wipe taping>tape "                   // -ing+e
                  "worn>wear held>hold ate>eat lying>lie got>get is>be",
                  verb),
            "");
}

TEST(SpiceLemma, TablesHoldWhatTheyShould) {
  EXPECT_EQ(spice::noun_exceptions().size(), 1205u);
  EXPECT_EQ(spice::verb_exceptions().size(), 1290u);
  EXPECT_EQ(spice::doubling_stems().size(), 666u);
  EXPECT_TRUE(spice::doubling_stems().contains("abet"));
  EXPECT_TRUE(spice::doubling_stems().contains("zip"));
  EXPECT_FALSE(spice::doubling_stems().contains("fal"));
  EXPECT_FALSE(spice::doubling_stems().contains(""));
}

TEST(SpiceLemma, HyphenatedWordsAreAnalysedBehindTheHyphen) {
  EXPECT_EQ(noun("t-shirts"), "t-shirt");
  EXPECT_EQ(noun("merry-go-rounds"), "merry-go-round");
  EXPECT_EQ(noun("step-children"), "step-child");
  EXPECT_EQ(verb("hand-feeding"), "hand-feed");
  EXPECT_EQ(noun("passers-by"), "passer-by");
  EXPECT_EQ(noun("ladies-in-waiting"), "lady-in-waiting");
}

TEST(SpiceLemma, WordsThatEndInAHyphenGetTheirTag) {
  EXPECT_EQ(noun("-lrb-"), "-lrb-_NNS");
  EXPECT_EQ(lemma("-", Label::kVbz), "-_VBZ");
  EXPECT_EQ(lemma("-lrb-", Label::kNn), "-lrb-");
}

TEST(SpiceLemma, PhrasalVerbsAreAnalysedBeforeTheBar) {
  EXPECT_EQ(verb("picking_up"), "pick_up");
  EXPECT_EQ(verb("going_away"), "go_away");
  EXPECT_EQ(verb("picking_flowers"), "picking_flowers");
  EXPECT_EQ(verb("picking_it_up"), "picking_it_up");
}

TEST(SpiceLemma, OtherCharactersForbidAnalysis) {
  EXPECT_EQ(noun("caf\u00E9s"), "caf\u00E9s");
  EXPECT_EQ(noun("a.b.s"), "a.b.s");
  EXPECT_EQ(noun("1990s"), "1990");
  EXPECT_EQ(noun("'90s"), "'90");
  EXPECT_EQ(noun("c++s"), "c++");
}

TEST(SpiceLemma, TakesAnyBytes) {
  EXPECT_EQ(noun(""), "");
  EXPECT_EQ(verb("\xFFing"), "\xFFing");
  EXPECT_EQ(noun(std::string("A\0S", 3)), std::string("a\0s", 3));
  EXPECT_EQ(noun(std::string(10'000, 'X') + "s"), std::string(10'000, 'x'));
}

TEST(SpiceEndings, NounRulesHoldInTheirOrder) {
  EXPECT_EQ(wrong("arthritis>arthritis arachnophobia>arachnophobia bibliophilia>bibliophilia "
                  "kilometres>kilometre litres>litre pipettes>pipette snowshoes>snowshoe "
                  "houses>house blouses>blouse causes>cause buses>bus firemen>fireman "
                  "housewives>housewife bryozoa>bryozoon axolotliia>axolotlium "
                  "academia>academia bacteria>bacterium medulla>medullum xviii>xviii fungi>fungus "
                  "larvae>larva stigmata>stigma",
                  noun),
            "");
}

TEST(SpiceEndings, SharedRulesHoldInTheirOrder) {
  for (auto* const lemma_of : {noun, verb}) {
    EXPECT_EQ(wrong("his>his during>during nothing>nothing bus>bus glass>glass crisis>crisis "
                    "noses>nose waltzes>waltz sizes>size glasses>glass buzzes>buzz horses>horse "
                    "responses>response boxes>box benches>bench dishes>dish lathes>lathe "
                    "dances>dance bulges>bulge curves>curve pipettes>pipette berries>berry "
                    "echoes>echo cats>cat s>s",
                    lemma_of),
              "");
  }
  EXPECT_EQ(verb("seed"), "seed");
}

TEST(SpiceEndings, RulesOfTheVerbEndingEdHoldInTheirOrder) {
  EXPECT_EQ(wrong("housed>house fused>fuse focused>focus waltzed>waltz sized>size passed>pass "
                  "buzzed>buzz pulled>pull strolled>stroll stopped>stop added>add batted>bat "
                  "shhed>shhed belonged>belong kicked>kick lined>line opened>open boxed>box "
                  "snowed>snow bored>bore explored>explore doctored>doctor colored>color "
                  "adored>adore remembered>remember carried>carry required>require "
                  "included>include completed>complete invited>invite visited>visit "
                  "retreated>retreat defeated>defeat threated>threat floated>float "
                  "decorated>decorate received>receive looked>look curled>curl crawled>crawl "
                  "clothed>clothe continued>continue placed>place walked>walk played>play used>use "
                  "hiked>hike",
                  verb),
            "");
}

TEST(SpiceEndings, RulesOfTheVerbEndingIngHoldInTheirOrder) {
  EXPECT_EQ(wrong("housing>house fusing>fuse focusing>focus waltzing>waltz sizing>size "
                  "passing>pass buzzing>buzz pulling>pull stopping>stop adding>add batting>bat "
                  "string>string belonging>belong kicking>kick lining>line opening>open "
                  "boxing>box requiring>require including>include completing>complete "
                  "inviting>invite visiting>visit retreating>retreat floating>float "
                  "decorating>decorate receiving>receive looking>look curling>curl "
                  "crawling>crawl clothing>clothe placing>place walking>walk pursuing>pursue "
                  "playing>play carrying>carry echoing>echo boring>bore doctoring>doctor "
                  "adoring>adore coloring>color remembering>remember hiking>hike",
                  verb),
            "");
}

TEST(SpiceEndings, WhatStandsBeforeTheEndingMatters) {
  const auto holds = [](Before before, std::string_view ending, std::string_view word) {
    return spice::holds({before, 0, ending, ""}, word);
  };
  EXPECT_TRUE(holds(Before::kAny, "men", "men"));
  EXPECT_FALSE(holds(Before::kSome, "men", "men"));
  EXPECT_TRUE(holds(Before::kRoman, "i", "xvi"));
  EXPECT_FALSE(holds(Before::kRoman, "i", "i"));
  EXPECT_FALSE(holds(Before::kRoman, "i", "taxi"));
  EXPECT_TRUE(holds(Before::kConsonants, "Vlled", "pulled"));
  EXPECT_TRUE(holds(Before::kConsonants, "Vlled", "tyulled"));
  EXPECT_FALSE(holds(Before::kConsonants, "Vlled", "ulled"));
  EXPECT_FALSE(holds(Before::kConsonants, "Vlled", "repulled"));
  EXPECT_TRUE(holds(Before::kNoVowels, "ing", "shhing"));
  EXPECT_FALSE(holds(Before::kNoVowels, "ing", "trying"));
  EXPECT_FALSE(holds(Before::kNoVowels, "ing", "ing"));
  EXPECT_TRUE(holds(Before::kPrefixes, "CVnged", "hanged"));
  EXPECT_TRUE(holds(Before::kPrefixes, "CVnged", "remishanged"));
  EXPECT_FALSE(holds(Before::kPrefixes, "CVnged", "shanged"));
  EXPECT_TRUE(holds(Before::kPrefixesConsonants, "ored", "explored"));
  EXPECT_FALSE(holds(Before::kPrefixesConsonants, "ored", "colored"));
  EXPECT_FALSE(holds(Before::kPrefixesConsonants, "ored", "reored"));
  EXPECT_TRUE(holds(Before::kOnePrefix, "XXeated", "retreated"));
  EXPECT_FALSE(holds(Before::kOnePrefix, "XXeated", "treated"));
  EXPECT_FALSE(holds(Before::kOnePrefix, "XXeated", "reretreated"));
  EXPECT_TRUE(holds(Before::kLastPrefix, "XXeating", "abretreating"));
  EXPECT_FALSE(holds(Before::kLastPrefix, "XXeating", "treating"));
}

TEST(SpiceEndings, ClassesOfLetters) {
  const auto holds = [](std::string_view ending, std::string_view word) {
    return spice::holds({Before::kAny, 0, ending, ""}, word);
  };
  EXPECT_TRUE(holds("V", "a"));
  EXPECT_FALSE(holds("V", "y"));
  EXPECT_TRUE(holds("Y", "y"));
  EXPECT_TRUE(holds("Y", "e"));
  EXPECT_FALSE(holds("Y", "b"));
  EXPECT_TRUE(holds("C", "y"));
  EXPECT_FALSE(holds("C", "7"));
  EXPECT_FALSE(holds("C", "'"));
  EXPECT_TRUE(holds("X", "b"));
  EXPECT_FALSE(holds("X", "y"));
  EXPECT_TRUE(holds("[cgl]e", "ge"));
  EXPECT_FALSE(holds("[cgl]e", "be"));
  EXPECT_TRUE(holds("a==e", "abbe"));
  EXPECT_FALSE(holds("a==e", "abce"));
  EXPECT_FALSE(holds("a==e", "aooe"));
  EXPECT_FALSE(holds("aVb", "ab"));
}

}  // namespace
}  // namespace vernier::tests
