#include "metrics/meteor/english/function_words.h"

#include <algorithm>
#include <array>

namespace vernier::meteor {
namespace {

constexpr auto kSorted = [] {
  std::array<std::string_view, 93> words = {
      "the",    ",",     "of",   "to",     "and",   "a",      "in",     "that",  "for",    "\"",
      "is",     "on",    "'s",   "it",     "with",  "was",    "as",     "said",  "at",     "he",
      "by",     "be",    "from", "have",   "has",   "are",    "his",    "but",   "an",     "this",
      "not",    "i",     "will", "\u2019", "they",  ")",      "-rrb-",  "(",     "-lrb-",  "who",
      "their",  "had",   "we",   "which",  "were",  "been",   "more",   "or",    "s",      "its",
      "would",  "about", "new",  "one",    "after", "you",    ":",      "also",  "up",     "when",
      "there",  "than",  "$",    "all",    "out",   "her",    "people", "she",   "year",   "two",
      "-",      "can",   "if",   "last",   "first", "\u201c", "over",   "other", "\u201d", "into",
      "some",   "what",  "so",   "--",     "no",    "time",   "years",  "could", "?",      "'t",
      "\u2014", "'",     "."};
  std::sort(words.begin(), words.end());
  return words;
}();

}  // namespace

bool is_function_word(std::string_view word) {
  return std::binary_search(kSorted.begin(), kSorted.end(), word);
}

}  // namespace vernier::meteor
