#include "judges/probes/relation/attributes.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace vernier::probes {
namespace {

using View = std::string_view;

// The basic colour terms of English (Berlin and Kay 1969) and words that mean one of them.
constexpr auto kColours = std::to_array<std::pair<View, int>>({{"black", 0},
                                                               {"white", 1},
                                                               {"red", 2},
                                                               {"green", 3},
                                                               {"yellow", 4},
                                                               {"blue", 5},
                                                               {"brown", 6},
                                                               {"purple", 7},
                                                               {"violet", 7},
                                                               {"pink", 8},
                                                               {"orange", 9},
                                                               {"gray", 10},
                                                               {"grey", 10},
                                                               {"silver", 10},
                                                               {"gold", 4},
                                                               {"golden", 4},
                                                               {"tan", 6},
                                                               {"beige", 6}});

// Words of one side against those of the other.
using Side = std::vector<View>;
const std::vector<std::pair<Side, Side>>& opposites() {
  static const std::vector<std::pair<Side, Side>> list = {
      {{"big", "large", "huge", "giant", "enormous"}, {"small", "little", "tiny", "miniature"}},
      {{"tall", "high"}, {"short", "low"}},
      {{"long"}, {"short"}},
      {{"young"}, {"old", "elderly", "aged"}},
      {{"new"}, {"old"}},
      {{"open"}, {"closed", "shut"}},
      {{"full"}, {"empty"}},
      {{"wet"}, {"dry"}},
      {{"dark"}, {"bright", "light"}},
      {{"clean"}, {"dirty"}},
      {{"thick"}, {"thin"}},
      {{"wide", "broad"}, {"narrow"}},
      {{"cloudy", "overcast"}, {"clear", "cloudless"}},
      {{"sunny"}, {"cloudy", "overcast", "rainy"}},
      {{"wooden", "wood"}, {"metal", "metallic", "plastic", "glass", "stone", "concrete"}},
      {{"male"}, {"female"}},
      {{"indoor"}, {"outdoor"}},
      {{"whole"}, {"sliced", "cut", "halved"}},
  };
  return list;
}

/// -1 for what is no colour.
int colour_of(View word) {
  const auto found = std::ranges::find(kColours, word, &std::pair<View, int>::first);
  return found == kColours.end() ? -1 : found->second;
}

bool on(const Side& side, View word) { return std::ranges::find(side, word) != side.end(); }

}  // namespace

bool same_colour(View a, View b) {
  const int colour = colour_of(a);
  return colour >= 0 && colour == colour_of(b);
}

bool exclude(View known, View claim) {
  const int a = colour_of(known), b = colour_of(claim);
  if (a >= 0 && b >= 0) return a != b;
  return std::ranges::any_of(opposites(), [&](const auto& pair) {
    return (on(pair.first, known) && on(pair.second, claim)) ||
           (on(pair.second, known) && on(pair.first, claim));
  });
}

}  // namespace vernier::probes
