#include "metrics/spice/lemmas/lemma.h"

#include <algorithm>

#include "metrics/spice/lemmas/rules.h"
#include "metrics/spice/lemmas/tables/exceptions.h"
#include "metrics/spice/syntax/tag_classes.h"
#include "metrics/text/unicode/byte_mask.h"
#include "metrics/text/unicode/unicode.h"

namespace vernier::spice {
namespace {

struct Fixed {
  std::string_view word, tag_prefix, lemma;
};

// Contractions and forms of auxiliaries: a word, how its tag begins, the lemma.
constexpr Fixed kFixed[] = {
    {"were", "VBD", "be"},  {"was", "VBD", "be"},  {"am", "VBP", "be"},   {"are", "VBP", "be"},
    {"is", "VBZ", "be"},    {"'s", "VBZ", "be"},   {"s", "VBZ", "be"},    {"ai", "VB", "be"},
    {"'d", "VBD", "have"},  {"'d", "MD", "would"}, {"d", "MD", "would"},  {"ca", "MD", "can"},
    {"sha", "MD", "shall"}, {"wo", "MD", "will"},  {"'ll", "MD", "will"}, {"ll", "MD", "will"},
    {"wilt", "MD", "will"}, {"n't", "RB", "not"},  {"n", "RB", "not"},    {"an", "D", "a"},
    {"him", "P", "he"},     {"her", "P", "she"},   {"them", "P", "they"}, {"their", "P", "they"},
    {"me", "P", "I"},       {"us", "P", "we"},     {"our", "P", "we"},    {"i", "P", "I"},
    {"my", "P", "my"},      {"your", "P", "you"},  {"his", "P", "he"},
};
constexpr std::size_t kLongestFixed = 5;

const Fixed* find_fixed(std::string_view lower, Label tag) {
  if (lower.size() > kLongestFixed) return nullptr;
  const std::string_view name = label_name(tag);
  const auto* const found =
      std::find_if(std::begin(kFixed), std::end(kFixed), [&](const Fixed& fixed) {
        return fixed.word == lower && name.starts_with(fixed.tag_prefix);
      });
  return found == std::end(kFixed) ? nullptr : found;
}

bool is_word_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '\'' || c == '+';
}

constexpr std::string_view kParticles[] = {
    "abroad",  "across", "after", "ahead", "along", "aside", "away",  "around",   "back",    "down",
    "forward", "in",     "off",   "on",    "over",  "out",   "round", "together", "through", "up"};

// What follows a hyphen is analysed for itself, unless the whole is a known word.
void append_analysed(std::string_view word, Label tag, std::string& out) {
  const Exceptions& exceptions = is_verb(tag) ? verb_exceptions() : noun_exceptions();
  Stem stem{word, ""};
  while (true) {
    if (const auto known = exceptions.lemma(word)) {
      stem = *known;
      break;
    }
    const std::size_t hyphen = word.find('-');
    if (hyphen == std::string_view::npos) {
      if (std::all_of(word.begin(), word.end(), is_word_letter)) {
        stem = is_verb(tag) ? verb_by_ending(word) : noun_by_ending(word);
      } else {
        stem = {word, ""};
      }
      break;
    }
    out += word.substr(0, hyphen + 1);
    word.remove_prefix(hyphen + 1);
    if (!word.empty()) continue;
    // The original takes the tag, which it sees behind the word, for the word's last part.
    out += '_';
    out += label_name(tag);
    return;
  }
  out += stem.kept;
  out += stem.added;
}

void append_verb(std::string_view word, Label tag, std::string& out) {
  const std::size_t bar = word.find('_');
  if (bar != std::string_view::npos && word.find('_', bar + 1) == std::string_view::npos &&
      std::find(std::begin(kParticles), std::end(kParticles), word.substr(bar + 1)) !=
          std::end(kParticles)) {
    append_analysed(word.substr(0, bar), tag, out);
    out += word.substr(bar);
    return;
  }
  append_analysed(word, tag, out);
}

}  // namespace

bool is_lower_ascii(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x80 && (c < 'A' || c > 'Z');
  });
}

void append_lower(std::string_view word, std::string& out) {
  if (text::is_ascii(word) || text::find_invalid_utf8(word) != std::string_view::npos) {
    const std::size_t begin = out.size();
    out += word;
    std::transform(out.begin() + begin, out.end(), out.begin() + begin, text::ascii_lower);
    return;
  }
  out += text::to_lower(word);
}

void append_lemma(std::string_view word, Label tag, std::string& out) {
  if (tag == Label::kNnp || tag == Label::kNnps) {
    out += word;
    return;
  }
  std::string lower;
  if (!is_lower_ascii(word)) {
    append_lower(word, lower);
    word = lower;
  }
  if (const Fixed* const fixed = find_fixed(word, tag)) {
    out += fixed->lemma;
  } else if (is_verb(tag)) {
    append_verb(word, tag, out);
  } else if (tag == Label::kNns) {
    append_analysed(word, tag, out);
  } else {
    out += word;
  }
}

}  // namespace vernier::spice
