// Words against evidence, with WordNet and vernier's own tagger.
#include "judges/probes/words/word_check.h"

#include <gtest/gtest.h>

#include <map>

#include "metrics/spice/fast_tagger.h"
#include "metrics/text/sentences/punkt_parameters.h"
#include "tests/support/word_net.h"

namespace vernier::probes {
namespace {

LanguageTools own_tools() {
  LanguageTools tools;
  tools.punkt = std::shared_ptr<const text::PunktParameters>(std::shared_ptr<void>(),
                                                             &text::built_in_punkt_parameters());
  tools.tagger = spice::open_fast_tagger();
  tools.word_net = text::WordNet::open(text::kWordNetFolder);
  return tools;
}

class WordCheck : public testing::Test {
 protected:
  void SetUp() override {
    VERNIER_REQUIRE_WORDNET();
    tools_ = own_tools();
    static const auto senses = text::SenseNet::open(text::kWordNetFolder);
    senses_ = senses;
  }
  TextWords words(const std::string& text) {
    return ContentWordFinder(tools_, *senses_).find(text);
  }
  std::map<std::string, CheckedWord> check(const std::string& text,
                                           const std::vector<std::string>& evidence) {
    WordEvidence known;
    for (const std::string& one : evidence) known.add_text(words(one));
    std::map<std::string, CheckedWord> out;
    for (CheckedWord& word : WordChecker(*senses_).check(words(text), known)) {
      out.emplace(word.word.text, word);
    }
    return out;
  }

