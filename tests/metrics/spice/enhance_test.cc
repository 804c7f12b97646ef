// Quantifiers and pronouns.
#include <gtest/gtest.h>

#include "tests/metrics/spice/extraction.h"

namespace vernier::tests {
namespace {

TEST(SpiceQuantifiers, AmountsNeedAnArticle) {
  EXPECT_EQ(enhanced("a/DT/2/det couple/NN/0/root of/IN/4/case dogs/NNS/2/nmod"),
            "1>2:mwe 1>3:mwe 4>1:det:qmod 0>4:root");
  EXPECT_EQ(enhanced("the/DT/2/det couple/NN/0/root of/IN/4/case dogs/NNS/2/nmod"),
            "2>1:det 2>4:nmod:of 4>3:case 0>2:root");
  EXPECT_EQ(enhanced("a/DT/2/det group/NN/0/root of/IN/4/case dogs/NNS/2/nmod"),
            "2>1:det 2>4:nmod:of 4>3:case 0>2:root");
}

TEST(SpiceQuantifiers, AmountsTakeOnlyAdjectivesOnTheirLeftAndThePlaceOfTheNoun) {
  EXPECT_EQ(enhanced("sees/VBZ/0/root AN/DT/5/det old/JJ/5/amod even/RB/5/advmod Bunch/NN/1/dobj "
                     "of/IN/8/case the/DT/8/det dogs/NNS/5/nmod barking/VBG/5/acl"),
            "1>8:dobj 2>3:mwe 2>5:mwe 2>6:mwe 5>4:advmod 5>9:acl 8>2:det:qmod 8>7:det 0>1:root");
}

TEST(SpiceQuantifiers, TheNounIsOneAndOfFollows) {
  const auto unchanged = [](const std::string& parse) {
    return enhanced(parse) == collapsed(parse);
  };
  EXPECT_FALSE(unchanged("a/DT/2/det lot/NN/0/root of/IN/4/case dogs/NNS/2/nmod"));
  EXPECT_FALSE(unchanged("a/DT/2/det lot/NN/0/root of/IN/4/case it/PRP/2/nmod"));
  EXPECT_TRUE(unchanged("a/DT/2/det lot/NN/0/root of/IN/4/case old/JJ/2/nmod"));
  EXPECT_TRUE(unchanged("a/DT/2/det lot/NN/0/root in/IN/4/case dogs/NNS/2/nmod"));
  EXPECT_TRUE(unchanged("a/DT/2/det lot/NN/0/root of/IN/4/case dogs/NNS/2/dobj"));
  EXPECT_TRUE(unchanged("a/DT/2/det lot/NN/0/root now/RB/2/advmod of/IN/5/case dogs/NNS/2/nmod"));
}

TEST(SpiceQuantifiers, ManyAndPluralNumbersNeedNone) {
  EXPECT_EQ(enhanced("Several/JJ/0/root of/IN/3/case dogs/NNS/1/nmod"),
            "1>2:mwe 3>1:det:qmod 0>3:root");
  // All children on the left go along.
  EXPECT_EQ(enhanced("the/DT/3/det old/JJ/3/amod 100s/NNS/0/root of/IN/6/case wild/JJ/6/amod "
                     "dogs/NNS/3/nmod"),
            "1>2:mwe 1>3:mwe 1>4:mwe 6>1:det:qmod 6>5:amod 0>6:root");
  EXPECT_EQ(enhanced("100/NNS/0/root of/IN/3/case dogs/NNS/1/nmod"),
            "1>3:nmod:of 3>2:case 0>1:root");
  EXPECT_EQ(enhanced("s/NNS/0/root of/IN/3/case dogs/NNS/1/nmod"), "1>3:nmod:of 3>2:case 0>1:root");
}

TEST(SpiceQuantifiers, NumbersNeedADeterminerOrAPronoun) {
  EXPECT_EQ(enhanced("12/CD/0/root of/IN/4/case the/DT/4/det dogs/NNS/1/nmod"),
            "1>2:mwe 4>1:det:qmod 4>3:det 0>4:root");
  EXPECT_EQ(enhanced("two/CD/0/root of/IN/3/case them/PRP/1/nmod"),
            "1>2:mwe 3>1:det:qmod 0>3:root");
  EXPECT_EQ(enhanced("two/CD/0/root of/IN/3/case dogs/NNS/1/nmod"),
            "1>3:nmod:of 3>2:case 0>1:root");
  // The determiner follows at once.
  EXPECT_EQ(enhanced("two/CD/0/root of/IN/5/case old/JJ/5/amod the/DT/5/det dogs/NNS/1/nmod"),
            "1>5:nmod:of 5>2:case 5>3:amod 5>4:det 0>1:root");
}

TEST(SpiceQuantifiers, OneWithoutAParentEndsTheSearch) {
  const std::string rest =
      " a/DT/3/det lot/NN/1/dobj of/IN/5/case dogs/NNS/3/nmod two/CD/10/nsubj of/IN/9/case "
      "the/DT/9/det cats/NNS/6/nmod meow/VBP/0/root";
  EXPECT_EQ(enhanced("ride/VBP/10/dep" + rest),
            "1>5:dobj 2>3:mwe 2>4:mwe 5>2:det:qmod 6>7:mwe 9>6:det:qmod 9>8:det 10>1:dep "
            "10>9:nsubj 0>10:root");
  EXPECT_EQ(enhanced("ride/VBP/-" + rest), collapsed("ride/VBP/-" + rest));
}

TEST(SpicePronouns, TheFirstNounFromTheRootTakesTheirEdges) {
  EXPECT_EQ(enhanced("a/DT/2/det man/NN/0/root with/IN/5/case his/PRP$/5/nmod:poss dog/NN/2/nmod"),
            "2>1:det 2>5:nmod:with 5>2:nmod:poss 5>3:case 0>2:root");
  // Its own children too; from the noun itself that makes a loop.
  EXPECT_EQ(enhanced("a/DT/2/det man/NN/0/root his/PRP$/2/dobj big/JJ/3/amod"),
            "2>1:det 2>2:dobj 2>4:amod 0>2:root");
}

TEST(SpicePronouns, SingularOnesStandForSingularNouns) {
  EXPECT_EQ(enhanced("dogs/NNS/2/nsubj see/VBP/0/root him/PRP/2/dobj"),
            "2>1:nsubj 2>3:dobj 0>2:root");
  EXPECT_EQ(enhanced("dogs/NNS/2/nsubj see/VBP/0/root them/PRP/2/dobj"),
            "2>1:nsubj 2>1:dobj 0>2:root");
  EXPECT_EQ(enhanced("dog/NN/2/nsubj sees/VBP/0/root them/PRP/2/dobj"),
            "2>1:nsubj 2>1:dobj 0>2:root");
  // The list of singular ones is in lower case.
  EXPECT_EQ(enhanced("dogs/NNS/2/nsubj see/VBP/0/root Him/PRP/2/dobj"),
            "2>1:nsubj 2>1:dobj 0>2:root");
}

TEST(SpicePronouns, TheNounMustComeBefore) {
  const std::string parse = "sees/VBZ/0/root her/PRP$/3/nmod:poss dog/NN/1/dobj";
  EXPECT_EQ(enhanced(parse), collapsed(parse));
}

TEST(SpicePronouns, TheFirstWordAndThoseWithoutAParentStay) {
  const std::string first = "her/PRP$/2/nmod:poss dog/NN/0/root";
  EXPECT_EQ(enhanced(first), collapsed(first));
  const std::string loose = "dog/NN/0/root it/PRP/3/dep b/NN/-";
  EXPECT_EQ(enhanced(loose), collapsed(loose));
  const std::string root = "dog/NN/2/nsubj it/PRP/0/root";
  EXPECT_EQ(enhanced(root), collapsed(root));
  const std::string rootless = "dog/NN/2/nsubj sees/VBZ/- it/PRP/2/dobj";
  EXPECT_EQ(enhanced(rootless), collapsed(rootless));
}

TEST(SpicePronouns, SeveralAreTakenInTheOrderOfAHashSetOfPairs) {
  // 31 * pronoun + noun, modulo 16: the word 12 comes before the word 6.
  EXPECT_EQ(enhanced("a/DT/2/det bowl/NN/0/root with/IN/4/case something/NN/2/nmod in/IN/6/case "
                     "it/PRP/2/nmod with/IN/9/case a/DT/9/det banana/NN/2/nmod next/JJ/12/case "
                     "to/TO/12/case it/PRP/2/nmod"),
            "2>1:det 2>2:nmod:next_to 2>2:nmod:in 2>4:nmod:with 2>5:case 2>9:nmod:with 2>10:case "
            "4>3:case 9>7:case 9>8:det 10>11:mwe 0>2:root");
}

}  // namespace
}  // namespace vernier::tests
