// What becomes a tuple and what does not.
#include <gtest/gtest.h>

#include "tests/metrics/spice/extraction.h"

namespace vernier::tests {
namespace {

TEST(SpiceTupleRules, ClausesCombineAllSubjectsAndObjects) {
  EXPECT_EQ(tuples_of("men/NNS/3/nsubj boys/NNS/3/nsubj ride/VBP/0/root horses/NNS/3/dobj "
                      "bikes/NNS/3/iobj"),
            "man|horse|ride, man|bike|ride, boy|horse|ride, boy|bike|ride, bike, horse, boy, man");
}

TEST(SpiceTupleRules, ClausesNeedNounsAndNoCopula) {
  EXPECT_EQ(tuples_of("man/NN/2/nsubj gave/VBD/0/root is/VBZ/2/cop dog/NN/2/dobj"),
            "man|give, dog, man");
  EXPECT_EQ(tuples_of("it/PRP/2/nsubj eats/VBZ/0/root food/NN/2/dobj"), "food");
  EXPECT_EQ(tuples_of("man/NN/2/nsubj eats/VBZ/0/root red/JJ/2/dobj"), "man|eat, man");
  // A plain nmod is no object.
  EXPECT_EQ(tuples_of("man/NN/2/nsubj eats/VBZ/0/root food/NN/2/nmod"), "man|eat, food, man");
}

TEST(SpiceTupleRules, ParticiplesModifyAnything) {
  EXPECT_EQ(tuples_of("a/DT/0/root riding/VBG/1/acl horse/NN/2/dobj bike/NN/2/iobj"),
            "a|horse|ride, a|bike|ride, bike, horse");
  // They are verbs, and have no preposition of their own.
  EXPECT_EQ(tuples_of("a/NN/0/root next/JJ/1/acl horse/NN/2/dobj"), "a, horse");
  EXPECT_EQ(tuples_of("a/NN/0/root by/IN/3/case riding/VBG/1/acl horse/NN/3/dobj"), "a, horse");
}

TEST(SpiceTupleRules, SubjectsOfOtherVerbsGetAnAttribute) {
  EXPECT_EQ(tuples_of("man/NN/2/nsubj sits/VBZ/0/root"), "man|sit, man");
  EXPECT_EQ(tuples_of("man/NN/2/nsubj is/VBZ/0/root"), "man");
  EXPECT_EQ(tuples_of("it/PRP/2/nsubj sits/VBZ/0/root"), "");
}

TEST(SpiceTupleRules, ACaseMakesThatARelationOfWordsAsTheyStand) {
  EXPECT_EQ(tuples_of("man/NN/2/nsubj up/RP/0/root By/IN/2/case"), "man|up|By, man");
  EXPECT_EQ(tuples_of("man/NN/3/nsubj is/VBZ/3/cop top/NN/0/root in/IN/3/case next/JJ/4/mwe "
                      "To/TO/4/mwe"),
            "man|top|in next To, top, man");
  EXPECT_EQ(tuples_of("man/NN/2/nsubj is/VBZ/0/root on/IN/2/case"), "man|be|on, man");
}

TEST(SpiceTupleRules, EveryCopulaMakesATuple) {
  EXPECT_EQ(tuples_of("man/NN/4/nsubj is/VBZ/4/cop was/VBD/4/cop rider/NN/0/root"),
            "man|rider, man|rider, rider, man");
}

TEST(SpiceTupleRules, AdjectivesAndAdjectivalPredicates) {
  EXPECT_EQ(tuples_of("saw/VBD/0/root old/JJ/1/amod"), "see|old");
  EXPECT_EQ(tuples_of("it/PRP/2/nsubj taller/JJR/0/root"), "it|taller");
  EXPECT_EQ(tuples_of("it/PRP/2/nsubj rider/NN/0/root"), "rider");
}

TEST(SpiceTupleRules, PhrasesBelongToNouns) {
  EXPECT_EQ(tuples_of("man/NN/0/root on/IN/3/case red/JJ/1/nmod"), "man|red|on, man");
  EXPECT_EQ(tuples_of("man/NN/0/root sunday/NN/1/nmod:tmod height/NN/1/nmod:npmod"),
            "man|sunday|tmod, man|height|npmod, man, height, sunday");
  EXPECT_EQ(tuples_of("red/JJ/0/root on/IN/3/case man/NN/1/nmod"), "man");
  EXPECT_EQ(tuples_of("man/NN/0/root horse/NN/1/dobj boy/NN/1/nmod"), "man, boy, horse");
}

TEST(SpiceTupleRules, PossessorsHave) {
  EXPECT_EQ(tuples_of("man/NN/2/nmod:poss dog/NN/0/root"), "man|dog|have, dog, man");
  EXPECT_EQ(tuples_of("his/PRP$/2/nmod:poss dog/NN/0/root"), "dog");
  EXPECT_EQ(tuples_of("man/NN/2/nmod:poss red/JJ/0/root"), "man");
  // In a clause the possessor counts as an object without a preposition.
  EXPECT_EQ(tuples_of("man/NN/2/nsubj sits/VBZ/0/root dog/NN/2/nmod:poss"),
            "man|dog|sit, dog, man");
}

TEST(SpiceTupleRules, AgentsOfPassiveVerbs) {
  EXPECT_EQ(tuples_of("dog/NN/3/nsubjpass is/VBZ/3/auxpass picked/VBN/0/root up/RP/3/compound:prt "
                      "by/IN/6/case man/NN/3/nmod"),
            "man|dog|pick up, man, dog");
  EXPECT_EQ(tuples_of("dog/NN/3/nsubjpass is/VBZ/3/auxpass red/JJ/0/root by/IN/5/case "
                      "man/NN/3/nmod"),
            "man, dog");
  EXPECT_EQ(tuples_of("it/PRP/3/nsubjpass is/VBZ/3/auxpass held/VBN/0/root by/IN/5/case "
                      "man/NN/3/nmod"),
            "man");
}

TEST(SpiceTupleRules, TheFirstParticleJoinsThePredicate) {
  EXPECT_EQ(tuples_of("man/NN/2/nsubj climbs/VBZ/0/root Up/RP/2/compound:prt "
                      "down/RP/2/compound:prt tree/NN/2/dobj"),
            "man|tree|climb Up, tree, man");
  // Of "be" nothing but the blank is left.
  EXPECT_EQ(tuples_of("man/NN/2/nsubj is/VBZ/0/root up/RP/2/compound:prt tree/NN/2/dobj"),
            "man|tree| up, tree, man");
}

TEST(SpiceTupleRules, UnderscoresOfPrepositionsBecomeBlanks) {
  EXPECT_EQ(tuples_of("man/NN/0/root in/IN/3/case front/NN/1/nmod of/IN/5/case cars/NNS/3/nmod"),
            "man|car|in front of, man, car, front");
  EXPECT_EQ(tuples_of("man/NN/0/root a_b/IN/3/case car/NN/1/nmod"), "man|car|a b, man, car");
}

TEST(SpiceNumbers, SubjectsAndTheirObjectsComeFirst) {
  EXPECT_EQ(tuples_of("three/CD/2/nummod men/NNS/3/nsubj stand/VBP/0/root on/IN/6/case "
                      "two/CD/6/nummod boats/NNS/3/nmod"),
            "man|boat|stand on, man|three, boat|two, boat, man");
  // The direct object wins over the phrase; a phrase without a preposition does not count.
  EXPECT_EQ(
      tuples_of("men/NNS/2/nsubj see/VBP/0/root on/IN/5/case two/CD/5/nummod boats/NNS/2/nmod "
                "three/CD/7/nummod cars/NNS/2/dobj"),
      "man|boat|see on, man|car|see, car|three, car, boat, man");
  EXPECT_EQ(tuples_of("three/CD/2/nummod men/NNS/3/nsubj stand/VBP/0/root two/CD/5/nummod "
                      "days/NNS/3/nmod:tmod"),
            "man|day|stand tmod, man|three, day, man");
}

TEST(SpiceNumbers, ThenOtherSubjectsAndRoots) {
  EXPECT_EQ(tuples_of("three/CD/2/nummod men/NNS/0/root"), "man|three, man");
  EXPECT_EQ(
      tuples_of("three/CD/2/nummod men/NNS/3/nsubj see/VBP/0/root one/CD/5/nummod dog/NN/3/dobj"),
      "man|dog|see, man|three, dog, man");
}

TEST(SpiceNumbers, ThenPluralsThatAreNeitherSubjectsNorObjectsOfPluralSubjects) {
  EXPECT_EQ(tuples_of("sees/VBZ/0/root three/CD/3/nummod men/NNS/1/dobj"), "man|three, man");
  EXPECT_EQ(tuples_of("man/NN/2/nsubj sees/VBZ/0/root three/CD/4/nummod men/NNS/2/dobj"),
            "man|man|see, man|three, man, man");
  EXPECT_EQ(tuples_of("men/NNS/2/nsubj see/VBP/0/root cars/NNS/2/dobj three/CD/5/nummod "
                      "dogs/NNS/2/nmod"),
            "man|car|see, dog, car, man");
  EXPECT_EQ(tuples_of("two/CD/2/nummod men/NNS/3/nsubj see/VBP/0/root three/CD/5/nummod "
                      "cars/NNS/3/xcomp"),
            "man|see, man|two, car|three, car, man");
}

TEST(SpiceNumbers, NumbersStandBeforeTheirNoun) {
  EXPECT_EQ(tuples_of("men/NNS/0/root three/CD/1/nummod"), "man");
  EXPECT_EQ(tuples_of("a/DT/2/det lot/NN/0/root of/IN/4/case men/NNS/2/nmod"), "man|a, man, lot");
}

TEST(SpiceNumbers, SingularNounsHaveNone) {
  EXPECT_EQ(tuples_of("three/CD/2/nummod man/NN/0/root"), "man");
  EXPECT_EQ(tuples_of("a/DT/2/det lot/NN/0/root of/IN/4/case snow/NN/2/nmod"), "snow, lot");
}

TEST(SpiceTupleRules, MembersOfCompoundsAreNoObjects) {
  EXPECT_EQ(tuples_of("tennis/NN/3/compound red/JJ/3/compound rackets/NNS/0/root"),
            "racket|tennis");
  EXPECT_EQ(tuples_of("the/DT/0/root tennis/NN/1/compound"), "tennis");
}

TEST(SpiceTupleRules, NamesAreTrimmedAndInLowerCaseButPredicatesAreNot) {
  const WrittenParse parse("Bo/NNP/2/nsubj Sits/NNP/0/root Al/NNP/2/dobj");
  std::vector<std::string_view> words = parse.words;
  words[2] = " \tAl\n ";
  spice::TupleExtractor extractor;
  spice::TupleList tuples;
  ASSERT_TRUE(extractor.append(words, parse.parse, 0, tuples));
  EXPECT_EQ(spice::print_tuples(tuples), "bo|al|Sits\tsits\tal\tbo");
}

TEST(SpiceTupleList, EqualTextsHaveOneNumber) {
  spice::TupleList list;
  const spice::NameId man = list.add_name("man"), empty = list.add_name(""),
                      dog = list.add_name("dog");
  EXPECT_EQ(list.add_name("man"), man);
  EXPECT_EQ(list.add_name(""), empty);
  EXPECT_EQ(list.names(), 3u);
  EXPECT_EQ(list.name(man), "man");
  EXPECT_EQ(list.name(empty), "");
  EXPECT_EQ(list.name(dog), "dog");
  list.add(man);
  list.add(man, dog);
  list.add(man, dog, empty);
  EXPECT_EQ(spice::print_tuples(list), "man\tman|dog\tman|dog|");
  EXPECT_EQ(list.tuples()[2].size(), 3u);
  spice::TupleList other = list;
  EXPECT_EQ(other, list);
  other.add(dog);
  EXPECT_NE(other, list);
  list.clear();
  EXPECT_EQ(list, spice::TupleList());
}

TEST(SpiceTupleList, LeavesOutWhatItHasNoRoomFor) {
  spice::TupleList list;
  for (int i = 0; i < 65'535; ++i) ASSERT_NE(list.add_name(std::to_string(i)), spice::kNoName);
  EXPECT_EQ(list.add_name("more"), spice::kNoName);
  EXPECT_EQ(list.add_name("7"), 7);
  EXPECT_EQ(list.add_name("65534"), 65'534);
  EXPECT_EQ(list.name(100), "100");
  list.add(spice::kNoName);
  list.add(7, spice::kNoName);
  list.add(7, 8, spice::kNoName);
  EXPECT_EQ(list.size(), 0u);
}

TEST(SpiceTupleExtractor, AppendsAndForgets) {
  const WrittenParse man("man/NN/2/nsubj sits/VBZ/0/root"), dog("dog/NN/0/root");
  spice::TupleExtractor extractor;
  spice::TupleList tuples;
  ASSERT_TRUE(extractor.append(man.words, man.parse, 0, tuples));
  ASSERT_TRUE(extractor.append(dog.words, dog.parse, 1, tuples));
  ASSERT_TRUE(extractor.append(man.words, man.parse, 2, tuples));
  EXPECT_EQ(spice::print_tuples(tuples), "man|sit\tman\tdog\tman|sit\tman");
  EXPECT_EQ(tuples.names(), 3u);
}

TEST(SpiceTupleExtractor, TheOrderOfTuplesDependsOnTheNumberOfTheSentence) {
  const std::string parse = "men/NNS/0/root boys/NNS/1/dep dogs/NNS/1/dep";
  EXPECT_EQ(tuples_of(parse, 0), "man, dog, boy");
  // The hashes 30, 31 and 32 are 14, 15 and 0 modulo 16.
  EXPECT_EQ(tuples_of(parse, 1), "man, boy, dog");
  EXPECT_EQ(tuples_of(parse, 2), "man, dog, boy");
}

TEST(SpiceTupleExtractor, RefusesWhatIsTooLong) {
  std::string parse = "dog/NN/0/root";
  for (std::size_t i = 1; i < spice::kMaxWords; ++i) parse += " dog/NN/1/dep";
  EXPECT_NE(tuples_of(parse), "too long");
  EXPECT_EQ(tuples_of(parse + " dog/NN/1/dep"), "too long");
  EXPECT_EQ(tuples_of("dog/NN/0/root/1/dep/1/dep/1/dep/1/dep/1/dep/1/dep/1/dep/1/dep"), "too long");
  EXPECT_EQ(collapsed(parse + " dog/NN/1/dep"), "");
}

TEST(SpiceTupleExtractor, PassesOverDependenciesOnWordsThatAreNotThere) {
  EXPECT_EQ(tuples_of("dog/NN/0/root cat/NN/9/dep"), "dog");
}

}  // namespace
}  // namespace vernier::tests
