#include "metrics/spice/lemmas/rules.h"

#include <algorithm>
#include <array>
#include <span>

namespace vernier::spice {
namespace {

using enum Before;

// The rules of each table are tried in order, row by row. Tables of verbs are split by the word's
// last letter, so that a word meets only those that could hold.

constexpr EndingRule kNouns[] = {
    {kAny, 0, "itis", ""},   {kAny, 0, "phobia", ""},      {kSome, 0, "philia", ""},
    {kAny, 1, "metres", ""}, {kAny, 1, "litres", ""},      {kSome, 1, "ettes", ""},
    {kAny, 1, "shoes", ""},  {kAny, 1, "[hlmp]ouses", ""}, {kAny, 1, "[af]uses", ""},
    {kSome, 2, "uses", ""},  {kAny, 2, "men", "an"},       {kAny, 3, "wives", "fe"},
    {kSome, 1, "zoa", "on"}, {kSome, 2, "iia", "um"},      {kSome, 0, "e[mn]ia", ""},
    {kSome, 1, "ia", "um"},  {kSome, 1, "la", "um"},       {kRoman, 0, "i", ""},
    {kSome, 1, "i", "us"},   {kSome, 2, "ae", "a"},        {kSome, 3, "ata", "a"},
};

constexpr EndingRule kVerbsInS[] = {
    {kAny, 1, "shoes", ""},
    {kAny, 1, "[hlmp]ouses", ""},
    {kAny, 1, "[af]uses", ""},
    {kSome, 2, "uses", ""},
};

constexpr EndingRule kNounsAndVerbs[] = {
    {kAny, 0, "us", ""},          {kAny, 0, "ss", ""},     {kAny, 0, "sis", ""},
    {kAny, 0, "eed", ""},         {kAny, 1, "Vses", ""},   {kSome, 2, "Xzes", ""},
    {kAny, 1, "Yzes", ""},        {kSome, 2, "sses", ""},  {kSome, 2, "zzes", ""},
    {kAny, 1, "Vrses", ""},       {kSome, 1, "onses", ""}, {kSome, 2, "[sxz]es", ""},
    {kSome, 2, "ches", ""},       {kSome, 2, "shes", ""},  {kSome, 1, "thes", ""},
    {kSome, 1, "X[cglsv]es", ""}, {kSome, 1, "ettes", ""}, {kSome, 3, "Cies", "y"},
    {kAny, 2, "Xoes", ""},        {kSome, 1, "s", ""},
};

constexpr EndingRule kVerbsInD[] = {
    {kAny, 1, "[hlmp]oused", ""},  {kAny, 1, "[af]used", ""},
    {kSome, 2, "used", ""},        {kAny, 0, "eed", ""},
    {kSome, 2, "Xzed", ""},        {kAny, 1, "Yzed", ""},
    {kSome, 2, "ssed", ""},        {kSome, 2, "zzed", ""},
    {kConsonants, 2, "Vlled", ""}, {kAny, 2, "CV==ed", ""},
    {kNoVowels, 0, "ed", ""},      {kPrefixes, 2, "CVnged", ""},
    {kSome, 2, "icked", ""},       {kAny, 2, "Cined", "e"},
    {kAny, 2, "CV[npwx]ed", ""},   {kPrefixesConsonants, 2, "ored", "e"},
    {kSome, 2, "ctored", ""},      {kAny, 2, "C[clnt]ored", "e"},
    {kSome, 2, "[eo]red", ""},     {kSome, 3, "Cied", "y"},
    {kAny, 2, "quVCed", "e"},      {kSome, 2, "uVded", "e"},
    {kAny, 2, "Cleted", "e"},      {kPrefixesConsonants, 2, "[ei]ted", "e"},
    {kSome, 2, "[ei]ted", ""},     {kOnePrefix, 2, "XXeated", ""},
    {kAny, 2, "VXXeated", "e"},    {kSome, 2, "[eo]ated", ""},
    {kSome, 2, "Vated", "e"},      {kAny, 2, "VV[cgsv]ed", "e"},
    {kAny, 2, "VVCed", ""},        {kSome, 2, "[rw]led", ""},
    {kSome, 2, "thed", "e"},       {kSome, 2, "ued", "e"},
    {kSome, 2, "X[cglsv]ed", "e"}, {kSome, 2, "XXed", ""},
    {kSome, 2, "YYed", ""},        {kSome, 2, "ed", "e"},
};

constexpr EndingRule kVerbsInG[] = {
    {kAny, 3, "[hlmp]ousing", "e"}, {kAny, 3, "[af]using", "e"},
    {kSome, 3, "using", ""},        {kSome, 3, "Xzing", ""},
    {kAny, 3, "Yzing", "e"},        {kSome, 3, "ssing", ""},
    {kSome, 3, "zzing", ""},        {kConsonants, 3, "Vlling", ""},
    {kAny, 3, "CV==ing", ""},       {kNoVowels, 0, "ing", ""},
    {kPrefixes, 3, "CVnging", ""},  {kSome, 3, "icking", ""},
    {kAny, 3, "Cining", "e"},       {kAny, 3, "CV[npwx]ing", ""},
    {kAny, 3, "quVCing", "e"},      {kSome, 3, "uVding", "e"},
    {kAny, 3, "Cleting", "e"},      {kPrefixesConsonants, 3, "[ei]ting", "e"},
    {kSome, 3, "[ei]ting", ""},     {kLastPrefix, 3, "XXeating", ""},
    {kAny, 3, "VXXeating", "e"},    {kSome, 3, "[eo]ating", ""},
    {kSome, 3, "Vating", "e"},      {kAny, 3, "VV[cgsv]ing", "e"},
    {kAny, 3, "VVCing", ""},        {kSome, 3, "[rw]ling", ""},
    {kSome, 3, "thing", "e"},       {kSome, 3, "X[cglsv]ing", "e"},
    {kSome, 3, "XXing", ""},        {kSome, 3, "uing", "e"},
    {kSome, 3, "YYing", ""},        {kSome, 3, "ying", ""},
    {kAny, 3, "Xoing", ""},         {kPrefixesConsonants, 3, "oring", "e"},
    {kSome, 3, "ctoring", ""},      {kAny, 3, "C[clt]oring", "e"},
    {kSome, 3, "[eo]ring", ""},     {kSome, 3, "ing", "e"},
};

constexpr std::string_view kUnchanged[] = {
    "his",  "hers",   "theirs",    "ours",    "yours",    "as",        "its",
    "this", "during", "something", "nothing", "anything", "everything"};

enum Class : std::uint8_t { kVowel = 1, kConsonant = 2, kLetterY = 4, kRomanDigit = 8 };

constexpr auto kClasses = [] {
  std::array<std::uint8_t, 256> classes{};
  for (char c = 'a'; c <= 'z'; ++c) classes[static_cast<unsigned char>(c)] = kConsonant;
  for (const char c : {'a', 'e', 'i', 'o', 'u'}) classes[static_cast<unsigned char>(c)] = kVowel;
  classes['y'] |= kLetterY;
  for (const char c : {'d', 'm', 'c', 'l', 'x', 'v', 'i'}) {
    classes[static_cast<unsigned char>(c)] |= kRomanDigit;
  }
  return classes;
}();

std::uint8_t class_of(char c) { return kClasses[static_cast<unsigned char>(c)]; }
bool is_vowel(char c) { return (class_of(c) & kVowel) != 0; }
bool is_consonant(char c) { return (class_of(c) & kConsonant) != 0; }
bool is_vowel_or_y(char c) { return (class_of(c) & (kVowel | kLetterY)) != 0; }
bool is_consonant_not_y(char c) { return (class_of(c) & (kConsonant | kLetterY)) == kConsonant; }

// How many letters before `word`'s end the ending takes; npos where the word does not end so.
std::size_t match_ending(std::string_view ending, std::string_view word) {
  std::size_t at = word.size();
  for (std::size_t i = ending.size(); i > 0; --i) {
    if (at == 0) return std::string_view::npos;
    const char c = word[--at];
    const char wanted = ending[i - 1];
    bool fits = false;
    switch (wanted) {
      case 'V':
        fits = is_vowel(c);
        break;
      case 'Y':
        fits = is_vowel_or_y(c);
        break;
      case 'C':
        fits = is_consonant(c);
        break;
      case 'X':
        fits = is_consonant_not_y(c);
        break;
      case '=':
        // The first of the two, met last, must be the same as the other.
        fits = is_consonant(c) && (ending[i] != '=' || word[at + 1] == c);
        break;
      case ']': {
        const std::size_t open = ending.rfind('[', i);
        fits = ending.substr(open + 1, i - open - 2).find(c) != std::string_view::npos;
        i = open + 1;
        break;
      }
      default:
        fits = c == wanted;
    }
    if (!fits) return std::string_view::npos;
  }
  return at;
}

constexpr std::string_view kPrefixList[] = {"be", "ex", "in", "mis", "pre", "pro", "re"};

// No two of them can begin the same text, so there is one way to take them off.
std::string_view without_prefixes(std::string_view text) {
  for (bool found = true; found;) {
    found = false;
    for (const std::string_view prefix : kPrefixList) {
      if (!text.starts_with(prefix)) continue;
      text.remove_prefix(prefix.size());
      found = true;
      break;
    }
  }
  return text;
}

bool all_and_some(std::string_view text, bool (*is)(char)) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is);
}

