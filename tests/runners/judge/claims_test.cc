// What captions claim, cut into single things.
#include "runners/judge/checklist/claims.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "datasets/scenes/language/captions/candidates.h"
#include "metrics/spice/fast_parser.h"

namespace vernier {
namespace {

using Texts = std::vector<std::string>;

ClaimReader& reader() {
  static const std::shared_ptr<const spice::Parser> parser = spice::open_fast_parser();
  static ClaimReader reader(*parser, text::built_in_punkt_parameters());
  return reader;
}

Texts claims_of(const std::string& caption) {
  Texts out;
  for (const ClaimInCaption& one : reader().read(caption).claims) {
    out.push_back(one.claim.text());
  }
  return out;
}

std::set<std::string> claimed(const std::string& caption) {
  const Texts all = claims_of(caption);
  return {all.begin(), all.end()};
}

TEST(Claims, ObjectsWithTheirWordsAndRelations) {
  EXPECT_EQ(
      claims_of("There is a small cyan circle and a large orange circle. The orange circle is "
                "above the cyan circle."),
      (Texts{"a small cyan circle", "a large orange circle",
             "the orange circle above the cyan circle"}));
  EXPECT_EQ(claims_of("The image shows an old man, two red chairs and grass."),
            (Texts{"an old man", "two red chairs", "grass"}));
}

TEST(Claims, SidesBelongToTheRelation) {
  EXPECT_EQ(claims_of("The red circle is to the left of the blue star."),
            (Texts{"a red circle", "the red circle to the left of the blue star", "a blue star"}));
  EXPECT_EQ(claims_of("A cat is lying on top of a wooden bench."),
            (Texts{"a cat", "the cat lying on top of the wooden bench", "a wooden bench"}));
  EXPECT_EQ(claims_of("There is a bowl of fruit located in the center of the table."),
            (Texts{"a bowl of fruit", "the bowl of fruit in the center of the table", "a table"}));
  EXPECT_EQ(claims_of("A woman sits on the left side of the image."),
            (Texts{"a woman", "the woman: on the left side"}));
}

TEST(Claims, Verbs) {
  EXPECT_EQ(
      claims_of("A man riding a horse on the beach."),
      (Texts{"a man", "the man riding the horse", "a horse", "the horse on the beach", "a beach"}));
  EXPECT_EQ(claims_of("A dog and a cat sit next to a table."),
            (Texts{"a dog", "a cat", "the dog sitting next to the table",
                   "the cat sitting next to the table", "a table"}));
  EXPECT_EQ(claimed("The room has a bed and a lamp."),
            (std::set<std::string>{"a room", "a bed", "a lamp", "the room with the bed",
                                   "the room with the lamp"}));
  EXPECT_EQ(claims_of("The table is covered with a white cloth."),
            (Texts{"a table", "the table covered with the white cloth", "a white cloth"}));
}

TEST(Claims, PredicatesAreAttributes) {
  EXPECT_EQ(claims_of("The sign is red."), (Texts{"a sign", "the sign: red"}));
  EXPECT_EQ(claims_of("The cat's tail is long and fluffy."),
            (Texts{"a cat's tail", "the cat's tail: long", "the cat's tail: fluffy"}));
  EXPECT_EQ(claims_of("A baby sleeps."), (Texts{"a baby", "the baby: sleeping"}));
}

TEST(Claims, WhatIsWrittenIsPartOfTheSign) {
  EXPECT_EQ(claims_of("A sign that says \"OPEN\" and a white star."),
            (Texts{"a sign that says \"OPEN\"", "a white star"}));
  EXPECT_EQ(claims_of("A street sign reads \u201CMain St.\u201D next to a traffic light."),
            (Texts{"a street sign that says \u201CMain St.\u201D",
                   "the street sign that says \u201CMain St.\u201D next to the traffic light",
                   "a traffic light"}));
  EXPECT_EQ(claims_of("\"A cat on a mat.\""), (Texts{"a cat", "the cat on the mat", "a mat"}))
      << "a quoted caption is a caption";
}

TEST(Claims, ThePictureItselfIsNoObject) {
  EXPECT_EQ(claims_of("This is an image of a city street."), Texts{"a city street"});
  EXPECT_EQ(claims_of("The image is simple, with a plain background behind it all."), Texts{});
  EXPECT_EQ(claims_of("There is a lot of empty space around what the image shows."), Texts{});
  EXPECT_EQ(claims_of("A picture hangs on the wall."),
            (Texts{"a picture", "the picture hanging on the wall", "a wall"}));
  EXPECT_EQ(claims_of("In the background, tall buildings can be seen."),
            (Texts{"the tall buildings: in the background", "tall buildings"}));
}

TEST(Claims, NothingIsClaimedTwice) {
  EXPECT_EQ(
      claims_of("A large orange circle. The circle is striped. The orange circle is striped."),
      (Texts{"a large orange circle", "the circle: striped", "the orange circle: striped"}));
  EXPECT_EQ(claims_of("A dog. Another dog."), Texts{"a dog"});
  EXPECT_EQ(claims_of("A dog. The brown dog."), (Texts{"a dog", "a brown dog"}));
}

TEST(Claims, WhatIsDeniedOrMeantIsNotClaimed) {
  EXPECT_EQ(claims_of("There are no people in the picture."), Texts{});
  EXPECT_EQ(claims_of("The bus isn't red."), Texts{"a bus"});
  EXPECT_EQ(claims_of("A man is trying to catch a frisbee."), (Texts{"a man", "a frisbee"}));
  EXPECT_EQ(claims_of("It is raining."), Texts{});
}

TEST(Claims, PlacesAreBytesOfTheCaption) {
  const std::string caption = "Caf\u00E9. A small red circle is to the left of a star.";
  const CaptionClaims said = reader().read(caption);
  EXPECT_EQ(said.sentences, 2U);
  std::map<std::string, std::string> places;
  for (const ClaimInCaption& one : said.claims) {
    ASSERT_LE(one.begin, one.end);
    ASSERT_LE(one.end, caption.size());
    places[one.claim.text()] = caption.substr(one.begin, one.end - one.begin);
  }
  EXPECT_EQ(places.at("a small red circle"), "small red circle");
  EXPECT_EQ(places.at("the small red circle to the left of the star"), "to the left of");
  EXPECT_EQ(said.claims.back().sentence, 1U);
}

TEST(Claims, AnyTextAtAll) {
  std::string everything;
  for (int c = 1; c < 128; ++c) everything += static_cast<char>(c);
  for (const std::string& text :
       {std::string(), std::string(" \n\t"), std::string("..."), std::string("\"\"\"\"\""),
        std::string("says \""), std::string("<b>hi</b> {object} \u65E5\u672C\u8A9E"), everything,
        std::string("of of of of to the left of of"), std::string("is is is are the a an the"),
        std::string("\u201C\u201D says \u201C\u201D"), std::string(3000, 'a')}) {
    for (const ClaimInCaption& one : reader().read(text).claims) {
      EXPECT_LE(one.end, text.size());
      EXPECT_EQ(one.claim.text().find('\n'), std::string::npos);
    }
  }
  std::string words;
  for (int i = 0; i < 600; ++i) words += "dog ";
  const CaptionClaims refused = reader().read(words + ".");
  EXPECT_EQ(refused.refused, 1U);
  EXPECT_TRUE(refused.claims.empty());
}

/// What a drawn caption is known to say, as claims: the first relation by the phrases of either
/// way of saying it.
std::set<std::string> planned(const scenes::Candidate& candidate) {
  std::set<std::string> out;
  const auto& plan = candidate.plan;
  for (const scenes::Description& item : plan.items) out.insert(item.words_with_article());
  for (const scenes::CaptionPlan::Relation& relation : plan.relations) {
    const auto claim = [&](bool brief) {
      const auto words = [&](std::size_t item) {
        scenes::Description short_one;
        short_one.shape = plan.items[item].shape;
        short_one.color = plan.items[item].color;
        std::size_t alike = 0;
        for (const scenes::Description& other : plan.items) {
          alike += other.shape == short_one.shape && other.color == short_one.color;
        }
        return brief && alike == 1 ? short_one.words() : plan.items[item].words();
      };
      return "the " + words(relation.subject) + " " +
             std::string(scenes::phrase(relation.predicate)) + " the " + words(relation.object);
    };
    // One sentence alone names both things in full.
    const std::string& text = candidate.caption.text;
    const std::size_t first = text.find(" is " + std::string(scenes::phrase(relation.predicate)));
    const bool brief = text.starts_with("There is") || first > text.find('.');
    out.insert(claim(brief));
  }
  return out;
}

TEST(Claims, OfDrawnCaptionsTheyAreWhatTheirPlansSay) {
  const scenes::World world = scenes::small_world();
  std::size_t captions = 0, exact = 0;
  for (std::uint64_t number = 0; captions < 2000; ++number) {
    scenes::SceneRandom random(77, number);
    const auto scene = scenes::draw_scene(world, 4711, number);
    const auto other = scenes::draw_scene(world, 4711, number + 1000000);
    for (const auto& candidate : scenes::graded_captions(world, scene, other, random)) {
      ++captions;
      const bool same = claimed(candidate.caption.text) == planned(candidate);
      exact += same;
      EXPECT_TRUE(same) << candidate.caption.text;
    }
  }
  EXPECT_EQ(exact, captions);
}

}  // namespace
}  // namespace vernier
