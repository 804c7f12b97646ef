// "A is to the left of B" as one claim.
#include "judges/probes/scene/sides.h"

#include <gtest/gtest.h>

namespace vernier::probes {
namespace {

Fact relation(const char* subject, const char* link, const char* object) {
  return {FactKind::kRelation, subject, link, object};
}
Fact thing(const char* name) { return {FactKind::kObject, name, {}, {}}; }

TEST(Sides, BecomeRelations) {
  std::vector<Fact> facts = {relation("cup", "to", "left"), relation("left", "of", "lamp"),
                             thing("cup"), thing("left"), thing("lamp")};
  join_sides(facts);
  EXPECT_EQ(facts,
            (std::vector<Fact>{relation("cup", "left of", "lamp"), thing("cup"), thing("lamp")}));
}

TEST(Sides, OfSeveralThingsBesideOne) {
  std::vector<Fact> facts = {relation("cup", "stand on", "right"), relation("pot", "to", "right"),
                             relation("right", "of", "lamp")};
  join_sides(facts);
  EXPECT_EQ(facts, (std::vector<Fact>{relation("cup", "right of", "lamp"),
                                      relation("pot", "right of", "lamp")}));
}

TEST(Sides, StayWhereWhichIsMeantIsNotKnown) {
  const std::vector<Fact> several = {relation("cup", "to", "left"), relation("left", "of", "lamp"),
                                     relation("pot", "to", "left"), relation("left", "of", "chair"),
                                     thing("left")};
  std::vector<Fact> facts = several;
  join_sides(facts);
  EXPECT_EQ(facts, several);
  const std::vector<Fact> none = {relation("cup", "in", "left"), relation("left", "of", "room")};
  facts = none;
  join_sides(facts);
  EXPECT_EQ(facts, none);
}

}  // namespace
}  // namespace vernier::probes
