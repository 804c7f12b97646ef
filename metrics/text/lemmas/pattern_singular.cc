#include "metrics/text/lemmas/pattern_singular.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/io/text_lines.h"
#include "metrics/text/unicode/unicode.h"

namespace vernier {
std::string_view embedded_pattern_singular_words();
}

namespace vernier::text {
namespace {

using View = std::string_view;

struct WordLists {
  std::vector<View> unchanged;                   // uninflected and uncountable
  std::vector<View> ie;                          // words in -ie
  std::vector<std::pair<View, View>> irregular;  // plural, singular
  std::vector<View> prepositions;

  WordLists() {
    for_each_line(embedded_pattern_singular_words(), [this](View line, std::uint64_t number) {
      if (number == 1) return;  // titles
      const std::size_t tab = line.find('\t'), second = line.find('\t', tab + 1);
      const View kind = line.substr(0, tab), word = line.substr(tab + 1, second - tab - 1);
      if (kind == "irregular") {
        irregular.emplace_back(word, line.substr(second + 1));
      } else if (kind == "ie") {
        ie.push_back(word);
      } else if (kind == "preposition") {
        prepositions.push_back(word);
      } else {
        unchanged.push_back(word);
      }
    });
  }
};

const WordLists& word_lists() {
  static const WordLists lists;
  return lists;
}

/// What must stand before the ending.
enum class Before : std::uint8_t {
  kAny,      ///< anything or nothing
  kSome,     ///< one character at least
  kNothing,  ///< the ending is the whole word
  kOneOf,    ///< one of these letters
  kNoneOf,   ///< one character, but none of these
  kWords,    ///< one of these texts, blanks between
  kBegin,    ///< the word begins with the "ending", and loses of it
};

/// A word that ends so loses `drop` bytes and gains `add`.
struct Rule {
  Before before;
  View set;
  View ending;
  std::size_t drop;
  View add;
};

// The rules in pattern.en's order. (A bar in a class of letters counts as one.)
constexpr Rule kRules[] = {
    {Before::kSome, "", "ae", 1, ""},
    {Before::kSome, "", "itis", 0, ""},
    {Before::kSome, "", "eaux", 1, ""},
    {Before::kAny, "", "quizzes", 3, ""},
    {Before::kAny, "", "matrices", 4, "ix"},  // -ices
    {Before::kWords, "ap vert ind", "ices", 4, "ex"},
    {Before::kBegin, "", "oxen", 2, ""},
    {Before::kWords, "alias status", "es", 2, ""},
    {Before::kOneOf, "octp|vir", "i", 1, "us"},
    {Before::kWords, "cris ax test", "es", 2, "is"},
    {Before::kAny, "", "shoes", 1, ""},
    {Before::kAny, "", "oes", 2, ""},
    {Before::kAny, "", "buses", 2, ""},
    {Before::kOneOf, "m|l", "ice", 3, "ouse"},
    {Before::kWords, "x ch ss sh", "es", 2, ""},
    {Before::kAny, "", "movies", 1, ""},
    {Before::kSome, "", "ombies", 1, ""},
    {Before::kAny, "", "series", 0, ""},
    {Before::kNoneOf, "aeiouy", "ies", 3, "y"},
    {Before::kAny, "", "quies", 3, "y"},
    {Before::kWords, "al el ol", "ves", 3, "f"},
    {Before::kNoneOf, "d", "eaves", 3, "f"},
    {Before::kAny, "", "arves", 3, "f"},
    {Before::kAny, "", "erves", 1, ""},
    {Before::kWords, "ni li wi", "ves", 3, "fe"},
    {Before::kOneOf, "lr", "ves", 3, "f"},
    {Before::kOneOf, "aeo", "ves", 1, ""},
    {Before::kAny, "", "sives", 1, ""},
    {Before::kAny, "", "tives", 1, ""},
    {Before::kAny, "", "hives", 1, ""},
    {Before::kNoneOf, "f", "ves", 3, "fe"},
    {Before::kNothing, "", "analyses", 3, "sis"},
    {Before::kWords, "analy ba diagno parenthe progno synop the", "ses", 3, "sis"},
    {Before::kSome, "", "opses", 2, "is"},
    {Before::kSome, "", "yses", 2, "is"},
    {Before::kWords, "h d r o n b cl p", "oses", 1, ""},
    {Before::kWords, "fruct gluc galact lact ket malt rib sacchar cellul", "ose", 0, ""},
    {Before::kSome, "", "oses", 2, "is"},
    {Before::kOneOf, "ti", "a", 1, "um"},
    {Before::kAny, "", "news", 0, ""},
    {Before::kAny, "", "s", 1, ""},
};

bool ends_with_one(View text, View words) {
  while (!words.empty()) {
    const View word = words.substr(0, words.find(' '));
    if (text.ends_with(word)) return true;
    words.remove_prefix(std::min(word.size() + 1, words.size()));
  }
  return false;
}

bool holds(const Rule& rule, View word) {
  if (rule.before == Before::kBegin) return word.starts_with(rule.ending);
  if (!word.ends_with(rule.ending)) return false;
  const View before = word.substr(0, word.size() - rule.ending.size());
  switch (rule.before) {
    case Before::kAny:
      return true;
    case Before::kSome:
      return !before.empty();
    case Before::kNothing:
      return before.empty();
    case Before::kOneOf:
      return !before.empty() && rule.set.find(before.back()) != View::npos;
    case Before::kNoneOf:
      return !before.empty() && rule.set.find(before.back()) == View::npos;
    case Before::kWords:
      return ends_with_one(before, rule.set);
    case Before::kBegin:
      break;
  }
  return false;
}

std::string with_ending(View word, std::size_t drop, View add) {
  std::string out(word.substr(0, word.size() - drop));
  return out += add;
}

/// The singular of a word without hyphens and apostrophes that matter.
std::string simple(View word) {
  const WordLists& lists = word_lists();
  // The test is this way round in pattern.en: "ice" stays, as "rice" ends with it.
  if (std::ranges::any_of(lists.unchanged, [&](View x) { return x.ends_with(word); })) {
    return std::string(word);
  }
  const View stem = word.substr(0, word.size() - word.ends_with('s'));
  for (const View ie : lists.ie) {
    if (word.ends_with('s') && stem.ends_with(ie)) return std::string(word);
  }
  for (const auto& [plural, singular] : lists.irregular) {
    if (word.ends_with(plural)) return with_ending(word, plural.size(), singular);
  }
  for (const Rule& rule : kRules) {
    if (!holds(rule, word)) continue;
    if (rule.before != Before::kBegin) return with_ending(word, rule.drop, rule.add);
    const std::size_t kept = rule.ending.size() - rule.drop;
    return std::string(word.substr(0, kept)) + std::string(word.substr(rule.ending.size()));
  }
  return std::string(word);
}

/// The singular of "mothers-in-law"; empty where the word is no such compound.
std::string compound(View word) {
  const std::size_t hyphen = word.find('-');
  if (hyphen == View::npos) return {};
  const View rest = word.substr(hyphen);
  const View second = rest.substr(1, rest.find('-', 1) - 1);
  if (std::ranges::find(word_lists().prepositions, second) == word_lists().prepositions.end()) {
    return {};
  }
  const View first = word.substr(0, hyphen);
  return simple(first) + std::string(rest);
}

}  // namespace

std::string pattern_singular(View word) {
  std::string genitives;  // of dogs', and of what has several apostrophes
  for (; word.ends_with('\''); word.remove_suffix(1), genitives += "'s") {
    if (const std::string joined = compound(word); !joined.empty()) return joined + genitives;
  }
  if (const std::string joined = compound(word); !joined.empty()) return joined + genitives;
  return simple(word) + genitives;
}

}  // namespace vernier::text
