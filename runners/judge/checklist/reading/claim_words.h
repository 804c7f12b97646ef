// What the reading of claims knows of English words. All in lower case.
#pragma once

#include <string>
#include <string_view>

namespace vernier {

/// Nouns that stand for the picture itself ("image", "view"), or for it where it is spoken of as a
/// whole ("the picture", but not "a picture on the wall").
bool always_means_picture(std::string_view noun);
bool may_mean_picture(std::string_view noun);
/// Parts of the picture, without "of": "in the background", "on the left".
bool is_place_in_picture(std::string_view noun);
/// "left", "top", "middle", "side": behind a preposition and before "of" part of it.
bool is_side(std::string_view noun);
/// Nouns behind which "of" tells what it is: "a group of people", "lots of trees".
bool counts_what_follows(std::string_view noun);
/// Nouns in -ing; other words in -ing behind a noun are participles, whatever a tagger says.
bool is_noun_in_ing(std::string_view word);
/// Nouns without article in the singular: "grass".
bool is_mass_noun(std::string_view noun);
/// Verbs whose object is what is written on something: "says", "reads".
bool is_saying(std::string_view word);
/// Verbs by which the picture itself is said to have something in it: "shows".
bool is_showing(std::string_view word);

/// Verbs and adjectives that only say that something is there, or is somewhere: "located", "seen".
bool says_where_only(std::string_view word);
/// Nouns for what no picture shows: "everything", "glance", "atmosphere".
bool is_nothing_to_see(std::string_view noun);

/// Colours, which taggers take for nouns.
bool is_colour(std::string_view word);

/// The singular of a noun in the plain form that phrases are compared by.
std::string singular(std::string_view noun);
/// "ride" to "riding"; of "have" and its forms "with".
std::string participle_of(std::string_view lemma);
/// "a" or "an", by the word behind it.
std::string_view article_before(std::string_view word);

}  // namespace vernier
