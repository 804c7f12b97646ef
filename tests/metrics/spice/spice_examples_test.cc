// Sentences and the tuples that SPICE 1.0 makes of them, in its order.
#include <gtest/gtest.h>

#include "tests/metrics/spice/extraction.h"

namespace vernier::tests {
namespace {

struct Example {
  const char* name;
  const char* parse;
  const char* tuples;
};

class SpiceExamples : public testing::TestWithParam<Example> {};

TEST_P(SpiceExamples, HasTheTuplesThatSpiceMakes) {
  EXPECT_EQ(tuples_of(GetParam().parse), GetParam().tuples);
}

constexpr Example kExamples[] = {
    {"Clause",
     "a/DT/2/det man/NN/4/nsubj is/VBZ/4/aux riding/VBG/0/root a/DT/7/det brown/JJ/7/amod "
     "horse/NN/4/dobj on/IN/10/case the/DT/10/det beach/NN/4/nmod",
     "man|horse|ride, man|beach|ride on, horse|brown, beach, horse, man"},
    {"PrepositionOfThreeWords",
     "a/DT/2/det cat/NN/0/root sitting/VBG/2/acl on/IN/5/case top/NN/3/nmod of/IN/9/case "
     "a/DT/9/det "
     "wooden/JJ/9/amod table/NN/5/nmod",
     "cat|table|sit on top of, table|wooden, cat, table, top"},
    {"CopulaAndPreposition",
     "a/DT/2/det woman/NN/6/nsubj is/VBZ/6/cop in/IN/6/case the/DT/6/det house/NN/0/root",
     "woman|house|in, house, woman"},
    {"CopulaAndAdjective", "the/DT/2/det man/NN/4/nsubj is/VBZ/4/cop tall/JJ/0/root",
     "man|tall, man|tall, man"},
    {"CopulaAndNoun", "the/DT/2/det man/NN/5/nsubj is/VBZ/5/cop a/DT/5/det rider/NN/0/root",
     "man|rider, rider, man"},
    {"Numbers",
     "three/CD/2/nummod people/NNS/3/nsubj ride/VBP/0/root two/CD/5/nummod elephants/NNS/3/dobj",
     "people|elephant|ride, people|three, elephant|two, elephant, people"},
    {"NumberOfTheSecondConjunctIsLost",
     "two/CD/2/nummod men/NNS/6/nsubj and/CC/2/cc three/CD/5/nummod women/NNS/2/conj "
     "ride/VBP/0/root four/CD/8/nummod horses/NNS/6/dobj",
     "man|horse|ride, woman|horse|ride, man|two, horse|four, horse, man, woman"},
    {"Pronoun", "a/DT/2/det man/NN/0/root with/IN/5/case his/PRP$/5/nmod:poss dog/NN/2/nmod",
     "man|dog|with, man|dog|have, man, dog"},
    {"PassiveAgent",
     "a/DT/2/det dog/NN/4/nsubjpass is/VBZ/4/auxpass held/VBN/0/root by/IN/7/case a/DT/7/det "
     "woman/NN/4/nmod",
     "woman|dog|hold, woman, dog"},
    {"Particle",
     "a/DT/2/det man/NN/4/nsubj is/VBZ/4/aux picking/VBG/0/root up/RP/4/compound:prt a/DT/7/det "
     "box/NN/4/dobj",
     "man|box|pick up, box, man"},
    {"PrepositionOfTwoWords",
     "a/DT/2/det cat/NN/0/root next/JJ/6/case to/TO/6/case a/DT/6/det laptop/NN/2/nmod",
     "cat|laptop|next to, cat, laptop"},
    {"PrepositionOfTwoWordsUnderAnAcl",
     "a/DT/3/det tennis/NN/3/compound racket/NN/0/root next/JJ/8/case to/TO/8/case a/DT/8/det "
     "yellow/JJ/8/amod ball/NN/3/acl",
     "ball|yellow, racket|tennis, ball"},
    {"Quantifier",
     "a/DT/2/det lot/NN/8/nsubj of/IN/4/case people/NNS/2/nmod are/VBP/8/cop on/IN/8/case "
     "the/DT/8/det beach/NN/0/root",
     "people|beach|on, people|a, beach, people, lot"},
    {"QuantifierKeepsItsParticiple",
     "a/DT/3/det large/JJ/3/amod bunch/NN/0/root of/IN/5/case bananas/NNS/3/nmod hanging/VBG/3/acl "
     "from/IN/9/case a/DT/9/det tree/NN/6/nmod",
     "bunch|tree|hang from, banana|a, banana, bunch, tree"},
    {"ConjoinedNouns",
     "a/DT/2/det plate/NN/0/root with/IN/4/case rice/NN/2/nmod and/CC/4/cc beans/NNS/4/conj",
     "plate|rice|with, plate|bean|with, plate, rice, bean"},
    {"ConjoinedAdjectives", "a/DT/5/det black/JJ/5/amod and/CC/2/cc white/JJ/2/conj cat/NN/0/root",
     "cat|black, cat|white, cat"},
    {"ConjoinedVerbs",
     "a/DT/2/det man/NN/3/nsubj sits/VBZ/0/root and/CC/3/cc eats/VBZ/3/conj a/DT/7/det "
     "sandwich/NN/5/dobj",
     "man|sandwich|eat, man|sit, sandwich, man"},
    {"ConjoinedPhrases",
     "a/DT/2/det cat/NN/3/nsubj sleeps/VBZ/0/root on/IN/6/case the/DT/6/det bed/NN/3/nmod "
     "and/CC/6/cc under/IN/10/case the/DT/10/det table/NN/6/conj",
     "cat|bed|sleep on, cat|table|sleep under, bed, table, cat"},
    {"TwoPronouns",
     "a/DT/2/det boy/NN/0/root brushing/VBG/2/acl his/PRP$/5/nmod:poss teeth/NNS/3/dobj "
     "while/IN/8/mark he/PRP/8/nsubj looks/VBZ/3/advcl in/IN/11/case a/DT/11/det mirror/NN/8/nmod",
     "boy|mirror|look in, boy|tooth|brush, boy|tooth|have, boy, tooth, mirror"},
    {"PronounInFrontOfACompound",
     "a/DT/2/det woman/NN/4/nsubj is/VBZ/4/aux cutting/VBG/0/root her/PRP$/7/nmod:poss "
     "birthday/NN/7/compound cake/NN/4/dobj with/IN/10/case a/DT/10/det knife/NN/4/nmod",
     "woman|cake|cut, woman|knife|cut with, woman|cake|have, cake|birthday, knife, woman"},
    {"GroupIsNoQuantifier",
     "a/DT/2/det group/NN/0/root of/IN/4/case people/NNS/2/nmod standing/VBG/2/acl "
     "around/IN/8/case "
     "a/DT/8/det table/NN/5/nmod",
     "group|table|stand around, group|people|of, group, table, people"},
    {"Reflexive",
     "a/DT/2/det boy/NN/4/nsubj is/VBZ/4/aux looking/VBG/0/root at/IN/6/case himself/PRP/4/nmod "
     "in/IN/9/case a/DT/9/det mirror/NN/4/nmod",
     "boy|boy|look at, boy|mirror|look in, mirror, boy"},
    {"HashOrder",
     "a/DT/2/det man/NN/3/nsubj rides/VBZ/0/root a/DT/5/det horse/NN/3/dobj on/IN/8/case "
     "the/DT/8/det beach/NN/3/nmod near/IN/11/case the/DT/11/det water/NN/3/nmod with/IN/14/case "
     "a/DT/14/det dog/NN/3/nmod at/IN/17/case the/DT/17/det park/NN/3/nmod in/IN/20/case "
     "the/DT/20/det sun/NN/3/nmod",
     "man|park|ride at, man|sun|ride in, man|horse|ride, man|beach|ride on, man|water|ride near, "
     "man|dog|ride with, dog, water, beach, horse, sun, park, man"},
    // Quirks.
    {"PassiveWithoutAgent",
     "a/DT/2/det bench/NN/4/nsubjpass is/VBZ/4/auxpass covered/VBN/0/root in/IN/6/case "
     "snow/NN/4/nmod",
     "snow, bench"},
    {"RelativeClause",
     "a/DT/2/det light/NN/0/root that/WDT/5/nsubj is/VBZ/5/cop red/JJ/2/acl:relcl",
     "that|red, light"},
    {"InFrontOf",
     "a/DT/2/det man/NN/0/root in/IN/4/case front/NN/2/nmod of/IN/7/case a/DT/7/det "
     "house/NN/4/nmod",
     "man|house|in front of, man, house, front"},
    {"ACoupleOf", "a/DT/2/det couple/NN/0/root of/IN/4/case dogs/NNS/2/nmod", "dog|a, dog, couple"},
    {"LotsOf", "lots/NNS/0/root of/IN/3/case apples/NNS/1/nmod", "apple|lot, apple, lot"},
    {"SomeOfThe", "some/DT/0/root of/IN/4/case the/DT/4/det apples/NNS/1/nmod",
     "apple|some, apple"},
    {"PhraseOnThere",
     "there/EX/2/expl is/VBZ/0/root a/DT/4/det man/NN/2/nsubj in/IN/7/case the/DT/7/det "
     "room/NN/2/nmod",
     "man|room|be in, room, man"},
    {"TemporalPhrase", "a/DT/2/det man/NN/3/nsubj surfs/VBZ/0/root sunday/NN/3/nmod:tmod",
     "man|sunday|surf tmod, sunday, man"},
    {"PronounAsSubject", "it/PRP/3/nsubj is/VBZ/3/cop sunny/JJ/0/root", "it|sunny"},
    {"CompoundMembersAreNoObjects", "a/DT/3/det tennis/NN/3/compound racket/NN/0/root",
     "racket|tennis"},
    {"Strip", "a/DT/3/det striped/VBN/3/amod cat/NN/0/root", "cat|strip, cat"},
    {"OneDogHasNoNumber", "one/CD/2/nummod dog/NN/0/root", "dog"},
};

INSTANTIATE_TEST_SUITE_P(All, SpiceExamples, testing::ValuesIn(kExamples),
                         [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace vernier::tests
