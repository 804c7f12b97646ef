#include "metrics/spice/lemmas/rules.h"

#include <algorithm>
#include <array>
#include <span>

namespace vernier::spice {
namespace {

using enum Before;

// The rules of each table are tried in order. Tables of verbs are split by the word's last letter,
// so that a word meets only those that could hold.

constexpr EndingRule kNouns[] = {
    {kAny, "itis", 0, ""},   {kAny, "phobia", 0, ""},      {kSome, "philia", 0, ""},
    {kAny, "metres", 1, ""}, {kAny, "litres", 1, ""},      {kSome, "ettes", 1, ""},
    {kAny, "shoes", 1, ""},  {kAny, "[hlmp]ouses", 1, ""}, {kAny, "[af]uses", 1, ""},
    {kSome, "uses", 2, ""},  {kAny, "men", 2, "an"},       {kAny, "wives", 3, "fe"},
    {kSome, "zoa", 1, "on"}, {kSome, "iia", 2, "um"},      {kSome, "e[mn]ia", 0, ""},
    {kSome, "ia", 1, "um"},  {kSome, "la", 1, "um"},       {kRoman, "i", 0, ""},
    {kSome, "i", 1, "us"},   {kSome, "ae", 2, "a"},        {kSome, "ata", 3, "a"},
};

constexpr EndingRule kVerbsInS[] = {
    {kAny, "shoes", 1, ""},
    {kAny, "[hlmp]ouses", 1, ""},
    {kAny, "[af]uses", 1, ""},
    {kSome, "uses", 2, ""},
};

constexpr EndingRule kNounsAndVerbs[] = {
    {kAny, "us", 0, ""},          {kAny, "ss", 0, ""},     {kAny, "sis", 0, ""},
    {kAny, "eed", 0, ""},         {kAny, "Vses", 1, ""},   {kSome, "Xzes", 2, ""},
    {kAny, "Yzes", 1, ""},        {kSome, "sses", 2, ""},  {kSome, "zzes", 2, ""},
    {kAny, "Vrses", 1, ""},       {kSome, "onses", 1, ""}, {kSome, "[sxz]es", 2, ""},
    {kSome, "ches", 2, ""},       {kSome, "shes", 2, ""},  {kSome, "thes", 1, ""},
    {kSome, "X[cglsv]es", 1, ""}, {kSome, "ettes", 1, ""}, {kSome, "Cies", 3, "y"},
    {kAny, "Xoes", 2, ""},        {kSome, "s", 1, ""},
};

constexpr EndingRule kVerbsInD[] = {
    {kAny, "[hlmp]oused", 1, ""},  {kAny, "[af]used", 1, ""},
    {kSome, "used", 2, ""},        {kAny, "eed", 0, ""},
    {kSome, "Xzed", 2, ""},        {kAny, "Yzed", 1, ""},
    {kSome, "ssed", 2, ""},        {kSome, "zzed", 2, ""},
    {kConsonants, "Vlled", 2, ""}, {kAny, "CV==ed", 2, ""},
    {kNoVowels, "ed", 0, ""},      {kPrefixes, "CVnged", 2, ""},
    {kSome, "icked", 2, ""},       {kAny, "Cined", 2, "e"},
    {kAny, "CV[npwx]ed", 2, ""},   {kPrefixesConsonants, "ored", 2, "e"},
    {kSome, "ctored", 2, ""},      {kAny, "C[clnt]ored", 2, "e"},
    {kSome, "[eo]red", 2, ""},     {kSome, "Cied", 3, "y"},
    {kAny, "quVCed", 2, "e"},      {kSome, "uVded", 2, "e"},
    {kAny, "Cleted", 2, "e"},      {kPrefixesConsonants, "[ei]ted", 2, "e"},
    {kSome, "[ei]ted", 2, ""},     {kOnePrefix, "XXeated", 2, ""},
    {kAny, "VXXeated", 2, "e"},    {kSome, "[eo]ated", 2, ""},
    {kSome, "Vated", 2, "e"},      {kAny, "VV[cgsv]ed", 2, "e"},
    {kAny, "VVCed", 2, ""},        {kSome, "[rw]led", 2, ""},
    {kSome, "thed", 2, "e"},       {kSome, "ued", 2, "e"},
    {kSome, "X[cglsv]ed", 2, "e"}, {kSome, "XXed", 2, ""},
    {kSome, "YYed", 2, ""},        {kSome, "ed", 2, "e"},
};

constexpr EndingRule kVerbsInG[] = {
    {kAny, "[hlmp]ousing", 3, "e"}, {kAny, "[af]using", 3, "e"},
    {kSome, "using", 3, ""},        {kSome, "Xzing", 3, ""},
    {kAny, "Yzing", 3, "e"},        {kSome, "ssing", 3, ""},
    {kSome, "zzing", 3, ""},        {kConsonants, "Vlling", 3, ""},
    {kAny, "CV==ing", 3, ""},       {kNoVowels, "ing", 0, ""},
    {kPrefixes, "CVnging", 3, ""},  {kSome, "icking", 3, ""},
    {kAny, "Cining", 3, "e"},       {kAny, "CV[npwx]ing", 3, ""},
    {kAny, "quVCing", 3, "e"},      {kSome, "uVding", 3, "e"},
    {kAny, "Cleting", 3, "e"},      {kPrefixesConsonants, "[ei]ting", 3, "e"},
    {kSome, "[ei]ting", 3, ""},     {kLastPrefix, "XXeating", 3, ""},
    {kAny, "VXXeating", 3, "e"},    {kSome, "[eo]ating", 3, ""},
    {kSome, "Vating", 3, "e"},      {kAny, "VV[cgsv]ing", 3, "e"},
    {kAny, "VVCing", 3, ""},        {kSome, "[rw]ling", 3, ""},
    {kSome, "thing", 3, "e"},       {kSome, "X[cglsv]ing", 3, "e"},
    {kSome, "XXing", 3, ""},        {kSome, "uing", 3, "e"},
    {kSome, "YYing", 3, ""},        {kSome, "ying", 3, ""},
    {kAny, "Xoing", 3, ""},         {kPrefixesConsonants, "oring", 3, "e"},
    {kSome, "ctoring", 3, ""},      {kAny, "C[clt]oring", 3, "e"},
    {kSome, "[eo]ring", 3, ""},     {kSome, "ing", 3, "e"},
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