bool fits_before(Before before, std::string_view text) {
  switch (before) {
    case kAny:
      return true;
    case kSome:
      return !text.empty();
    case kRoman:
      return all_and_some(text, [](char c) { return (class_of(c) & kRomanDigit) != 0; });
    case kConsonants:
      return all_and_some(text, is_consonant);
    case kNoVowels:
      return all_and_some(text, is_consonant_not_y);
    case kPrefixes:
      return without_prefixes(text).empty();
    case kPrefixesConsonants:
      return all_and_some(without_prefixes(text), is_consonant);
    case kOnePrefix:
      return std::find(std::begin(kPrefixList), std::end(kPrefixList), text) !=
             std::end(kPrefixList);
    case kLastPrefix:
      return std::any_of(std::begin(kPrefixList), std::end(kPrefixList),
                         [&](std::string_view prefix) { return text.ends_with(prefix); });
  }
  return false;
}

Stem apply(const EndingRule& rule, std::string_view word) {
  std::string_view kept = word.substr(0, word.size() - rule.drop);
  if (rule.ending.find('=') != std::string_view::npos) {
    const std::string_view single = kept.substr(0, kept.size() - 1);
    if (doubling_stems().contains(single)) kept = single;
  }
  return {kept, rule.add};
}

const EndingRule* first_that_holds(std::span<const EndingRule> rules, std::string_view word) {
  const auto found = std::find_if(rules.begin(), rules.end(),
                                  [&](const EndingRule& rule) { return holds(rule, word); });
  return found == rules.end() ? nullptr : &*found;
}

Stem by_rules(std::span<const EndingRule> first, std::span<const EndingRule> then,
              std::string_view word) {
  const EndingRule* rule = first_that_holds(first, word);
  if (rule != nullptr) return apply(*rule, word);
  if (std::find(std::begin(kUnchanged), std::end(kUnchanged), word) != std::end(kUnchanged)) {
    return {word, ""};
  }
  rule = first_that_holds(then, word);
  return rule != nullptr ? apply(*rule, word) : Stem{word, ""};
}

}  // namespace

bool holds(const EndingRule& rule, std::string_view word) {
  const std::size_t before = match_ending(rule.ending, word);
  return before != std::string_view::npos && fits_before(rule.before, word.substr(0, before));
}

Stem noun_by_ending(std::string_view word) { return by_rules(kNouns, kNounsAndVerbs, word); }

Stem verb_by_ending(std::string_view word) {
  if (word.ends_with('g')) return by_rules({}, kVerbsInG, word);
  if (word.ends_with('d')) return by_rules({}, kVerbsInD, word);
  if (word.ends_with('s')) return by_rules(kVerbsInS, kNounsAndVerbs, word);
  return {word, ""};
}

}  // namespace vernier::spice
