#include "runners/judge/checklist/reading/claim_words.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "metrics/spice/lemmas/lemma.h"

namespace vernier {
namespace {

using View = std::string_view;

template <std::size_t N>
bool is_one_of(const std::array<View, N>& words, View word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_vowel(char c) { return View("aeiou").find(c) != View::npos; }

}  // namespace

bool always_means_picture(View noun) {
  static constexpr std::array<View, 15> kWords = {
      "image", "images", "scene",    "scenes",     "view",     "views",     "shot",     "shots",
      "photo", "photos", "snapshot", "photograph", "close-up", "depiction", "portrayal"};
  return is_one_of(kWords, noun);
}

bool may_mean_picture(View noun) {
  static constexpr std::array<View, 10> kWords = {"picture", "pictures",    "painting", "drawing",
                                                  "sketch",  "frame",       "video",    "closeup",
                                                  "collage", "illustration"};
  return is_one_of(kWords, noun);
}

bool is_place_in_picture(View noun) {
  static constexpr std::array<View, 16> kWords = {
      "left", "right",  "top",     "bottom",     "middle",     "center",   "centre",   "front",
      "back", "corner", "corners", "background", "foreground", "distance", "lefthand", "righthand"};
  return is_one_of(kWords, noun);
}

bool is_side(View noun) {
  static constexpr std::array<View, 18> kWords = {
      "left", "right", "top",  "bottom", "middle", "center", "centre", "front",  "back",
      "side", "sides", "edge", "end",    "corner", "rear",   "foot",   "inside", "outside"};
  return is_one_of(kWords, noun);
}

bool counts_what_follows(View noun) {
  static constexpr std::array<View, 22> kWords = {
      "group", "groups", "lot",   "lots",   "number", "couple",    "pair",    "pairs",
      "bunch", "kind",   "kinds", "type",   "types",  "sort",      "variety", "row",
      "rows",  "set",    "crowd", "series", "plenty", "collection"};
  return is_one_of(kWords, noun);
}

bool is_noun_in_ing(View word) {
  static constexpr std::array<View, 30> kWords = {
      "building", "painting", "ceiling",  "wedding",   "clothing", "railing", "string",  "ring",
      "king",     "wing",     "thing",    "evening",   "morning",  "parking", "swing",   "spring",
      "icing",    "topping",  "crossing", "drawing",   "landing",  "bedding", "sibling", "seating",
      "dressing", "earring",  "lighting", "lightning", "sling",    "filling"};
  return is_one_of(kWords, word);
}

bool is_mass_noun(View noun) {
  static constexpr std::array<View, 28> kWords = {
      "grass",    "water", "snow",  "sand",      "food",      "traffic",  "ice",
      "smoke",    "rice",  "bread", "cheese",    "meat",      "broccoli", "furniture",
      "clothing", "hair",  "dirt",  "mud",       "equipment", "luggage",  "fruit",
      "coffee",   "milk",  "juice", "spaghetti", "greenery",  "foliage",  "sunlight"};
  return is_one_of(kWords, noun);
}

bool is_saying(View word) {
  static constexpr std::array<View, 14> kWords = {
      "says",    "say",      "said", "saying", "reads",   "read", "reading",
      "labeled", "labelled", "word", "words",  "letters", "text", "named"};
  return is_one_of(kWords, word);
}

bool is_showing(View word) {
  static constexpr std::array<View, 18> kWords = {
      "shows",     "show",      "showing",  "shown",      "depicts",  "depict",
      "depicting", "features",  "feature",  "featuring",  "contains", "containing",
      "includes",  "including", "displays", "displaying", "captures", "capturing"};
  return is_one_of(kWords, word);
}

bool says_where_only(View word) {
  static constexpr std::array<View, 12> kWords = {"located",  "situated", "positioned", "placed",
                                                  "seen",     "visible",  "present",    "shown",
                                                  "depicted", "found",    "pictured",   "set"};
  return is_one_of(kWords, word);
}

bool is_nothing_to_see(View noun) {
  static constexpr std::array<View, 28> kWords = {
      "everything", "something", "anything",  "nothing",    "glance",   "space",   "sense",
      "atmosphere", "mood",      "feeling",   "impression", "addition", "fact",    "focus",
      "moment",     "ambiance",  "way",       "quality",    "detail",   "details", "contrast",
      "time",       "everyone",  "somewhere", "overall",    "case",     "total",   "example"};
  return is_one_of(kWords, noun);
}

bool is_colour(View word) {
  static constexpr std::array<View, 20> kWords = {
      "red",    "orange",    "yellow", "green", "cyan",  "blue", "purple",
      "pink",   "white",     "black",  "brown", "gray",  "grey", "gold",
      "silver", "turquoise", "violet", "tan",   "beige", "teal"};
  return is_one_of(kWords, word);
}

std::string singular(View noun) {
  std::string out;
  spice::append_lemma(noun, spice::Label::kNns, out);
  return out;
}

std::string participle_of(View lemma) {
  if (lemma == "have" || lemma == "has" || lemma == "had") return "with";
  std::string out(lemma);
  const std::size_t n = out.size();
  if (n < 2) return out + "ing";
  if (lemma.ends_with("ie")) return out.substr(0, n - 2) + "ying";
  if (out.back() == 'e' && !lemma.ends_with("ee") && !lemma.ends_with("oe") &&
      !lemma.ends_with("ye") && lemma != "be") {
    out.pop_back();
    return out + "ing";
  }
  // Short words with one vowel before their last consonant: "sit", "run", "jog".
  const bool doubled = n >= 3 && !is_vowel(out[n - 1]) &&
                       View("wxy").find(out[n - 1]) == View::npos && is_vowel(out[n - 2]) &&
                       !is_vowel(out[n - 3]) &&
                       std::count_if(out.begin(), out.end(), is_vowel) == 1;
  if (doubled) out.push_back(out.back());
  return out + "ing";
}

View article_before(View word) {
  for (const View spoken : {"hour", "honest", "heir"}) {
    if (word.starts_with(spoken)) return "an";
  }
  for (const View spoken : {"uni", "use", "usu", "one", "eu", "ute"}) {
    if (word.starts_with(spoken) && !word.starts_with("unin") && !word.starts_with("unim")) {
      return "a";
    }
  }
  const char first = word.empty() ? 'x' : word.front();
  return View("aeiouAEIOU").find(first) != View::npos ? "an" : "a";
}

}  // namespace vernier