  LanguageTools tools_;
  std::shared_ptr<const text::SenseNet> senses_;
};

TEST_F(WordCheck, SensesKnowKindsAndParts) {
  const auto dog = senses_->senses("dog", text::WordClass::kNoun).front();
  const auto animal = senses_->senses("animal", text::WordClass::kNoun).front();
  const auto car = senses_->senses("car", text::WordClass::kNoun).front();
  const auto cat = senses_->senses("cat", text::WordClass::kNoun).front();
  EXPECT_TRUE(senses_->is_a(dog, animal));
  EXPECT_FALSE(senses_->is_a(animal, dog));
  EXPECT_FALSE(senses_->is_a(dog, car));
  EXPECT_GT(senses_->similarity(dog, cat), senses_->similarity(dog, car));
  EXPECT_DOUBLE_EQ(senses_->similarity(dog, dog), 1);
  const auto tail = senses_->senses("tail", text::WordClass::kNoun).front();
  EXPECT_TRUE(senses_->is_part(tail, dog));
  EXPECT_FALSE(senses_->is_part(tail, car));
  EXPECT_GT(senses_->physical_share("desk"), 0.8);
  EXPECT_LT(senses_->physical_share("idea"), 0.1);
  EXPECT_DOUBLE_EQ(senses_->physical_share("qwertz"), 0.5);
  EXPECT_TRUE(senses_->senses("qwertz", text::WordClass::kNoun).empty());
}

TEST_F(WordCheck, FindsWhatAWordRestsOn) {
  const auto found = check("A puppy and two cars near a desk with an animal and a dog",
                           {"A dog beside an automobile in the office"});
  EXPECT_EQ(found.at("dog").basis, WordBasis::kSame);
  EXPECT_EQ(found.at("cars").basis, WordBasis::kSynonym);
  EXPECT_EQ(found.at("cars").because, "automobile");
  EXPECT_EQ(found.at("animal").basis, WordBasis::kKind);
  EXPECT_EQ(found.at("animal").verdict, WordVerdict::kSupported);
  EXPECT_EQ(found.at("puppy").basis, WordBasis::kMoreSpecific);
  EXPECT_EQ(found.at("puppy").verdict, WordVerdict::kUncertain);
  EXPECT_EQ(found.at("desk").verdict, WordVerdict::kUnsupported);
  EXPECT_LT(found.at("desk").support, 0.5);
}

TEST_F(WordCheck, TakesParts) {
  const auto found = check("The tail of the dog and its wheel", {"A dog on the grass"});
  EXPECT_EQ(found.at("tail").basis, WordBasis::kPart);
  EXPECT_EQ(found.at("tail").verdict, WordVerdict::kUncertain);
  EXPECT_EQ(found.at("wheel").verdict, WordVerdict::kUnsupported);
}

TEST_F(WordCheck, ReadsCompoundsAsOneThing) {
  EXPECT_EQ(check("A man eats a hot dog", {"A dog runs"}).at("hot dog").basis, WordBasis::kHead);
  // A young man is a man: no thing of its own.
  const auto found = check("An old man", {"A man"});
  EXPECT_EQ(found.at("man").basis, WordBasis::kSame);
  EXPECT_EQ(found.count("old man"), 0u);
}

TEST_F(WordCheck, ComparesNumbers) {
  EXPECT_EQ(check("Two dogs run", {"A couple of dogs run"}).at("two").basis, WordBasis::kSame);
  EXPECT_EQ(check("Three dogs run", {"Two dogs run"}).at("three").basis, WordBasis::kOtherNumber);
  EXPECT_EQ(check("Three dogs run", {"Two dogs run"}).at("three").verdict,
            WordVerdict::kUnsupported);
  EXPECT_EQ(check("Five dogs run", {"Dogs run"}).at("five").verdict, WordVerdict::kUncertain);
  EXPECT_EQ(check("One of the dogs", {"Two dogs"}).count("one"), 0u);
  EXPECT_EQ(number_of("twelve"), 12u);
  EXPECT_EQ(number_of("40"), 40u);
  EXPECT_FALSE(number_of("1000").has_value());
  EXPECT_FALSE(number_of("4x").has_value());
}

TEST_F(WordCheck, KnowsWhatIsDenied) {
  const auto found =
      check("A street with no cars and a bench without a man", {"A bench in a street"});
  EXPECT_EQ(found.at("cars").basis, WordBasis::kNegated);
  EXPECT_EQ(found.at("cars").verdict, WordVerdict::kSupported);
  EXPECT_EQ(found.at("man").basis, WordBasis::kNegated);
  EXPECT_EQ(check("There is no bench", {"A bench"}).at("bench").verdict, WordVerdict::kUncertain);
  // What references deny is no evidence.
  EXPECT_EQ(check("A car", {"A street with no car"}).at("car").verdict, WordVerdict::kUnsupported);
}

TEST_F(WordCheck, LeavesOutWordsThatNameNoThing) {
  const auto found = check("A picture of a group of things in the background", {"A dog"});
  EXPECT_TRUE(found.empty());
}

TEST_F(WordCheck, ObjectsAloneLeaveTheRestOpen) {
  WordEvidence objects;
  objects.add_object("wine glass", *tools_.word_net);
  objects.add_object("dog", *tools_.word_net);
  const auto checked =
      WordChecker(*senses_).check(words("A dog, a glass and a lighthouse"), objects);
  ASSERT_EQ(checked.size(), 3u);
  EXPECT_EQ(checked[0].verdict, WordVerdict::kSupported);
  EXPECT_EQ(checked[1].verdict, WordVerdict::kSupported);
  EXPECT_EQ(checked[2].verdict, WordVerdict::kUncertain);
  objects.set_described();
  EXPECT_EQ(WordChecker(*senses_).check(words("A lighthouse"), objects)[0].verdict,
            WordVerdict::kUnsupported);
}

TEST_F(WordCheck, CountsPlacesInCodePoints) {
  const TextWords found = words("\xF0\x9F\x90\x95 A d\xC3\xB6g and a dog.");
  ASSERT_FALSE(found.content.empty());
  EXPECT_EQ(found.content.back().text, "dog");
  EXPECT_EQ(found.content.back().place.begin, 14u);
  EXPECT_EQ(found.content.back().place.end, 17u);
}

TEST_F(WordCheck, SupportsATextAsItsWorstWord) {
  EXPECT_DOUBLE_EQ(least_support({}), 1);
  std::vector<CheckedWord> two(2);
  two[0].support = 0.4;
  two[1].support = 0.9;
  EXPECT_DOUBLE_EQ(least_support(two), 0.4);
}

}  // namespace
}  // namespace vernier::probes
